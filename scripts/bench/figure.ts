/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB' | 'x';
  /** The budget, in the same unit; absent for an alternative that is only compared. */
  readonly limit?: number;
  /** Why there is no value, for example a tool that is not installed. */
  readonly missing?: string;
}
