/**
 * The flip: decides from the claim which Job this region runs, and tells from what was observed how far it is. The only
 * composition that depends on who is primary, and it composes nothing that AWS knows.
 */
import { effectiveOf, type Effective } from '../../../model/effective';
import type { PrimaryRegion } from '../../../spec/claims';
import { isGivenBack } from '../../../spec/flip';
import type { Placement } from '../../../spec/placement';
import { here } from '../../../spec/placement';
import type { Composed, Composition, Manifest, Observed } from '../../kind';
import { withReadiness } from '../../managed';
import { flipConfigMap } from './config-map';
import { promotionJob, releaseJob } from './job';
import { statusOf } from './status';

/** Composes the regional claim in one region. */
export function compose(claim: PrimaryRegion, observed: Observed, placement: Placement): Composition {
  const effective = effectiveOf(claim.spec);
  const status = statusOf(effective, observed, placement);
  return {
    resources: {
      ...withReadiness({ flip: flipConfigMap(effective, placement) }, observed),
      ...jobs(claim, effective, observed, placement),
      ...released(effective, observed, placement),
    },
    status,
    conditions: [
      {
        type: 'Conflict',
        status: effective.conflict ? 'True' : 'False',
        reason: effective.conflict ? 'SameEpochTwoRegions' : 'OneRegion',
        ...(effective.conflict && { message: status.reason }),
      },
    ],
  };
}

/** Only the target acts, and only after a flip: at epoch 0 the stores are born where they belong. */
function jobs(
  { spec }: PrimaryRegion,
  effective: Effective,
  observed: Observed,
  placement: Placement,
): Record<string, Composed> {
  const { region } = here(placement);
  const wanted: Record<string, Manifest> = {};
  if (effective.region === region && effective.epoch > 0 && !effective.conflict) {
    const key = `promote-${effective.epoch}`;
    wanted[key] = promotionJob(
      { name: key, epoch: effective.epoch, mode: effective.mode, dryRun: false },
      observed[key],
      placement,
    );
  }
  if (spec.dryRun?.region === region) {
    const { run, mode } = spec.dryRun;
    const key = `dry-run-${run}`;
    wanted[key] = promotionJob(
      { name: key, epoch: effective.epoch + 1, mode, dryRun: true },
      observed[key],
      placement,
    );
  }
  return withReadiness(wanted, observed);
}

/**
 * In the region that a flip has left, where a promotion raises floors. Nobody waits for it: the claim is ready without.
 */
function released(
  { region, epoch, conflict }: Effective,
  observed: Observed,
  placement: Placement,
): Record<string, Composed> {
  const raises = placement.flip?.floors.some(isGivenBack) ?? false;
  if (region === here(placement).region || epoch === 0 || conflict || !raises) return {};
  const name = `release-${epoch}`;
  return { [name]: { manifest: releaseJob({ name, epoch }, observed[name], placement), ready: true } };
}
