/** Tables about time and loss: the recovery step by step, stores, kinds of failure. */
import { duration } from '../checks/_words';
import type { Assessment, RestoreFigure, RpoLine, RtoLine } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { AURORA_IN_REGION, STATED_FAILURES, STATED_RECOVERY, type Stated } from './_stated';
import { type Cell, columns, met, type Table, unknown } from './_table';
import type { Topology } from './topology';

/** Every addend of the recovery time. */
export const recoveryLines = ({ rto }: Assessment): Table => ({
  caption: 'Every addend of the recovery time',
  columns: columns('what', 'step', '#starts, p95', '#takes, p50', '#takes, p95', 'critical', 'source'),
  rows: rto.lines.map(({ label, step, start, length, critical, source }) => [
    label,
    step,
    duration(start.p95),
    duration(length.p50),
    duration(length.p95),
    critical ? 'yes' : 'no',
    source,
  ]),
});

/** The recovery by step, beside what was stated where something was (S3-31). */
export function recoverySteps({ estate, rto }: Assessment): Table {
  const stated = STATED_RECOVERY[estate];
  const rowOf = (step: string, p50: string, p95: string): Cell[] => [
    step,
    p50,
    p95,
    ...(stated ? [stated[step] ?? 'left out'] : []),
  ];
  const steps = [...new Set(rto.lines.map(({ step }) => step))];
  return {
    caption: 'Recovery by step; steps overlap, so they do not add up to the total',
    columns: columns('step', '#p50', '#p95', ...(stated ? ['stated at first'] : [])),
    rows: [
      ...steps.map((step) => {
        const lines = rto.lines.filter((line) => line.step === step);
        return rowOf(step, spanOf(lines, 'p50'), spanOf(lines, 'p95'));
      }),
      rowOf('total', duration(rto.total.p50), duration(rto.total.p95)),
    ],
  };
}

/** How long at least one of the lines goes on. */
function spanOf(lines: readonly RtoLine[], at: 'p50' | 'p95'): string {
  let [total, until] = [0, 0];
  for (const { start, length } of lines.toSorted((one, other) => one.start[at] - other.start[at])) {
    const end = start[at] + length[at];
    total += Math.max(0, end - Math.max(until, start[at]));
    until = Math.max(until, end);
  }
  return duration(total);
}

/** What may be lost of each store. */
export const storeLosses = ({ rpo }: Assessment): Table => ({
  caption: 'What may be lost of each store with the primary region',
  columns: columns('store', 'kind', '#at most', 'objective', 'how it is kept', 'source'),
  rows: rpo.lines.map(({ store, kind, bound, meets, mechanism, source }) => [
    store,
    kind,
    bound === undefined ? unknown('no bound') : duration(bound),
    met(meets),
    mechanism,
    source,
  ]),
});

/** One kind of failure; seconds. */
interface Failure {
  readonly id: keyof (typeof STATED_FAILURES)[string];
  readonly name: string;
  readonly loss?: number;
  readonly time?: number;
  readonly mechanism: string;
}

/** Loss and time for each kind of failure, beside what was stated where something was (S0-42). */
export function failureKinds(estate: RenderedEstate, assessment: Assessment, topology: Topology): Table {
  const stated = STATED_FAILURES[assessment.estate];
  return {
    caption: 'What each kind of failure costs',
    columns: columns(
      'failure',
      '#data lost',
      '#back after',
      'mechanism',
      ...(stated ? ['stated at first', 'kept'] : []),
    ),
    rows: failuresOf(estate, assessment, topology).map(({ id, name, loss, time, mechanism }) => [
      name,
      loss === undefined ? unknown('no bound') : duration(loss),
      time === undefined ? unknown('not measured') : duration(time),
      mechanism,
      ...besides(stated?.[id], loss, time),
    ]),
  };
}

function besides(stated: Stated | undefined, loss: number | undefined, time: number | undefined): Cell[] {
  if (!stated) return [];
  if (loss === undefined || time === undefined) return [stated.text, unknown('exception: not known')];
  const isKept = loss <= stated.loss && time <= stated.time;
  return [stated.text, isKept ? { text: 'kept', tone: 'good' } : { text: 'exception', tone: 'bad' }];
}

function failuresOf(
  { input }: RenderedEstate,
  { rto, rpo, restore }: Assessment,
  { stores }: Topology,
): Failure[] {
  const { interval, unhealthy } = input.estate.targets;
  // The first bad answer comes up to one interval after the failure.
  const drained = interval * (unhealthy + 1);
  const hasAurora = stores.some(({ service }) => service.startsWith('Aurora'));
  const inRegion = hasAurora ? Math.max(drained, AURORA_IN_REGION) : drained;
  const database = hasAurora
    ? `; Aurora's reader in another zone takes over, usually within ${AURORA_IN_REGION} s`
    : '';
  const kept = rpo.lines.filter(({ kind }) => kind !== 'Cache');
  const bounds = kept.map(({ bound }) => bound);
  const known = bounds.flatMap((bound) => (bound === undefined ? [] : [bound]));
  return [
    {
      id: 'instance',
      name: 'an instance',
      loss: 0,
      time: inRegion,
      mechanism: `${unhealthy} checks of ${interval} s take its pods out of the load balancer${database}`,
    },
    {
      id: 'zone',
      name: 'a zone',
      loss: 0,
      time: inRegion,
      mechanism: `pods, nodes and stores stand in three zones; checks as for an instance${database}`,
    },
    {
      id: 'region',
      name: 'a region',
      ...(known.length === bounds.length && { loss: Math.max(0, ...known) }),
      time: rto.total.p95,
      mechanism:
        kept.length > 0
          ? 'a flip to the other region; the loss is the worst store’s, caches left out'
          : 'a flip to the other region; nothing is stored',
    },
    corruptionOf(kept, restore),
  ];
}

/** The loss is the worst store's, each with its best backup; the time that of the longest restore, once all have been tried. */
function corruptionOf(stores: readonly RpoLine[], { lines }: RestoreFigure): Failure {
  const failure = { id: 'corruption', name: 'corrupted data' } as const;
  if (stores.length === 0) return { ...failure, loss: 0, time: 0, mechanism: 'nothing is stored' };
  const loss = Math.max(...stores.map(afterMistake));
  if (loss === Infinity)
    return { ...failure, mechanism: 'a store has no backup, and replication copies the mistake' };
  const time = Math.max(...lines.map(({ sized }) => sized?.minutes ?? Infinity)) * 60;
  const restored = `restored to a point up to ${duration(loss)} ago, objects to an older version`;
  return time === Infinity
    ? { ...failure, loss, mechanism: `${restored}; the time is known once a restore has been tried` }
    : { ...failure, loss, time, mechanism: `${restored}; the time is that of the longest recorded restore` };
}

/** Seconds lost with the best backup of a store. */
const afterMistake = ({ protections }: RpoLine): number =>
  Math.min(
    ...protections.filter(({ against }) => against !== 'region').map(({ bound = Infinity }) => bound),
    Infinity,
  );
