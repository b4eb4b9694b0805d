/** What the ledger of drills (`docs/drills.md`) says of one estate, as far as checks ask for it. */

/** Days are `YYYY-MM-DD`. */
export interface Ledger {
  /** Last drill that passed; absent: none. */
  readonly lastDrill?: string;
  /** Last restore that passed, by `<team>/<claim>`. */
  readonly lastRestores?: Readonly<Record<string, string>>;
}

/** What checks are told beside the estate: pure code has no clock. */
export interface CheckOptions {
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Absent: nothing is recorded. */
  readonly ledger?: Ledger;
}
