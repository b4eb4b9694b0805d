/** Looks for a schedule that breaks a property, and makes it as small as it can. */
import fc from 'fast-check';
import type { Schedule } from './action';
import { schedules } from './faults';
import { type Programs } from './programs';
import { type PropertyName, PROPERTIES, type Violation, violationsOf } from './properties';
import { inventedSettings } from './settings';
import { type Run, run } from './world';

/** What a search found. */
export interface Findings {
  readonly runs: number;
  /** Schedules that fell into the named set. */
  readonly named: number;
  /** Runs in which something happened that the property is about. */
  readonly met: Readonly<Record<PropertyName, number>>;
  readonly failure?: Failure;
}

/** The smallest schedule found that breaks a property. */
export interface Failure {
  readonly schedule: Schedule;
  readonly violations: readonly Violation[];
  readonly run: Run;
}

/** What to search, and how. */
export interface SearchOptions {
  readonly seed: number;
  readonly runs: number;
  readonly programs?: Programs;
  /** Makes a failing schedule smaller, which takes many runs; true if left out. */
  readonly shrink?: boolean;
  /** Called after each schedule, before any is made smaller. */
  readonly onRun?: () => void;
}

/** Runs one schedule in the invented estate. */
export const runSchedule = (schedule: Schedule, programs?: Programs): Promise<Run> =>
  run(inventedSettings(schedule), schedule, programs && { programs });

/** The violations that are not in the named set. */
export const unexcused = (found: readonly Violation[]) => found.filter(({ named }) => !named);

/** Runs random schedules until one fails or all have passed. */
export async function search({
  seed,
  runs,
  programs,
  shrink = true,
  onRun,
}: SearchOptions): Promise<Findings> {
  const tally = { runs: 0, named: 0, failed: false, met: noneMet() };
  const property = fc.asyncProperty(schedules, async (schedule) => {
    const done = await runSchedule(schedule, programs);
    const found = violationsOf(done);
    const bad = unexcused(found).length > 0;
    if (!tally.failed) count(tally, done, found);
    if (!tally.failed) onRun?.();
    tally.failed ||= bad;
    return !bad;
  });
  const details = await fc.check(property, { seed, numRuns: runs, endOnFailure: !shrink });
  const { named, met } = tally;
  const findings = { runs: tally.runs, named, met };
  const [schedule] = details.counterexample ?? [];
  return schedule ? { ...findings, failure: await failureOf(schedule, programs) } : findings;
}

/** Runs a schedule once more and says what it breaks. */
export async function failureOf(schedule: Schedule, programs?: Programs): Promise<Failure> {
  const again = await runSchedule(schedule, programs);
  return { schedule, run: again, violations: unexcused(violationsOf(again)) };
}

interface Tally {
  runs: number;
  named: number;
  met: Record<PropertyName, number>;
}

// The keys of a constant object.
const NAMES = Object.keys(PROPERTIES) as PropertyName[];

const noneMet = () => Object.fromEntries(NAMES.map((name) => [name, 0])) as Record<PropertyName, number>;

function count(tally: Tally, done: Run, found: readonly Violation[]): void {
  tally.runs += 1;
  tally.named += found.some(({ named }) => named) ? 1 : 0;
  for (const name of NAMES) tally.met[name] += MEETS[name](done) ? 1 : 0;
}

/** A property that is never put to the test proves nothing. */
const MEETS: Readonly<Record<PropertyName, (run: Run) => boolean>> = {
  'one region per epoch': ({ events }) => events.some(({ what }) => what === 'asked'),
  'a higher epoch stands': ({ events }) =>
    new Set(events.flatMap((event) => (event.what === 'job' ? [event.job] : []))).size > 1,
  'traffic follows data': ({ events }) => events.some(({ what }) => what === 'traffic'),
  'what can finish finishes': ({ events }) => events.some(({ what }) => what === 'ended'),
  'a refusal changes nothing': ({ events }) =>
    events.some((event) => event.what === 'ended' && event.outcome === 'Refused'),
  'stores are kept': ({ events }) => events.some(({ what }) => what === 'moved'),
  'a dry run changes nothing': ({ events }) => events.some((event) => event.what === 'ended' && event.dryRun),
};
