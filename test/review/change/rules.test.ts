import { FAILOVER } from '../../../review/change/failover';
import { LOSS } from '../../../review/change/loss';
import { type Shape, type Sides, verdict, wanting } from './_object';

const RDS = 'rds.aws.m.upbound.io/v1beta1';
const CACHE = 'elasticache.aws.m.upbound.io/v1beta1';
const S3 = 's3.aws.m.upbound.io/v1beta1';
const DYNAMO = 'dynamodb.aws.m.upbound.io/v1beta1';
const ROUTE53 = 'route53.aws.m.upbound.io/v1beta1';
const ACCELERATOR = 'globalaccelerator.aws.m.upbound.io/v1beta1';
const SECRET = 'secretsmanager.aws.m.upbound.io/v1beta1/Secret';
const RBAC = 'rbac.authorization.k8s.io/v1';
const KEPT = ['Observe', 'Create', 'Update'];

const born = (initProvider: object): Shape => wanting({}, { initProvider });
const managed = (...managementPolicies: string[]): Shape => wanting({}, { managementPolicies });
const budget = (spec: object): Shape => ({ spec });
const changed = (type: string, before: Shape, after: Shape, name = 'one'): Sides => ({
  type,
  before,
  after,
  name,
});
const removed = (type: string, before: Shape = managed(...KEPT), name = 'one'): Sides => ({
  type,
  before,
  name,
});

/** One change for each rule, by its name. */
const losses: Record<string, Sides> = {
  'deletion-protection': changed(
    `${RDS}/Cluster`,
    wanting({ deletionProtection: true }),
    wanting({ deletionProtection: false }),
  ),
  'deletion-protection-of-a-replica': changed(
    `${DYNAMO}/Table`,
    wanting({ replica: [{ regionName: 'eu-west-1', deletionProtectionEnabled: true }] }),
    wanting({ replica: [{ regionName: 'eu-west-1', deletionProtectionEnabled: false }] }),
  ),
  'deletion-protection-of-a-claim': changed(
    'platform.flipside.dev/v1/PostgresDatabase',
    { metadata: { namespace: 'shop' }, spec: { deletionProtection: true } },
    { metadata: { namespace: 'shop' }, spec: { deletionProtection: false } },
  ),
  'delete-policy': changed(`${S3}/Bucket`, managed(...KEPT), managed(...KEPT, 'Delete')),
  'final-snapshot': changed(
    `${RDS}/Cluster`,
    wanting({ skipFinalSnapshot: false }),
    wanting({ skipFinalSnapshot: true }),
  ),
  'name-of-the-final-snapshot': changed(
    `${RDS}/Cluster`,
    wanting({ finalSnapshotIdentifier: 'a' }),
    wanting({}),
  ),
  'automated-backups': changed(
    `${RDS}/Cluster`,
    wanting({ deleteAutomatedBackups: false }),
    wanting({ deleteAutomatedBackups: true }),
  ),
  'backup-retention': changed(
    `${RDS}/Cluster`,
    wanting({ backupRetentionPeriod: 35 }),
    wanting({ backupRetentionPeriod: 7 }),
  ),
  'point-in-time-recovery': changed(
    `${DYNAMO}/Table`,
    wanting({ pointInTimeRecovery: { enabled: true } }),
    wanting({ pointInTimeRecovery: { enabled: false } }),
  ),
  versioning: changed(
    `${S3}/BucketVersioning`,
    wanting({ versioningConfiguration: { status: 'Enabled' } }),
    wanting({ versioningConfiguration: { status: 'Suspended' } }),
  ),
  'force-destroy': changed(`${S3}/Bucket`, wanting({ forceDestroy: false }), wanting({ forceDestroy: true })),
  'lifecycle-expiration': changed(
    `${S3}/BucketLifecycleConfiguration`,
    wanting({ rule: [{ id: 'old', status: 'Enabled' }] }),
    wanting({ rule: [{ id: 'old', status: 'Enabled', expiration: { days: 30 } }] }),
  ),
  'secret-recovery': changed(
    SECRET,
    wanting({ recoveryWindowInDays: 30 }),
    wanting({ recoveryWindowInDays: 0 }),
  ),
  'cloudformation-deletion-protection': changed(
    'AWS::RDS::DBCluster',
    { Properties: { DeletionProtection: true } },
    { Properties: { DeletionProtection: false } },
  ),
  'cloudformation-retain': changed(
    'AWS::KMS::Key',
    { DeletionPolicy: 'Retain' },
    { DeletionPolicy: 'Delete' },
  ),
  'backup-plan': removed('AWS::Backup::BackupPlan', {}),
};

