/** Tries again until a deadline, with full jitter; works in real and in virtual time. */
import type { Ports } from './ports';
import { Verdict } from './verdict';

type Time = Pick<Ports, 'now' | 'sleep' | 'random'>;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;
/** The same where there are only seconds: a call that is turned away half of the times needs a dozen tries. */
const SHORT_WAIT_MS = 1_000;

/**
 * Calls `action` until it succeeds. A Verdict ends it at once; after `deadline` (as `now()` counts) the last error
 * is thrown. `longest` is the longest wait between two calls.
 */
export async function retry<T>(
  time: Time,
  deadline: number,
  action: () => Promise<T>,
  longest = LONGEST_WAIT_MS,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await action();
    } catch (error) {
      if (error instanceof Verdict || time.now() >= deadline) throw error;
      await time.sleep(Math.min(longest, FIRST_WAIT_MS * 2 ** tries) * time.random());
    }
  }
}

/** The answer of `action`, or undefined when it fails or takes longer than `milliseconds`. */
export async function within<T>(
  time: Pick<Time, 'sleep'>,
  milliseconds: number,
  action: () => Promise<T>,
): Promise<T | undefined> {
  const answer = action().catch(() => undefined);
  return Promise.race([answer, time.sleep(milliseconds).then(() => undefined)]);
}

/** The answer of `action`, tried again as long as there is time, or undefined after `milliseconds`. */
export const answered = <T>(
  time: Time,
  milliseconds: number,
  action: () => Promise<T>,
): Promise<T | undefined> =>
  within(time, milliseconds, () => retry(time, time.now() + milliseconds, action, SHORT_WAIT_MS));
