/**
 * The IAM actions that each program makes, all at regional endpoints: what its Pod Identity role allows, and nothing
 * else. A test compares them with the commands in `runtime/aws`, with what the programs really send, and with the roles
 * that CDK renders.
 */

/** What a look at the stores takes. */
const LOOK = [
  'cloudwatch:GetMetricData',
  'elasticache:DescribeGlobalReplicationGroups',
  'rds:DescribeDBClusters',
  'rds:DescribeGlobalClusters',
] as const;

/** What reading a fence takes. */
const FENCES = ['elasticache:ListTagsForResource', 'rds:ListTagsForResource'] as const;

/** The beacon looks. */
export const BEACON_CALLS: readonly string[] = LOOK;

/** The watch looks, and reads the fences. */
export const WATCH_CALLS: readonly string[] = [...LOOK, ...FENCES, 'sts:GetCallerIdentity'];

/** The promotion looks, reads fences, writes its own region's, and moves writers. */
export const PROMOTE_CALLS: readonly string[] = [
  ...LOOK,
  ...FENCES,
  'elasticache:AddTagsToResource',
  'elasticache:FailoverGlobalReplicationGroup',
  'rds:AddTagsToResource',
  'rds:FailoverGlobalCluster',
  'rds:SwitchoverGlobalCluster',
  'sts:GetCallerIdentity',
];
