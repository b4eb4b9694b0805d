/** What restarts when a field changes: facts of AWS and Kubernetes, each with its source. */

/** When it happens. */
export type Moment = 'rolling' | 'at once' | 'as the object says' | 'at the next reboot';

/** One fact. */
export interface Restart {
  /** Of the object's type, `<group>/<Kind>`. */
  readonly types: RegExp;
  /** Of the field's path without names of list items. */
  readonly field: RegExp;
  /** What happens, without a full stop. */
  readonly effect: string;
  readonly moment: Moment;
  /** Page, and when it was read. */
  readonly source: string;
}

const AURORA = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide';
const ELASTICACHE = 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg';
const GLOBAL_DATASTORE =
  'https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyGlobalReplicationGroup.html';
const GLOBAL_UPGRADE = 'https://github.com/hashicorp/terraform-provider-aws/pull/18598';

/** Every fact; the first that fits a field counts. */
export const RESTARTS: readonly Restart[] = [
  {
    types: /^apps\/(Deployment|StatefulSet|DaemonSet)$/,
    field: /^spec\.template\./,
    effect: 'its pods are replaced a few at a time',
    moment: 'rolling',
    source:
      'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment (2026-11)',
  },
  {
    types: /^pkg\.crossplane\.io\/(DeploymentRuntimeConfig|Function|Provider)$/,
    field: /^spec\.(package|deploymentTemplate|runtimeConfigRef)/,
    effect: 'its pods are replaced; claims wait meanwhile, nothing in AWS changes',
    moment: 'rolling',
    source: 'https://docs.crossplane.io/v2.3/packages/providers/ (2026-11)',
  },
  {
    types: /^karpenter\.sh\/NodePool$/,
    field: /^spec\.template\./,
    effect: 'nodes that no longer match drift and are replaced within the disruption budgets',
    moment: 'rolling',
    source: 'https://karpenter.sh/docs/concepts/disruption/#drift (2026-11)',
  },
  {
    types: /^eks\.amazonaws\.com\/NodeClass$/,
    field: /^spec\./,
    effect: 'the nodes of its pools drift and are replaced within the disruption budgets',
    moment: 'rolling',
    source:
      'https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html (not read again, 2026-11)',
  },
  {
    types: /^rds\.aws\.m\.upbound\.io\/ClusterInstance$/,
    field: /^spec\.forProvider\.instanceClass$/,
    effect: 'each node restarts on another machine, about 30 s where another can take over',
    moment: 'as the object says',
    source: `${AURORA}/Aurora.Modifying.html (2026-11); ${AURORA}/Concepts.AuroraHighAvailability.html (2026-11)`,
  },
  {
    types: /^rds\.aws\.m\.upbound\.io\/GlobalCluster$/,
    field: /^spec\.forProvider\.engineVersion$/,
    effect:
      'the engine of every member is upgraded, home and peer; a major version stops the database meanwhile',
    moment: 'at once',
    source: `${AURORA}/aurora-global-database-upgrade.html (2026-11); ${GLOBAL_UPGRADE} (2026-11)`,
  },
  {
    types: /^rds\.aws\.m\.upbound\.io\/Cluster$/,
    field: /^spec\.forProvider\.engineVersion$/,
    effect: 'the engine of every member is upgraded; a major version stops the database meanwhile',
    moment: 'as the object says',
    source: `${AURORA}/Aurora.Modifying.html (2026-11)`,
  },
  {
    types: /^rds\.aws\.m\.upbound\.io\/ClusterInstance$/,
    field: /^spec\.forProvider\.dbParameterGroupName$/,
    effect: 'its parameters, static and dynamic, need a reboot of each node',
    moment: 'at the next reboot',
    source: `${AURORA}/USER_WorkingWithParamGroups.Associating.html (2026-11)`,
  },
  {
    types: /^rds\.aws\.m\.upbound\.io\/ClusterInstance$/,
    field: /^spec\.forProvider\.caCertIdentifier$/,
    effect: 'each node restarts, unless its engine takes a new certificate over while it runs',
    moment: 'as the object says',
    source: `${AURORA}/Aurora.Modifying.html (2026-11)`,
  },
  {
    types: /^rds\.aws\.m\.upbound\.io\/Cluster$/,
    field: /^spec\.forProvider\.dbClusterParameterGroupName$/,
    effect: 'the nodes take its static parameters over with a reboot',
    moment: 'at the next reboot',
    source: `${AURORA}/Aurora.Modifying.html (2026-11); ${AURORA}/USER_RebootCluster.html (2026-11)`,
  },
  {
    types: /^rds\.aws\.m\.upbound\.io\/Cluster$/,
    field: /^spec\.forProvider\.port$/,
    effect: 'all nodes reboot',
    moment: 'at once',
    source: `${AURORA}/Aurora.Modifying.html (2026-11)`,
  },
  {
    types: /^elasticache\.aws\.m\.upbound\.io\/ReplicationGroup$/,
    field: /^spec\.forProvider\.nodeType$/,
    effect: 'nodes of the new type are filled and take over, seconds without reads and writes',
    moment: 'as the object says',
    source: `${ELASTICACHE}/redis-cluster-vertical-scaling.html (2026-11); ${ELASTICACHE}/Scaling.RedisReplGrps.html (2026-11)`,
  },
  {
    types: /^elasticache\.aws\.m\.upbound\.io\/GlobalReplicationGroup$/,
    field: /^spec\.forProvider\.cacheNodeType$/,
    effect:
      'nodes of the new type are filled and take over, region by region, seconds without reads and writes',
    moment: 'at once',
    source: `${ELASTICACHE}/Scaling-self-designed.html (2026-11); ${GLOBAL_DATASTORE} (2026-11)`,
  },
  {
    types: /^elasticache\.aws\.m\.upbound\.io\/ReplicationGroup$/,
    field: /^spec\.forProvider\.(engineVersion|engine)$/,
    effect: 'primaries are upgraded one by one, seconds without writes each; an older version is refused',
    moment: 'as the object says',
    source: `${ELASTICACHE}/VersionManagement-upgrade-considerations.html (2026-11); ${ELASTICACHE}/Replication.Modify.html (2026-11)`,
  },
  {
    types: /^elasticache\.aws\.m\.upbound\.io\/GlobalReplicationGroup$/,
    field: /^spec\.forProvider\.(engineVersion|engine)$/,
    effect: 'nodes are upgraded, region by region, seconds without writes each; an older version is refused',
    moment: 'at once',
    source: `${ELASTICACHE}/Scaling-self-designed.html (2026-11); ${GLOBAL_DATASTORE} (2026-11)`,
  },
  {
    types: /^dax\.aws\.m\.upbound\.io\/Cluster$/,
    field: /^spec\.forProvider\.parameterGroupName$/,
    effect: 'the nodes take it over with a reboot',
    moment: 'at the next reboot',
    source:
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.cluster-management.html (not read again, 2026-11)',
  },
];

/** Static parameters: the group of the parameter says so itself. */
export const PENDING_REBOOT: Restart = {
  types: /^rds\.aws\.m\.upbound\.io\/(Cluster)?ParameterGroup$/,
  field: /^spec\.forProvider\.parameter\.value$/,
  effect: 'a static parameter; the nodes take it over with a reboot, which nobody starts',
  moment: 'at the next reboot',
  source: `${AURORA}/USER_WorkingWithParamGroups.Modifying.html (2026-11)`,
};
