/** What a promotion is told to do. */
import type { FlipMode } from '../../spec/claims';

/** The flip that a promotion carries out. */
export interface Flip {
  readonly epoch: number;
  readonly mode: FlipMode;
  /** Runs every check and changes nothing. */
  readonly dryRun: boolean;
}
