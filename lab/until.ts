/** Waiting for something that happens elsewhere. */
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../scripts/answer';

/**
 * Asks until `is` holds. Throws when it does not within the deadline. An error while asking counts as no, but for a
 * UserError: that one says that asking again is no use.
 */
export async function until(
  what: string,
  is: () => boolean | Promise<boolean>,
  deadlineMs: number,
  everyMs = 100,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  let trouble = '';
  while (Date.now() < deadline) {
    try {
      if (await is()) return;
      trouble = '';
    } catch (error) {
      if (error instanceof UserError) throw error;
      trouble = `: ${(error as Error).message}`;
    }
    await sleep(everyMs);
  }
  throw new Error(`Cannot wait longer for ${what}: not there after ${deadlineMs / 1000} s${trouble}`);
}
