/**
 * The promotion: moves every writer of an estate into this region, once for each epoch. Each step may be repeated;
 * killed anywhere and run again, it comes to the same end.
 */
import type { FlipPlan } from '../../spec/flip';
import { raiseFloor } from './compute';
import { guard, type Guarded, label, raiseFence } from './fence';
import type { Flip } from './flip';
import { move } from './move';
import type { Outcome, Ports } from './ports';
import { preflight } from './preflight';
import { type Ending, type Recorder, recorderOf } from './recorder';
import { retry } from './retry';
import { Verdict } from './verdict';

/** How long the fence's tags are tried. */
const MARK_MS = 60_000;

/** Carries out the flip and reports how it ended. Throws only for a bug. */
export async function promote(plan: FlipPlan, flip: Flip, ports: Ports): Promise<Ending> {
  const recorder = recorderOf(plan, flip, ports);
  try {
    const guarded = await recorder.step('guard', () => guard(plan, flip.epoch, ports));
    await recorder.step('preflight', () => check(plan, flip, guarded, ports, recorder));
    if (flip.dryRun) return await recorder.finish('Checked', []);
    const declared = await recorder.step(`fence ${flip.epoch}`, () => declare(plan, flip, ports));
    const parts = everything(plan, flip, declared, ports, recorder).map((part) => part.catch(deferred));
    raised(await Promise.all(parts));
    return await recorder.finish('Promoted', []);
  } catch (error) {
    const { outcome, reasons } = verdictOf(error);
    return recorder.finish(outcome, reasons);
  }
}

/** The Job may end; else it has to run again, for it failed, or nobody could read how it ended. */
export const mayEnd = ({ outcome, written }: Ending): boolean => outcome !== 'Failed' && written;

/** A flip that has already changed something is carried on; only one that has not can still be refused. */
async function check(
  plan: FlipPlan,
  flip: Flip,
  guarded: Guarded,
  ports: Ports,
  recorder: Recorder,
): Promise<void> {
  const { reasons, lagSeconds } = await preflight(plan, flip, ports);
  recorder.lag(lagSeconds);
  const begun = [...guarded.own.values()].some(({ epoch }) => epoch === flip.epoch);
  if (reasons.length > 0 && !begun) throw new Verdict('Refused', reasons);
}

/** Declares the epoch on every own resource, then looks again: of two regions that declare at once, one sees it. */
async function declare(plan: FlipPlan, { epoch }: Flip, ports: Ports): Promise<Guarded> {
  const deadline = ports.now() + MARK_MS;
  await Promise.all(
    plan.stores.map((store) => retry(ports, deadline, () => raiseFence(plan, epoch, store, ports))),
  );
  return guard(plan, epoch, ports);
}

function everything(
  plan: FlipPlan,
  flip: Flip,
  declared: Guarded,
  ports: Ports,
  recorder: Recorder,
): Promise<void>[] {
  return [
    ...plan.floors.map((floor) =>
      recorder.step(`compute ${floor.service}`, () => raiseFloor(floor, flip.epoch, ports)),
    ),
    ...plan.stores.map((store) =>
      recorder.step(label(store), () => move(plan, flip, store, declared, ports)),
    ),
  ];
}

/** Lets the other parts finish before the first failure is looked at. */
const deferred = (error: unknown) => ({ error });

function raised(answers: readonly (void | { error: unknown })[]): void {
  const errors = answers.filter((answer) => answer !== undefined).map(({ error }) => error);
  const verdict = errors.find((error) => error instanceof Verdict);
  if (verdict) throw verdict;
  if (errors.length > 0) throw new Verdict('Failed', errors.map(messageOf));
}

function verdictOf(error: unknown): { outcome: Outcome; reasons: readonly string[] } {
  if (error instanceof Verdict) return error;
  return { outcome: 'Failed', reasons: [messageOf(error)] };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