const failovers: Record<string, Sides> = {
  member: removed(`${RDS}/Cluster`),
  instance: removed(`${RDS}/ClusterInstance`),
  'replica-region': changed(
    SECRET,
    wanting({ replica: [{ region: 'eu-west-1' }, { region: 'us-west-2' }] }),
    wanting({ replica: [{ region: 'us-west-2' }] }),
  ),
  'table-replica': removed(`${DYNAMO}/TableReplica`),
  'bucket-replication': removed(`${S3}/BucketReplicationConfiguration`),
  'bucket-replication-rule': changed(
    `${S3}/BucketReplicationConfiguration`,
    wanting({ rule: [{ id: 'all', status: 'Enabled' }] }),
    wanting({ rule: [{ id: 'all', status: 'Disabled' }] }),
  ),
  'health-check': removed(`${ROUTE53}/HealthCheck`),
  'health-check-disabled': changed(`${ROUTE53}/HealthCheck`, wanting({}), wanting({ disabled: true })),
  'health-check-sense': changed(
    `${ROUTE53}/HealthCheck`,
    wanting({ invertHealthcheck: true }),
    wanting({ invertHealthcheck: false }),
  ),
  record: removed(`${ROUTE53}/Record`, wanting({ setIdentifier: 'eu-west-1' })),
  'record-health': changed(`${ROUTE53}/Record`, wanting({ healthCheckId: 'a' }), wanting({})),
  alarm: removed('cloudwatch.aws.m.upbound.io/v1beta1/MetricAlarm'),
  'endpoint-group': removed(`${ACCELERATOR}/EndpointGroup`),
  fence: changed(
    `${RDS}/Cluster`,
    born({ tags: { 'flipside.dev/epoch': '0', a: 'b' } }),
    born({ tags: { a: 'b' } }),
  ),
  'fence-owned': changed(
    `${RDS}/Cluster`,
    wanting({ tags: {} }),
    wanting({ tags: { 'flipside.dev/epoch': '0' } }),
  ),
  'global-cluster-identifier': changed(`${RDS}/Cluster`, born({ globalClusterIdentifier: 'a' }), born({})),
  'replication-source-identifier': changed(
    `${RDS}/Cluster`,
    born({ replicationSourceIdentifier: '' }),
    born({}),
  ),
  'late-initialize': changed(`${RDS}/Cluster`, managed(...KEPT), managed(...KEPT, 'LateInitialize')),
  'zone-failover': changed(
    `${CACHE}/ReplicationGroup`,
    wanting({ multiAzEnabled: true }),
    wanting({ multiAzEnabled: false }),
  ),
  'cache-replicas': changed(
    `${CACHE}/ReplicationGroup`,
    wanting({ replicasPerNodeGroup: 2 }),
    wanting({ replicasPerNodeGroup: 1 }),
  ),
  'disruption-budget': removed('policy/v1/PodDisruptionBudget', budget({ maxUnavailable: 1 })),
  'disruption-budget-minimum': changed(
    'policy/v1/PodDisruptionBudget',
    budget({ minAvailable: 2 }),
    budget({ minAvailable: 0 }),
  ),
  'disruption-budget-maximum': changed(
    'policy/v1/PodDisruptionBudget',
    budget({ maxUnavailable: 1 }),
    budget({ maxUnavailable: '100%' }),
  ),
  floor: changed(
    'autoscaling/v2/HorizontalPodAutoscaler',
    { spec: { minReplicas: 4 } },
    { spec: { minReplicas: 0 } },
  ),
  'floor-of-the-flip': changed(
    'apps/v1/Deployment',
    { metadata: { annotations: { 'flipside.dev/floor': '4' } } },
    { metadata: { annotations: { 'flipside.dev/floor': '2' } } },
  ),
  replicas: changed('apps/v1/Deployment', { spec: { replicas: 2 } }, { spec: { replicas: 1 } }),
  'standing-nodes': changed('karpenter.sh/v1/NodePool', { spec: { replicas: 2 } }, { spec: { replicas: 1 } }),
  'node-pool': removed('karpenter.sh/v1/NodePool', { spec: { replicas: 2 } }),
  'ignored-differences': changed(
    'argoproj.io/v1alpha1/Application',
    { spec: { ignoreDifferences: [{ group: 'platform.flipside.dev', jsonPointers: ['/spec/override'] }] } },
    { spec: { ignoreDifferences: [] } },
  ),
  'respected-differences': changed(
    'argoproj.io/v1alpha1/Application',
    { spec: { syncPolicy: { syncOptions: ['RespectIgnoreDifferences=true', 'ServerSideApply=true'] } } },
    { spec: { syncPolicy: { syncOptions: ['ServerSideApply=true'] } } },
  ),
  'flip-parts': removed(`${RBAC}/RoleBinding`, {}, 'flipside-promote'),
  'flip-rights': changed(
    `${RBAC}/Role`,
    { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['patch', 'get'] }] },
    { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }] },
    'flipside-promote',
  ),
  'regional-claim': removed('platform.flipside.dev/v1/PrimaryRegion', { spec: { region: 'us-east-1' } }),
  'aws-parts': removed('AWS::EC2::TransitGatewayPeeringAttachment', {}),
};

