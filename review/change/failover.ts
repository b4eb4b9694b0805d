/** What takes the ability to fail over away. Each rule read backwards says what gives it. */
import { became, gone, lowered, type Rule, switchedOff, switchedOn, was } from './_rule';

const RDS_CLUSTER = /^rds\.aws\.m\.upbound\.io\/Cluster$/;
const STORE_CLUSTER =
  /^(rds\.aws\.m\.upbound\.io\/Cluster|elasticache\.aws\.m\.upbound\.io\/ReplicationGroup)$/;
/** What the flip itself runs on. */
const FLIP = /(^|\/)flipside-(promote|beacon|watch|on-call)$/;

/** Every rule; they hold for prod, whose clusters have a peer. */
export const FAILOVER: readonly Rule[] = [
  {
    name: 'member',
    types:
      /^(rds\.aws\.m\.upbound\.io\/(Global)?Cluster|elasticache\.aws\.m\.upbound\.io\/(Global)?ReplicationGroup)$/,
    why: 'this region holds no copy of the data that could be promoted',
  },
  {
    name: 'instance',
    types: /^rds\.aws\.m\.upbound\.io\/ClusterInstance$/,
    why: 'fewer instances: a cluster without one cannot be promoted, one alone does not outlive its zone',
  },
  {
    name: 'replica-region',
    types: /^(dynamodb\.aws\.m\.upbound\.io\/Table|secretsmanager\.aws\.m\.upbound\.io\/Secret)$/,
    field: /^spec\.forProvider\.replica\.(regionName|region)$/,
    when: gone,
    why: 'that region holds no copy any more',
  },
  {
    name: 'table-replica',
    types: /^dynamodb\.aws\.m\.upbound\.io\/TableReplica$/,
    why: 'that region holds no copy any more',
  },
  {
    name: 'bucket-replication',
    types: /^s3\.aws\.m\.upbound\.io\/BucketReplicationConfiguration$/,
    why: 'new objects stay in this region',
  },
  {
    name: 'bucket-replication-rule',
    types: /^s3\.aws\.m\.upbound\.io\/BucketReplicationConfiguration$/,
    field: /^spec\.forProvider\.rule\.status$/,
    when: was('Enabled'),
    why: 'new objects stay in this region',
  },
  {
    name: 'health-check',
    types: /^route53\.aws\.m\.upbound\.io\/HealthCheck$/,
    why: 'nobody notices when what it watched is down',
  },
  {
    name: 'health-check-disabled',
    types: /^route53\.aws\.m\.upbound\.io\/HealthCheck$/,
    field: /\.disabled$/,
    when: switchedOn,
    why: 'it answers healthy whatever happens',
  },
  {
    name: 'health-check-sense',
    types: /^route53\.aws\.m\.upbound\.io\/HealthCheck$/,
    field: /\.invertHealthcheck$/,
    when: (from, to) => from !== undefined && to !== undefined,
    why: 'it now says the opposite',
  },
  {
    name: 'record',
    types: /^route53\.aws\.m\.upbound\.io\/Record$/,
    having: 'setIdentifier',
    why: 'the name does not lead to this region any more',
  },
  {
    name: 'record-health',
    types: /^route53\.aws\.m\.upbound\.io\/Record$/,
    field: /\.healthCheckId$/,
    when: gone,
    why: 'the name leads to this region even when it is down',
  },
  {
    name: 'alarm',
    types: /^cloudwatch\.aws\.m\.upbound\.io\/MetricAlarm$/,
    why: 'what its state decided about traffic is not decided any more',
  },
  {
    name: 'endpoint-group',
    types: /^globalaccelerator\.aws\.m\.upbound\.io\/(EndpointGroup|Listener|Accelerator)$/,
    why: 'the accelerator does not lead to this region any more',
  },
  {
    name: 'fence',
    types: STORE_CLUSTER,
    field: /^spec\.initProvider\.tags\.flipside\.dev\/(epoch|promoted)$/,
    when: gone,
    why: 'a new store has no fence, and a provider that owns the tag puts the old epoch back',
  },
  {
    name: 'fence-owned',
    types: STORE_CLUSTER,
    field: /^spec\.forProvider\.tags\.flipside\.dev\/(epoch|promoted)$/,
    when: (from, to) => from === undefined && to !== undefined,
    why: 'the provider puts the old epoch back after every flip, and a stale region may take the writers',
  },
  {
    name: 'global-cluster-identifier',
    types: RDS_CLUSTER,
    field: /^spec\.initProvider\.globalClusterIdentifier$/,
    when: gone,
    why: 'the provider calls RemoveFromGlobalCluster: the member is detached',
  },
  {
    name: 'replication-source-identifier',
    types: RDS_CLUSTER,
    field: /^spec\.initProvider\.replicationSourceIdentifier$/,
    when: gone,
    why: 'after a flip the provider calls PromoteReadReplicaDBCluster: the old primary leaves the global database',
  },
  {
    name: 'late-initialize',
    types: STORE_CLUSTER,
    field: /^spec\.managementPolicies$/,
    when: (from, to) => from === undefined && (to === 'LateInitialize' || to === '*'),
    why: 'the provider takes over what a promotion changed, and then undoes the next one',
  },
  {
    name: 'zone-failover',
    types: /^elasticache\.aws\.m\.upbound\.io\/ReplicationGroup$/,
    field: /\.(automaticFailoverEnabled|multiAzEnabled)$/,
    when: switchedOff,
    why: 'the loss of one zone stops the cache',
  },
  {
    name: 'cache-replicas',
    types: /^elasticache\.aws\.m\.upbound\.io\/ReplicationGroup$/,
    field: /\.replicasPerNodeGroup$/,
    when: lowered,
    why: 'fewer copies are left when a node or a zone is lost',
  },
  {
    name: 'disruption-budget',
    types: /^policy\/PodDisruptionBudget$/,
    why: 'an upgrade of nodes may stop all pods at once',
  },
  {
    name: 'disruption-budget-minimum',
    types: /^policy\/PodDisruptionBudget$/,
    field: /^spec\.minAvailable$/,
    when: lowered,
    why: 'an upgrade of nodes may stop more pods at once',
  },
  {
    name: 'disruption-budget-maximum',
    types: /^policy\/PodDisruptionBudget$/,
    field: /^spec\.maxUnavailable$/,
    when: became('100%'),
    why: 'an upgrade of nodes may stop all pods at once',
  },
  {
    name: 'floor',
    types: /^autoscaling\/HorizontalPodAutoscaler$/,
    field: /^spec\.minReplicas$/,
    when: lowered,
    why: 'less stands ready when the other region is lost',
  },
  {
    name: 'floor-of-the-flip',
    types: /^apps\/Deployment$/,
    field: /^metadata\.annotations\.flipside\.dev\/floor$/,
    when: lowered,
    why: 'the flip waits for fewer pods before traffic comes',
  },
  {
    name: 'replicas',
    types: /^apps\/Deployment$/,
    field: /^spec\.replicas$/,
    when: lowered,
    why: 'less stands ready when a zone or the other region is lost',
  },
  {
    name: 'standing-nodes',
    types: /^karpenter\.sh\/NodePool$/,
    field: /^spec\.replicas$/,
    when: lowered,
    why: 'fewer nodes stand ready; launching them may fail in a disaster',
  },
  {
    name: 'node-pool',
    types: /^karpenter\.sh\/NodePool$/,
    why: 'no nodes stand or start there any more',
  },
  {
    name: 'ignored-differences',
    types: /^argoproj\.io\/Application$/,
    field: /^spec\.ignoreDifferences\./,
    when: gone,
    why: 'Argo CD puts back what a flip or an autoscaler changed',
  },
  {
    name: 'respected-differences',
    types: /^argoproj\.io\/Application$/,
    field: /^spec\.syncPolicy\.syncOptions$/,
    when: was('RespectIgnoreDifferences=true'),
    why: 'a sync puts back what a flip or an autoscaler changed',
  },
  {
    name: 'flip-parts',
    types:
      /^(apps\/Deployment|\/Service|\/ServiceAccount|eks\.amazonaws\.com\/TargetGroupBinding|networking\.k8s\.io\/NetworkPolicy|rbac\.authorization\.k8s\.io\/(Cluster)?Role(Binding)?)$/,
    names: FLIP,
    why: 'the promotion, the beacon, the watch or people on call cannot do their work',
  },
  {
    name: 'flip-rights',
    types: /^rbac\.authorization\.k8s\.io\/(Cluster)?Role$/,
    names: FLIP,
    field: /^rules\.(verbs|resources|apiGroups)$/,
    when: gone,
    why: 'a call that the promotion, the beacon, the watch or people on call make is refused',
  },
  {
    name: 'regional-claim',
    types: /^platform\.flipside\.dev\/PrimaryRegion$/,
    why: 'there is nothing left to flip',
  },
  {
    name: 'aws-parts',
    types:
      /^AWS::(EC2::TransitGateway\w*|KMS::ReplicaKey|ECR::ReplicationConfiguration|EKS::(AccessEntry|Cluster|PodIdentityAssociation)|ElasticLoadBalancingV2::(LoadBalancer|Listener|ListenerRule|TargetGroup)|Route53::\w+)$/,
    why: 'what a region needs to take over is not there any more',
  },
];
