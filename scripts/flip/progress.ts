/** One look at a flip under way as the lines a person follows. Pure. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import type { Progress, Step } from '../../runtime/promote/ports';
import type { FlipEstate } from './estate';
import { progressOf, type Seen } from './sight';
import { outcomeOf } from './stand';

/** One line. */
export interface Line {
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Milliseconds since the Job started; absent for what no Job reports. */
  readonly at?: number;
  /** Milliseconds since the Job started at which it began; only while it runs. */
  readonly since?: number;
  readonly message?: string;
}

/** The lines of `epoch` in the region that takes over, in the order they happen. */
export function linesOf(estate: FlipEstate, target: Seen, epoch: number): Line[] {
  const progress = progressOf(target, KEYS.epoch(epoch));
  const job = target.jobs.some(({ name }) => name === `promote-${epoch}`) || progress !== undefined;
  return [
    { name: `claim in ${target.region} at epoch ${epoch}`, state: stateOf(target.effective.epoch >= epoch) },
    { name: `Job promote-${epoch} started`, state: stateOf(job) },
    ...(progress ? stepLines(estate, progress) : []),
    ...lastLine(target, epoch),
  ];
}

const stateOf = (done: boolean) => (done ? 'done' : 'waiting');

const COMPUTE = 'compute ';

/** An estate may have a thousand services: together they are one line. */
function stepLines({ plan }: FlipEstate, { steps }: Progress): Line[] {
  const compute = steps.filter(({ name }) => name.startsWith(COMPUTE));
  const others = steps.filter(({ name }) => !name.startsWith(COMPUTE)).map(stepLine);
  const first = others.findIndex(({ name }) => name.includes('/'));
  const at = first < 0 ? others.length : first;
  return [...others.slice(0, at), ...computeLine(compute, plan.floors.length), ...others.slice(at)];
}

function stepLine({ name, state, startedAt, finishedAt, message }: Step): Line {
  const timed = finishedAt === undefined ? { since: startedAt } : { at: finishedAt };
  return { name, state, ...timed, ...(message && { message }) };
}

function computeLine(steps: readonly Step[], all: number): Line[] {
  if (steps.length === 0) return [];
  const done = steps.filter(({ state }) => state === 'done');
  const name = `compute ${done.length}/${Math.max(all, steps.length)} services`;
  const failed = steps.find(({ state }) => state === 'failed');
  if (failed) return [{ ...stepLine(failed), name }];
  if (done.length < steps.length)
    return [{ name, state: 'running', since: Math.min(...steps.map(({ startedAt }) => startedAt)) }];
  return [{ name, state: 'done', at: Math.max(...done.map(({ finishedAt }) => finishedAt ?? 0)) }];
}

/** Public writes follow the beacon, not the claim: the flip is over for customers when it answers. */
function lastLine(target: Seen, epoch: number): Line[] {
  if (outcomeOf(target, epoch) !== 'Promoted' || !target.beacon) return [];
  const name = `beacon in ${target.region} answers`;
  if (target.beacon.primary) return [{ name, state: 'done' }];
  return [{ name, state: 'running', message: target.beacon.reasons.join('; ') }];
}
