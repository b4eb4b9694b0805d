/** Tables about what brings data back: what each store rests on, and how long a restore takes. */
import { bytes, duration } from '../checks/_words';
import type { Assessment, Protection, RestoreLine } from '../assessment';
import { type Cell, columns, met, type Table, unknown } from './_table';

const AGAINST = {
  region: 'a lost region',
  mistake: 'a mistake',
  both: 'a lost region, a mistake',
} as const satisfies Record<Protection['against'], string>;

/** What the data of each store rests on, each with its loss bound (S0-48). */
export const dataRests = ({ rpo }: Assessment): Table => ({
  caption: 'What the data rests on',
  columns: columns('store', 'rests on', '#loses at most', 'helps against', 'how', 'source'),
  rows: rpo.lines.flatMap(({ store, protections, mechanism, source }) =>
    protections.length > 0
      ? protections.map((one) => [store, one.name, lossOf(one), AGAINST[one.against], one.how, one.source])
      : [[store, 'nothing', unknown('no bound'), 'nothing', mechanism, source]],
  ),
});

function lossOf({ bound }: Protection): Cell {
  if (bound === undefined) return unknown('no bound');
  return bound < 60 ? duration(bound) : `${duration(bound)} (${bound.toLocaleString('en-US')} s)`;
}

/** How much can be restored within the recovery time of the estate, and how long a store takes whose size is known (S3-36). */
export function restores({ restore: { objective, lines } }: Assessment): Table {
  const isSized = lines.some(({ sized }) => sized);
  return {
    caption: `Restores from a backup, against ${duration(objective)}`,
    columns: columns(
      'store',
      '#restores in time',
      '#at',
      ...(isSized ? ['#data', '#takes', 'objective'] : []),
      'source',
    ),
    rows: lines.map((line) => [
      line.store,
      `at most ${bytes(line.most)}`,
      `${bytes(line.rate)}/s`,
      ...(isSized ? sizeOf(line) : []),
      line.source,
    ]),
  };
}

const sizeOf = ({ sized }: RestoreLine): Cell[] =>
  sized
    ? [bytes(sized.bytes), duration(sized.minutes * 60), met(sized.meets)]
    : [unknown(), unknown(), unknown()];

/** Why the table of restores has no times. */
export const restoreNotes = ({ restore: { lines } }: Assessment): string[] =>
  lines.length === 0 || lines.some(({ sized }) => sized)
    ? []
    : ['No claim states how much data it holds, so restores are given by the most that comes back in time.'];
