/** A promotion's early end: it must not, or need not, go on. */
import type { Outcome } from './ports';

/** Thrown by a step to end the whole promotion; `reasons` are read by the person on call. */
export class Verdict extends Error {
  constructor(
    readonly outcome: Exclude<Outcome, 'Promoting'>,
    readonly reasons: readonly string[],
  ) {
    super(`${outcome}: ${reasons.join('; ')}`);
    this.name = 'Verdict';
  }
}
