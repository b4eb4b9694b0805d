/** The instances of the region's cluster, and the readers that come and go with the load. */
import { Policy, Target } from '../../../imports/appautoscaling';
import { ClusterInstance } from '../../../imports/rds';
import type { PostgresDatabaseSpec } from '../../../spec/claims';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import { groupMajor, instanceGroupName } from './_upjet-groups';
import { mayChange } from './adoption';
import { ENGINE, type InstancePlan, type Plan } from './plan';
import type { Seen } from './seen';

/** Days of Performance Insights that cost nothing. https://aws.amazon.com/rds/performance-insights/pricing/ (2026-11) */
const INSIGHTS_DAYS = 7;

/** One instance. It has no version: the cluster's is the only one, and a second one never settles. */
export function instance(plan: Plan, seen: Seen, one: InstancePlan): Manifest {
  const adopted = plan.origin === 'adopted';
  const surroundings = surroundingsOf(plan, seen, one);
  const manifest = ClusterInstance.manifest({
    metadata: {},
    spec: {
      forProvider: { ...lasting(plan, one), ...(!adopted && surroundings) },
      ...(adopted && { initProvider: surroundings }),
    },
  });
  const policy = mayChange(plan, seen, one) ? 'keep' : 'observe';
  return managed(manifest, { policy, externalName: one.name });
}

const lasting = (plan: Plan, { tier }: InstancePlan) => ({
  region: plan.place.region,
  clusterIdentifier: plan.names.cluster,
  engine: ENGINE,
  instanceClass: plan.instanceClass,
  promotionTier: tier,
  // Both regions must have the same version, or AWS refuses to switch over.
  autoMinorVersionUpgrade: false,
  publiclyAccessible: false,
  copyTagsToSnapshot: true,
  applyImmediately: false,
  preferredMaintenanceWindow: plan.maintenance,
  tags: { ...plan.tags },
});

const surroundingsOf = (plan: Plan, seen: Seen, { zone }: InstancePlan) => ({
  ...(zone && { availabilityZone: zone }),
  dbParameterGroupName: instanceGroupName(plan, groupMajor(plan, seen)),
  performanceInsightsEnabled: true,
  performanceInsightsKmsKeyId: plan.place.facts.keys.data,
  performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
});

type Readers = NonNullable<PostgresDatabaseSpec['readers']>;

/** What of the cluster is scaled. */
const scaled = ({ names, place }: Plan) => ({
  region: place.region,
  serviceNamespace: 'rds',
  scalableDimension: 'rds:cluster:ReadReplicaCount',
  resourceId: `cluster:${names.cluster}`,
});

/** The bounds of the readers. Registering the same target again is no change for AWS, so it needs no name. */
export const readersTarget = (plan: Plan, { min, max }: Readers): Manifest =>
  managed(
    Target.manifest({
      metadata: {},
      spec: {
        forProvider: { ...scaled(plan), minCapacity: min, maxCapacity: max, tags: { ...plan.tags } },
      },
    }),
    { policy: 'own' },
  );

/** When readers are added and removed. */
export const readersPolicy = (plan: Plan, { cpu }: Readers): Manifest =>
  managed(
    Policy.manifest({
      metadata: {},
      spec: {
        forProvider: {
          ...scaled(plan),
          policyType: 'TargetTrackingScaling',
          targetTrackingScalingPolicyConfiguration: {
            targetValue: cpu,
            predefinedMetricSpecification: { predefinedMetricType: 'RDSReaderAverageCPUUtilization' },
          },
        },
      },
    }),
    { policy: 'own', externalName: plan.names.part('readers') },
  );
