/** The ConfigMap that the claim, the Job and the beacon share: each writes keys of its own. */
import type { Effective } from '../../../model/effective';
import { SYSTEM_NAMESPACE } from '../../../spec/claims';
import type { Placement } from '../../../spec/placement';
import type { Manifest } from '../../kind';

/** Its name; the programs in the cluster look for it by name, so it has one. */
export const FLIP_CONFIG_MAP = 'flip';

/** Keys of the ConfigMap. */
export const KEYS = {
  /** The plan of a flip in this region; written here. */
  plan: 'plan.json',
  /** The effective flip; written here. */
  role: 'role.json',
  /** What the beacon last saw; written by the beacon. */
  beacon: 'beacon.json',
  /** What the trigger last decided; written by the watch. */
  watch: 'watch.json',
  /** Progress of an epoch's promotion; written by its Job. */
  epoch: (epoch: number) => `epoch-${epoch}.json`,
  /** Result of a dry run; written by its Job. */
  dryRun: (run: string) => `${run}.json`,
} as const;

/** The part of the ConfigMap that the claim decides. */
export function flipConfigMap({ region, epoch, mode, conflict }: Effective, { flip }: Placement): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: FLIP_CONFIG_MAP, namespace: SYSTEM_NAMESPACE },
    data: {
      [KEYS.role]: JSON.stringify({ region, epoch, mode, conflict }),
      ...(flip && { [KEYS.plan]: JSON.stringify(flip) }),
    },
  };
}
