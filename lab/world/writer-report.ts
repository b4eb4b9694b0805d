/** What became of the rows that a client wrote without pause. Times are milliseconds of this machine. */
export interface WriterReport {
  readonly acknowledged: number;
  /** Acknowledged, and not on the writer that is left. */
  readonly lost: number;
  /** Taken by an old writer after a new one had taken one: two writers at the same time. */
  readonly stale: number;
  /** Longest time in which the client was told of no row. */
  readonly longestGap: number;
  /** From the loss, or the promotion, to the first row in the other region; absent when there was none. */
  readonly resumedAfter?: number;
  /** Age of the oldest lost row when the region was lost; absent when none was. */
  readonly lostSpan?: number;
}
