/**
 * The `GlobalCluster`: managed by home, observed by the peer region.
 *
 * Its version is the version of every member. When it rises the provider upgrades the members at once, secondaries
 * first, without waiting for a maintenance window: a new pin restarts databases when it is merged.
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/rds/global_cluster.go (2026-11)
 */
import { GlobalCluster } from '../../../imports/rds';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import { LIFECYCLE } from './_upjet-cluster';
import { ENGINE, type GlobalPlan, type Plan } from './plan';
import type { Seen } from './seen';
import type { Stages } from './stages';

/** Names the member that must stand before the peer's cluster is made; for people, and for the golden render. */
export const HOME_MEMBER = 'flipside.dev/home-member';

/** The global database of a plan that has one. */
export function globalCluster(plan: Plan, global: GlobalPlan, seen: Seen, { observing }: Stages): Manifest {
  const observes = observing || plan.placement.position === 'peer';
  const manifest = GlobalCluster.manifest({
    metadata: { annotations: { [HOME_MEMBER]: global.homeArn } },
    spec: specOf(plan, global, seen),
  });
  return managed(manifest, { policy: observes ? 'observe' : 'keep', externalName: global.name });
}

function specOf(plan: Plan, { origin, homeArn }: GlobalPlan, seen: Seen) {
  const lasting = {
    region: plan.place.region,
    deletionProtection: plan.spec.deletionProtection,
    tags: { ...plan.tags },
  };
  const version = { engineVersion: plan.version };
  const fixed = { engine: ENGINE, storageEncrypted: true, engineLifecycleSupport: LIFECYCLE };
  if (origin === 'born') return { forProvider: { ...lasting, ...version, ...fixed } };
  if (origin === 'adopted') return { forProvider: { ...lasting, ...version }, initProvider: fixed };
  // Made from a cluster, AWS takes the version from it and refuses one of ours; upgrades come later.
  const stands = seen.global.version !== undefined || seen.ready.has('global');
  const later = stands && version;
  return {
    forProvider: { ...lasting, ...later, forceDestroy: false },
    initProvider: { sourceDbClusterIdentifier: homeArn },
  };
}
