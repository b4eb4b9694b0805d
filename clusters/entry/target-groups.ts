/** The target groups: pods join them through a TargetGroupBinding, so nothing has to be made in a failover. */
import type { Stack } from 'aws-cdk-lib';
import type { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Cluster } from '../../model/clusters';
import { DEREGISTRATION_DELAY } from '../../model/drain';
import { BEACON_PORT, beaconHealthPath, hasBeacon, published } from '../../model/entry';
import type { EstateModel } from '../../model/estate';
import { BEACON_TARGET_GROUP } from '../../model/outputs';
import { nameTag } from '../_parts';

/** Auto Mode may only bind target groups of its own cluster, by this tag. https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html (2026-11) */
const CLUSTER_TAG = 'eks:eks-cluster-name';

/** Seconds between two looks at a beacon: traffic follows what it says. */
const BEACON_INTERVAL = 5;

/** What the groups are made of. */
export interface TargetGroupsProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly vpc: CfnVPC;
}

/** A target group as its pods need it. */
interface Target {
  readonly name: string;
  readonly port: number;
  readonly path: string;
  readonly interval: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

/**
 * The groups by name. Each is of something that runs: AWS takes a load balancer for dead as soon as one of its groups has
 * no healthy target.
 */
export function targetGroupsOf(stack: Stack, props: TargetGroupsProps): ReadonlyMap<string, CfnTargetGroup> {
  const targets = [...beaconOf(props.cluster), ...servicesOf(props.model)];
  return new Map(targets.map((target) => [target.name, group(stack, target, props)]));
}

const beaconOf = (cluster: Cluster): Target[] =>
  hasBeacon(cluster)
    ? [
        {
          name: BEACON_TARGET_GROUP,
          port: BEACON_PORT,
          path: beaconHealthPath(cluster),
          interval: BEACON_INTERVAL,
          healthy: 2,
          unhealthy: 2,
        },
      ]
    : [];

function servicesOf(model: EstateModel): Target[] {
  const { path, ...check } = model.estate.targets;
  return published(model).map(({ name, port, health }) => ({
    name,
    port,
    path: path ?? health.live,
    ...check,
  }));
}

const group = (stack: Stack, target: Target, { vpc, cluster }: TargetGroupsProps) =>
  // No name: a group that has to be replaced would have to have another one.
  new CfnTargetGroup(stack, `target-group-${target.name}`, {
    vpcId: vpc.ref,
    targetType: 'ip',
    protocol: 'HTTP',
    port: target.port,
    healthCheckPath: target.path,
    healthCheckIntervalSeconds: target.interval,
    healthCheckTimeoutSeconds: Math.min(5, target.interval - 1),
    healthyThresholdCount: target.healthy,
    unhealthyThresholdCount: target.unhealthy,
    matcher: { httpCode: '200' },
    targetGroupAttributes: [
      { key: 'deregistration_delay.timeout_seconds', value: String(DEREGISTRATION_DELAY) },
    ],
    tags: [...nameTag(`${cluster.name}-${target.name}`), { key: CLUSTER_TAG, value: cluster.name }],
  });
