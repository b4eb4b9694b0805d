/** The report of a drill: as data, as Markdown, and as a timeline. Its times are the lab's, never AWS's. */
import { type Event, type Expectation, held, isWithin, type Played } from './drill';
import type { EstatePlayed } from './plan';

/** What a report says of the run itself. */
export interface RunFacts {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly commit: string;
  readonly speed: number;
  readonly provider: string;
}

/** A drill that is over. */
export interface DrillReport extends RunFacts {
  readonly held: boolean;
  readonly estates: readonly EstatePlayed[];
}

/** Puts a report together. */
export const reportOf = (facts: RunFacts, estates: readonly EstatePlayed[]): DrillReport => ({
  ...facts,
  held: estates.length > 0 && estates.every(({ played }) => played.every(held)),
  estates,
});

/** The Markdown. */
export function markdownOf(report: DrillReport): string {
  const { date, commit, speed, provider, estates } = report;
  return [
    `# Drill of ${date}: ${report.held ? 'everything held' : 'something did not hold'}`,
    '',
    `Commit ${commit}. Two control planes, Crossplane, Argo CD, PostgreSQL and our programs are real; AWS, DNS and nodes are`,
    `emulated${provider === 'rds' ? ', provider-aws is real for rds' : ', a stand-in writes what AWS providers would'}.`,
    '**Times show order and what the control planes add, never how fast AWS is.**',
    ...(speed === 1 ? [] : [`Health checkers and times to live run ${speed} times as fast as configured.`]),
    '',
    '![timeline](timeline.svg)',
    ...estates.flatMap(estateLines),
    '',
  ].join('\n');
}

const estateLines = ({ estate, readySeconds, memoryMiB, played }: EstatePlayed): string[] => [
  '',
  `## ${estate}`,
  '',
  `Delivered ${readySeconds.toFixed(0)} s after the start; ${memoryMiB} MiB.`,
  '',
  '| scenario | | measured |',
  '|---|---|---|',
  ...played.map(
    (one) => `| ${one.title} | ${held(one) ? 'held' : '**did not hold**'} | ${figuresText(one)} |`,
  ),
  ...played
    .flatMap(({ name, expectations }) => expectations.map((one) => ({ name, one })))
    .filter(({ one }) => !one.held)
    .flatMap(({ name, one }) => ['', `- ${name}: ${failureText(one)}`]),
];

const figuresText = ({ figures }: Played) =>
  figures
    .map((figure) => {
      const limit = figure.limit === undefined ? '' : ` of ${figure.limit}`;
      const text = `${figure.what} ${figure.value}${limit} ${figure.unit}`;
      return isWithin(figure) ? text : `**${text}**`;
    })
    .join('; ');

const failureText = ({ what, seen }: Expectation) =>
  `expected that ${what}; seen: ${seen.replaceAll('|', '\\|')}`;

/** The line of a recorded run in docs/drills.md. */
export function ledgerLine({ date, commit, provider, estates, held: all }: DrillReport): string {
  const played = estates.flatMap((one) => one.played);
  const figure = (what: string) =>
    played.flatMap(({ figures }) => figures).find((one) => one.what.startsWith(what))?.value;
  const cells = [
    date,
    commit,
    `lab, ${provider === 'rds' ? 'provider-aws for rds' : 'stand-in provider'}`,
    estates.map(({ estate }) => estate).join(', '),
    `${played.filter(held).length} of ${played.length}`,
    milliseconds(figure('push to Job')),
    milliseconds(figure('push to moved writer')),
    milliseconds(figure('loss to first write elsewhere')),
    String(figure('rows lost') ?? '-'),
    all ? 'passed' : 'failed',
  ];
  return `| ${cells.join(' | ')} |`;
}

const milliseconds = (value: number | undefined) => (value === undefined ? '-' : `${value} ms`);

const WIDTH = 1_000;
const LEFT = 130;
const ROW = 22;
const COLOURS = { bar: '#4c78a8', failed: '#c03d3e', text: '#333333' };

/** One bar for each scenario, with what happened in it. */
export function timelineOf({ estates }: DrillReport): string {
  const rows = estates.flatMap(({ estate, played }) => played.map((one) => ({ estate, one })));
  const longest = Math.max(1, ...rows.map(({ one }) => one.milliseconds));
  const scale = (at: number) => LEFT + (at / longest) * (WIDTH - LEFT - 20);
  const height = rows.length * ROW * 2 + 40;
  const bars = rows.map(({ estate, one }, index) => barOf(estate, one, 30 + index * ROW * 2, scale));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11" role="img" aria-label="Timeline of the drill">`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    `<text x="8" y="16" fill="${COLOURS.text}">Scenarios, each from its own start; ${(longest / 1_000).toFixed(0)} s wide; emulated AWS</text>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}

function barOf(estate: string, one: Played, y: number, scale: (at: number) => number): string {
  const colour = held(one) ? COLOURS.bar : COLOURS.failed;
  const width = scale(one.milliseconds) - LEFT;
  return [
    `<text x="8" y="${y + 12}" fill="${COLOURS.text}">${escaped(one.name)}</text>`,
    `<rect x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="14" fill="${colour}" opacity="0.35"/>`,
    ...one.events.map((event) => markOf(event, y, scale)),
    `<title>${escaped(`${estate}: ${one.title}`)}</title>`,
  ].join('\n');
}

const markOf = ({ at, what }: Event, y: number, scale: (at: number) => number) =>
  `<g><title>${escaped(`${(at / 1_000).toFixed(1)} s ${what}`)}</title><line x1="${scale(at).toFixed(1)}" x2="${scale(at).toFixed(1)}" y1="${y}" y2="${y + 14}" stroke="${COLOURS.text}"/></g>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
