/** Both regions of an estate in one table. */
import { colour, columns } from '../ui/text';
import { whole } from './duration';
import type { FlipEstate } from './estate';
import type { Seen, Sight } from './sight';
import type { Stand } from './stand';

/** What is shown. */
interface Standing {
  readonly estate: FlipEstate;
  readonly sights: readonly Sight[];
  readonly stand: Stand;
}

/** One estate: where its writers are, then a column for each region. */
export function sideBySide({ estate, sights, stand }: Standing, now: number): string[] {
  const rows = ROWS.map(([name, cell]) => [
    name,
    ...sights.map((sight) => (sight.answers ? cell(sight, now) : '')),
  ]);
  const stores = storeNames(sights).map((name) => [name, ...sights.map((sight) => storeCell(sight, name))]);
  const heading = [
    '',
    ...sights.map(({ region }) => `${region} (${region === estate.home ? 'home' : 'peer'})`),
  ];
  const filled = [...rows, ...stores].filter(([, ...cells]) => cells.some((cell) => cell !== ''));
  return [
    headline(estate, stand),
    '',
    ...columns([heading, answerRow(sights), ...filled]).map((line) => `  ${line}`),
    ...notes(sights, stand),
  ];
}

const answerRow = (sights: readonly Sight[]) => ['API server', ...sights.map(answerCell)];

function answerCell(sight: Sight): string {
  if (sight.answers) return 'answers';
  return sight.silent ? 'does not answer' : 'not seen';
}

function headline({ name }: FlipEstate, { current, outcome, writer, conflict }: Stand): string {
  const where =
    writer ?? (outcome === 'Promoted' || outcome === 'Steady' ? current.region : 'an unknown region');
  const state = conflict ? colour.red('Conflict') : (outcome ?? 'not heard of');
  const wanted = where === current.region ? '' : `, wanted in ${current.region}`;
  return `${colour.bold(name)}  written in ${where}${wanted}, epoch ${current.epoch}, ${state}`;
}

const ROWS: readonly (readonly [string, (seen: Seen, now: number) => string])[] = [
  ['claim', ({ effective }) => `${effective.region}, epoch ${effective.epoch}`],
  ['from', ({ effective }) => (effective.source === 'override' ? 'override' : 'Git')],
  ['phase', ({ status }) => status.phase ?? ''],
  ['last flip', ({ status }, now) => lastFlip(status, now)],
  ['beacon', ({ beacon }) => beaconCell(beacon)],
  ['other can take over', ({ beacon }) => (beacon ? yesNo(beacon.peerReady) : '')],
];

function lastFlip({ finishedAt, took }: Seen['status'], now: number): string {
  if (!finishedAt) return '';
  const ago = whole(Math.max(0, Math.round((now - Date.parse(finishedAt)) / 1000)));
  return took ? `${ago} ago, took ${took}` : `${ago} ago`;
}

function beaconCell(beacon: Seen['beacon']): string {
  if (!beacon) return 'silent';
  return beacon.primary ? 'primary' : 'not primary';
}

const yesNo = (yes: boolean) => (yes ? 'yes' : 'no');

const storeNames = (sights: readonly Sight[]) =>
  [
    ...new Set(
      sights.flatMap((sight) => (sight.answers ? (sight.beacon?.stores ?? []) : [])).map(({ name }) => name),
    ),
  ].toSorted();

function storeCell(sight: Sight, wanted: string): string {
  const store = sight.answers ? sight.beacon?.stores.find(({ name }) => name === wanted) : undefined;
  if (!store) return '';
  const writer = store.writer ? `written in ${store.writer}` : 'being moved';
  return store.lagSeconds === undefined ? writer : `${writer}, lag ${store.lagSeconds} s`;
}

/** What does not fit into a column: why a region is not seen, and every reason. */
function notes(sights: readonly Sight[], { conflict, current }: Stand): string[] {
  const lines = [
    ...sights.flatMap((sight) => (sight.answers ? [] : [`${sight.region} ${sight.why}`])),
    ...sights.flatMap((sight) =>
      sight.answers ? sight.status.reasons.map((text) => `${sight.region}: ${text}`) : [],
    ),
    ...(conflict
      ? [`epoch ${current.epoch} names two regions, so neither acts: flip once more to the one you want`]
      : []),
  ];
  return lines.length === 0 ? [] : ['', ...lines.map((line) => colour.yellow(`  ${line}`))];
}

/** Heading of the table of all estates. */
export const OVERVIEW = ['estate', 'writers', 'epoch', 'state', 'home', 'peer'];

/** An estate in that table. */
export function overviewRow({ estate, sights, stand }: Standing): (string | number)[] {
  const { current, outcome, writer, conflict } = stand;
  const state = conflict ? 'Conflict' : (outcome ?? 'not heard of');
  const cells = sights.map((sight) => `${sight.region} ${answerCell(sight)}`);
  return [estate.name, writer ?? (outcome ? current.region : 'unknown'), current.epoch, state, ...cells];
}
