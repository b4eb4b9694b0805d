/** What a check has to say about an estate. */

/** `error` fails the review, `warning` asks for a decision, `info` is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing a reviewer should know: what, where, and what to do about it. */
export interface Finding {
  /** Of the check that found it, for example `equal-engine-versions`: what a waiver names. */
  readonly check: string;
  readonly severity: Severity;
  /** Without a full stop; holds the value and what is allowed. */
  readonly message: string;
  /** File under the repository, and the path in it: `estates/shop/estate.yaml#objectives.rto`. */
  readonly path: string;
  /** Which line to change, and to what. */
  readonly remedy: string;
}

/** A finding that somebody has accepted until a date, in `estates/<name>/waivers.yaml`. */
export interface Waived {
  readonly finding: Finding;
  readonly reason: string;
  readonly owner: string;
  /** `YYYY-MM-DD`, the last day it holds. */
  readonly expires: string;
}