test('every rule has its change here', () => {
  expect(Object.keys(losses).toSorted()).toEqual(LOSS.map(({ name }) => name).toSorted());
  expect(Object.keys(failovers).toSorted()).toEqual(FAILOVER.map(({ name }) => name).toSorted());
});

const whyOf = (rules: typeof LOSS, name: string) =>
  rules.find((rule) => rule.name === name)?.why ?? 'no such rule';

test.each(Object.entries(losses))('%s: data loss is possible', (name, sides) => {
  const { outcome, reasons } = verdict(sides);
  expect(outcome).toBe('data-loss');
  expect(reasons.map(({ text }) => text).join()).toContain(whyOf(LOSS, name));
});

test.each(Object.entries(failovers))('%s: the failover is lost', (name, sides) => {
  const { outcome, reasons } = verdict(sides);
  expect(outcome).toBe('failover-lost');
  expect(reasons.map(({ text }) => text).join()).toContain(whyOf(FAILOVER, name));
});

test.each([
  ['the role', removed(`${RBAC}/Role`, {}, 'flipside-on-call')],
  ['its binding', removed(`${RBAC}/RoleBinding`, {}, 'flipside-on-call')],
  ['the entry to the cluster', removed('AWS::EKS::AccessEntry', {})],
])('S3-30: without %s of on call nobody flips', (_, sides) => {
  expect(verdict(sides).outcome).toBe('failover-lost');
});

/** Turning the sense of a check is wrong in either direction; taking the fence over has its own rule for going back. */
const oneWay = new Set(['health-check-sense']);

test.each(Object.entries(failovers).filter(([name]) => !oneWay.has(name)))(
  '%s the other way round: the failover is gained',
  (_, { before, after, ...rest }) => {
    const back = { ...rest, ...(after && { before: after }), ...(before && { after: before }) };
    expect(verdict(back).outcome).toBe('failover-gained');
  },
);

test.each(Object.entries(failovers).filter(([, { type }]) => !type.startsWith('AWS::')))(
  '%s in dev, which has one region, is no loss of a failover',
  (_, sides) => {
    expect(verdict({ ...sides, environment: 'dev' }).outcome).not.toBe('failover-lost');
  },
);

test.each(Object.entries(losses).filter(([, { after }]) => after))(
  '%s the other way round loses nothing',
  (_, { before, after, ...rest }) => {
    expect(verdict({ ...rest, before: after ?? {}, after: before ?? {} }).outcome).not.toBe('data-loss');
  },
);
