/** Keeps the progress of one promotion and writes it where `status` reads it. */
import type { FlipPlan } from '../../spec/flip';
import type { Outcome, Ports, Progress, Step } from './ports';
import type { Flip } from './flip';
import { retry, within } from './retry';
import { spaced } from './spaced';

/** How long one write of progress may take. */
const WRITE_MS = 2_000;
/**
 * Progress is written this often at most. The regional claim's status reads it from a ConfigMap that Crossplane watches,
 * and Crossplane stops listening for minutes to an object that changes fifty times in a row (its circuit breaker:
 * https://github.com/crossplane/crossplane/blob/v2.3.4/internal/circuit/token_bucket.go).
 */
const WRITE_EVERY_MS = 1_000;
/** How long the last write is tried; without it the promotion has to run again, for nobody could read how it ended. */
const LAST_WRITE_MS = 60_000;

/** How a promotion ended. */
export interface Ending extends Progress {
  /** It stands where `status` reads it. */
  readonly written: boolean;
}

/** The progress of one promotion. */
export interface Recorder {
  /** Runs an action as a named step and records when it started and how it ended. */
  readonly step: <T>(name: string, action: () => Promise<T>) => Promise<T>;
  readonly lag: (seconds: number | undefined) => void;
  readonly finish: (outcome: Outcome, reasons: readonly string[]) => Promise<Ending>;
}

/** A recorder that has just started. */
export function recorderOf(plan: FlipPlan, flip: Flip, ports: Ports): Recorder {
  const started = ports.now();
  const steps = new Map<string, Step>();
  let lagSeconds: number | undefined;
  const progress = (outcome: Outcome, reasons: readonly string[], finished?: number): Progress => ({
    epoch: flip.epoch,
    region: plan.region,
    mode: flip.mode,
    outcome,
    reasons,
    steps: [...steps.values()],
    startedAt: new Date(started).toISOString(),
    ...(finished !== undefined && { finishedAt: new Date(finished).toISOString() }),
    ...(lagSeconds !== undefined && { lagSeconds }),
  });
  const notes = spaced(ports, WRITE_EVERY_MS, () =>
    within(ports, WRITE_MS, () => ports.cluster.record(progress('Promoting', []))),
  );
  /** The promotion goes on meanwhile: nobody loses a minute because nobody could be told. */
  const note = (step: Step) => {
    steps.set(step.name, step);
    void notes.write();
  };
  return {
    lag: (seconds) => {
      lagSeconds = seconds;
    },
    step: async (name, action) => {
      const startedAt = ports.now() - started;
      note({ name, state: 'running', startedAt });
      try {
        const answer = await action();
        note({ name, state: 'done', startedAt, finishedAt: ports.now() - started });
        return answer;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        note({ name, state: 'failed', startedAt, finishedAt: ports.now() - started, message });
        throw error;
      }
    },
    finish: async (outcome, reasons) => {
      const result = progress(outcome, reasons, ports.now());
      // One that is under way must not land after the last one.
      await notes.end();
      const last = retry(ports, ports.now() + LAST_WRITE_MS, () => ports.cluster.record(result));
      return { ...result, written: await succeeds(last) };
    },
  };
}

const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );
