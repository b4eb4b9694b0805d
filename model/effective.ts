/** Which flip counts: of `spec` and `spec.override`, the one with the higher epoch. */
import type { FlipMode, PrimaryRegionSpec } from '../spec/claims';

/** The flip that counts. */
export interface Effective {
  readonly region: string;
  readonly epoch: number;
  readonly mode: FlipMode;
  readonly acceptDataLoss: boolean;
  readonly source: 'spec' | 'override';
  /** The same epoch names two regions: nothing acts until somebody raises one of them. */
  readonly conflict: boolean;
}

/** The effective flip of a regional claim. */
export function effectiveOf(spec: PrimaryRegionSpec): Effective {
  const { override } = spec;
  const overridden = override !== undefined && override.epoch > spec.epoch;
  const { region, epoch, mode, acceptDataLoss } = overridden ? override : spec;
  return {
    region,
    epoch,
    mode,
    acceptDataLoss,
    source: overridden ? 'override' : 'spec',
    conflict: override !== undefined && override.epoch === spec.epoch && override.region !== spec.region,
  };
}
