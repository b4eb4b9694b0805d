/** What the ledger of drills (`docs/drills.md`) says of one estate, as far as checks ask for it. */

import type { Restored } from '../assessment';

/** Days are `YYYY-MM-DD`. */
export interface Ledger {
  /** Last drill that passed; absent: none. */
  readonly lastDrill?: string;
  /** Last restore that passed, by `<team>/<claim>`. */
  readonly lastRestores?: Readonly<Record<string, string>>;
  /** What that restore measured, by `<team>/<claim>`; absent: its size or its time was not written down. */
  readonly restored?: Readonly<Record<string, Restored>>;
}

/** What checks are told beside the estate: pure code has no clock. */
export interface CheckOptions {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Absent: nothing is recorded. */
  readonly ledger?: Ledger;
}
