/** For each check, one break in what a committed estate holds; the check must find it, and no other check may. */
import { at, textAt } from '../../../review/checks/_read';
import type { RenderedEstate } from '../../../review/rendered';
import {
  type Mutation,
  type Tree,
  both,
  drop,
  dropApplications,
  edit,
  list,
  replace,
  set,
  unset,
  withTemplate,
  wrote,
} from './_mutate';

/** A break, and the committed estates that have what it breaks. */
export interface Break {
  readonly check: string;
  readonly what: string;
  readonly estates: readonly string[];
  readonly mutate: Mutation;
}

const ALL = ['capstone', 'global-tables', 'pilot-light', 'storefront', 'warm-standby'] as const;
const DATABASES = ['capstone', 'storefront', 'warm-standby'] as const;
const BUCKETS = ['global-tables', 'storefront', 'warm-standby'] as const;
const FAILOVER = ['global-tables', 'pilot-light', 'warm-standby'] as const;
const STORES = ['capstone', 'global-tables', 'storefront', 'warm-standby'] as const;
const CDN = ['capstone', 'global-tables', 'storefront'] as const;

const ELSEWHERE = 'ap-south-1';
const foreignKey = `arn:aws:kms:${ELSEWHERE}:111111111111:key/mrk-1`;
const containers = 'spec.template.spec.containers';

/** Services' Deployments; those of the platform have a check of their own. */
const services = {
  only: (object: { metadata: { namespace?: string } }) => object.metadata.namespace !== 'flipside-system',
};
const beacon = { name: /^flipside-beacon$/ };
const forProvider = (field: string, value: unknown) => (object: Tree) =>
  set(object, `spec.forProvider.${field}`, value);

const otherOf = ({ input }: RenderedEstate, region: string) =>
  [input.estate.regions.home.name, input.estate.regions.peer.name].find((name) => name !== region) ?? '';

const row = (check: string, what: string, estates: readonly string[], mutate: Mutation): Break => ({
  check,
  what,
  estates,
  mutate,
});

const path: readonly Break[] = [
  row(
    'own-registry',
    'an image of another region',
    ALL,
    edit('Deployment', (object) =>
      replace(object, `${containers}.0.image`, /ecr\.[a-z0-9-]+/, `ecr.${ELSEWHERE}`),
    ),
  ),
  row(
    'own-registry',
    'a package of another region',
    ALL,
    edit('Function', (object) => replace(object, 'spec.package', /ecr\.[a-z0-9-]+/, `ecr.${ELSEWHERE}`)),
  ),
  row(
    'no-other-region',
    'an address of the other region',
    ALL,
    edit(
      'Deployment',
      (object, cluster, estate) => {
        list(object, `${containers}.0.env`).push({
          name: 'FALLBACK',
          value: `https://entry-${otherOf(estate, cluster.region)}.example.com`,
        });
      },
      services,
    ),
  ),
  row(
    'data-planes-only',
    'a beacon that asks Git',
    ALL,
    edit(
      'Deployment',
      (object) => list(object, `${containers}.0.env`).push({ name: 'GIT', value: 'https://github.com/shop' }),
      beacon,
    ),
  ),
  row(
    'data-planes-only',
    'global STS',
    ALL,
    edit('Deployment', (object) => set(object, `${containers}.0.env`, []), beacon),
  ),
  row(
    'flip-permissions',
    'a promotion that may delete',
    ALL,
    edit(
      'Role',
      (object) =>
        list(object, 'rules').push({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['delete'] }),
      { name: /^flipside-promote$/ },
    ),
  ),
  row(
    'flip-permissions',
    'a beacon that may change Deployments',
    ALL,
    edit(
      'Role',
      (object) =>
        list(object, 'rules').push({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'] }),
      beacon,
    ),
  ),
  row(
    'flip-aws-permissions',
    'a promotion that writes records',
    ALL,
    withTemplate({
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] },
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Action: ['route53:ChangeResourceRecordSets'],
                Resource: 'arn:aws:route53:::hostedzone/Z1',
              },
            ],
          },
        },
      },
      Association: {
        Type: 'AWS::EKS::PodIdentityAssociation',
        Properties: { ServiceAccount: 'flipside-promote', RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      },
    }),
  ),
  row(
    'one-manager',
    'a peer that manages the global database',
    DATABASES,
    edit(
      'rds/GlobalCluster',
      (object) => {
        set(object, 'spec.managementPolicies', ['Observe', 'Create', 'Update']);
        set(object, 'spec.forProvider.deletionProtection', true);
      },
      { position: 'peer' },
    ),
  ),
  row(
    'flip-plan',
    'a plan without floors',
    ALL,
    edit('Composition', (object) => set(object, 'spec.pipeline.0.input.flip.floors', []), {
      name: /^primaryregions/,
    }),
  ),
  row(
    'flip-plan',
    'a plan without stores',
    DATABASES,
    edit('Composition', (object) => set(object, 'spec.pipeline.0.input.flip.stores', []), {
      name: /^primaryregions/,
    }),
  ),
  row(
    'flip-plan',
    'a plan for another region',
    ALL,
    edit('Composition', (object) => set(object, 'spec.pipeline.0.input.flip.region', ELSEWHERE), {
      name: /^primaryregions/,
    }),
  ),
  row(
    'fixed-traffic',
    'the peer as PRIMARY',
    FAILOVER,
    edit(
      'route53/Record',
      (object, _cluster, { input }) => {
        const { home, peer } = input.estate.regions;
        const isHome = textAt(object, 'spec.forProvider.setIdentifier') === home.name;
        set(object, 'spec.forProvider.setIdentifier', isHome ? peer.name : home.name);
      },
      { only: (object) => at(object, 'spec.forProvider.failoverRoutingPolicy') !== undefined },
    ),
  ),
  row(
    'fixed-traffic',
    'a dial that is turned',
    ['warm-standby'],
    edit('globalaccelerator/EndpointGroup', forProvider('trafficDialPercentage', 0), { name: /peer/ }),
  ),
  row(
    'one-primary-region',
    'another epoch',
    ALL,
    edit('PrimaryRegion', (object) => set(object, 'spec.epoch', 7)),
  ),
  row('both-regions', 'an application in one region', ALL, dropApplications(/^function$/, 'peer')),
  row(
    'failover-capacity',
    'a takeover that needs new nodes',
    ALL,
    wrote(({ services: [first] }) => set(first, 'scale.peer.promoted', 400)),
  ),
  row(
    'argo-own-cluster',
    'floors taken back',
    ALL,
    edit('Application', (object) => unset(object, 'spec.ignoreDifferences'), { name: /^(web|order|api)$/ }),
  ),
  row(
    'argo-own-cluster',
    'a cluster elsewhere',
    ALL,
    edit('Application', (object) => set(object, 'spec.destination.server', 'https://10.1.0.1'), {
      name: /^flip$/,
    }),
  ),
  row(
    'argo-own-cluster',
    'the folder of another cluster',
    ALL,
    edit(
      'Application',
      (object) => set(object, 'spec.source.path', 'dist/x/kubernetes/prod-xx-east-1/flip'),
      { name: /^flip$/ },
    ),
  ),
  row('not-checked', 'no Application', ALL, dropApplications(/^(argocd|root)$/)),
];

const symmetry: readonly Break[] = [
  row(
    'equal-engine-versions',
    'an older engine in the peer',
    DATABASES,
    edit('rds/Cluster', (object) => set(object, 'spec.initProvider.engineVersion', '15.4'), {
      position: 'peer',
    }),
  ),
  row(
    'equal-engine-versions',
    'an older cache in the peer',
    ['capstone', 'global-tables', 'storefront'],
    edit('elasticache/ReplicationGroup', forProvider('engineVersion', '7.2'), { position: 'peer' }),
  ),
  row(
    'equal-sizes',
    'a smaller peer',
    DATABASES,
    edit('rds/ClusterInstance', forProvider('instanceClass', 'db.t4g.medium'), { position: 'peer' }),
  ),
  row(
    'equal-sizes',
    'a smaller cache for reads',
    ['global-tables'],
    edit('dax/Cluster', forProvider('nodeType', 'dax.t3.small'), { position: 'peer' }),
  ),
  row(
    'equal-sizes',
    'fewer instances in the peer',
    DATABASES,
    edit(
      'rds/ClusterInstance',
      (object) =>
        set(object, 'metadata.annotations', { 'crossplane.io/composition-resource-name': 'instance-9' }),
      { position: 'peer', name: /^instance-1$/ },
    ),
  ),
  row(
    'equal-parameters',
    'a parameter in one region',
    DATABASES,
    edit(
      'rds/ClusterParameterGroup',
      (object) => list(object, 'spec.forProvider.parameter').push({ name: 'work_mem', value: '65536' }),
      { position: 'peer' },
    ),
  ),
  row(
    'equal-parameters',
    'another eviction in the peer',
    ['capstone', 'global-tables', 'storefront'],
    edit('elasticache/ParameterGroup', forProvider('parameter', []), { position: 'peer' }),
  ),
  row(
    'global-db-rpo',
    'a limit on the lag',
    DATABASES,
    edit(
      'rds/ClusterParameterGroup',
      (object) => list(object, 'spec.forProvider.parameter').push({ name: 'rds.global_db_rpo', value: '30' }),
      { position: 'home' },
    ),
  ),
  row(
    'global-db-rpo',
    'a limit in the standby',
    DATABASES,
    edit(
      'rds/ClusterParameterGroup',
      (object) => list(object, 'spec.forProvider.parameter').push({ name: 'rds.global_db_rpo', value: '30' }),
      { position: 'peer' },
    ),
  ),
  row(
    'regional-keys',
    'disks with a key elsewhere',
    ALL,
    edit('NodeClass', (object) => set(object, 'spec.ephemeralStorage.kmsKeyID', foreignKey)),
  ),
  row(
    'regional-keys',
    'a database with a key elsewhere',
    DATABASES,
    edit('rds/Cluster', forProvider('kmsKeyId', foreignKey)),
  ),
  row(
    'regional-keys',
    'a replica with a key elsewhere',
    STORES,
    edit('secretsmanager/Secret', forProvider('replica.0.kmsKeyId', foreignKey), { position: 'home' }),
  ),
  row(
    'regional-keys',
    'copies with a key elsewhere',
    ['storefront', 'warm-standby'],
    edit(
      's3/BucketReplicationConfiguration',
      forProvider('rule.0.destination.encryptionConfiguration.replicaKmsKeyId', foreignKey),
    ),
  ),
  row(
    'replicated-secrets',
    'a secret in one region',
    STORES,
    edit('secretsmanager/Secret', forProvider('replica', []), { position: 'home' }),
  ),
  row(
    'replicated-secrets',
    'a store of another region',
    ALL,
    edit('ClusterSecretStore', (object) => set(object, 'spec.provider.aws.region', ELSEWHERE)),
  ),
  row(
    'replicated-secrets',
    'a secret that nobody makes',
    STORES,
    edit('ExternalSecret', (object) => set(object, 'spec.data.0.remoteRef.key', 'prod-nobody')),
  ),
  row(
    'equal-images',
    'another image in the peer',
    ALL,
    edit('Deployment', (object) => replace(object, `${containers}.0.image`, /sha256:..../, 'sha256:abcd'), {
      ...services,
      position: 'peer',
    }),
  ),
  row(
    'symmetric-regions',
    'another setting in the peer',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.template.spec.terminationGracePeriodSeconds', 5), {
      ...services,
      position: 'peer',
    }),
  ),
  row('symmetric-regions', 'an object in one region', ALL, drop('PriorityClass', { position: 'peer' })),
];

const safety: readonly Break[] = [
  row(
    'nothing-public',
    'a bucket that may be public',
    BUCKETS,
    edit('s3/BucketPublicAccessBlock', forProvider('restrictPublicBuckets', false)),
  ),
  row('nothing-public', 'a bucket without blocks', BUCKETS, drop('s3/BucketPublicAccessBlock')),
  row(
    'nothing-public',
    'a load balancer of a team',
    ALL,
    edit('Service', (object) => set(object, 'spec.type', 'LoadBalancer'), services),
  ),
  row(
    'nothing-public',
    'a public database',
    DATABASES,
    edit('rds/ClusterInstance', forProvider('publiclyAccessible', true)),
  ),
  row(
    'nothing-public',
    'a public database in a stack',
    ALL,
    withTemplate({ Db: { Type: 'AWS::RDS::DBInstance', Properties: { PubliclyAccessible: true } } }),
  ),
  row(
    'encryption-at-rest',
    'disks in the clear',
    ALL,
    edit('NodeClass', (object) => unset(object, 'spec.ephemeralStorage.kmsKeyID')),
  ),
  row(
    'encryption-at-rest',
    'a database in the clear',
    DATABASES,
    edit('rds/Cluster', forProvider('storageEncrypted', false)),
  ),
  row(
    'encryption-at-rest',
    'a bucket in the clear',
    BUCKETS,
    drop('s3/BucketServerSideEncryptionConfiguration'),
  ),
  row(
    'encryption-at-rest',
    'a table in the clear',
    ['global-tables'],
    edit('dynamodb/Table', forProvider('serverSideEncryption.enabled', false), { position: 'home' }),
  ),
  row(
    'encryption-in-transit',
    'a check over HTTP',
    ALL,
    edit('route53/HealthCheck', forProvider('type', 'HTTP')),
  ),
  row(
    'encryption-in-transit',
    'a database without TLS',
    DATABASES,
    edit('rds/ClusterParameterGroup', forProvider('parameter.0.value', '0')),
  ),
  row(
    'encryption-in-transit',
    'a cache without TLS',
    ['capstone', 'global-tables', 'storefront'],
    edit('elasticache/ReplicationGroup', forProvider('transitEncryptionEnabled', false)),
  ),
  row(
    'encryption-in-transit',
    'a CDN that speaks HTTP',
    CDN,
    edit('cloudfront/Distribution', forProvider('defaultCacheBehavior.viewerProtocolPolicy', 'allow-all')),
  ),
  row(
    'deletion-protection',
    'a database that can go',
    DATABASES,
    edit('rds/GlobalCluster', forProvider('deletionProtection', false), { position: 'home' }),
  ),
  row(
    'deletion-protection',
    'no final snapshot',
    DATABASES,
    edit('rds/Cluster', forProvider('skipFinalSnapshot', true)),
  ),
  row(
    'deletion-protection',
    'a bucket that empties itself',
    BUCKETS,
    edit('s3/Bucket', forProvider('forceDestroy', true)),
  ),
  row(
    'deletion-protection',
    'a replica that can go',
    ['global-tables'],
    edit('dynamodb/Table', forProvider('replica.0.deletionProtectionEnabled', false), { position: 'home' }),
  ),
  row(
    'stores-stay',
    'a database that Crossplane may delete',
    DATABASES,
    edit('rds/Cluster', (object) => list(object, 'spec.managementPolicies').push('Delete')),
  ),
  row(
    'stores-stay',
    'a secret with every policy',
    STORES,
    edit('secretsmanager/Secret', (object) => set(object, 'spec.managementPolicies', ['*']), {
      position: 'home',
    }),
  ),
  row(
    'promotion-safe-fields',
    'no word on the source',
    DATABASES,
    edit('rds/Cluster', (object) => unset(object, 'spec.initProvider.replicationSourceIdentifier')),
  ),
  row(
    'promotion-safe-fields',
    'membership that is held',
    DATABASES,
    edit('rds/Cluster', forProvider('globalClusterIdentifier', 'x')),
  ),
  row(
    'promotion-safe-fields',
    'values taken over later',
    DATABASES,
    edit('rds/Cluster', (object) => list(object, 'spec.managementPolicies').push('LateInitialize')),
  ),
  row(
    'promotion-safe-fields',
    'a fence that is held',
    DATABASES,
    edit('rds/Cluster', forProvider('tags', { 'flipside.dev/epoch': '0' })),
  ),
  row(
    'promotion-safe-fields',
    'a datastore that holds its writer',
    ['warm-standby'],
    edit(
      'elasticache/GlobalReplicationGroup',
      (object) => unset(object, 'spec.initProvider.primaryReplicationGroupId'),
      { position: 'home' },
    ),
  ),
  row(
    'separate-windows',
    'a backup in the maintenance',
    DATABASES,
    edit('rds/Cluster', (object) => {
      const maintenance = textAt(object, 'spec.forProvider.preferredMaintenanceWindow');
      set(object, 'spec.forProvider.preferredBackupWindow', maintenance.replace(/[a-z]{3}:/g, ''));
    }),
  ),
  row(
    'separate-windows',
    'both regions maintained at once',
    STORES,
    edit('elasticache/ReplicationGroup', forProvider('maintenanceWindow', 'fri:08:00-fri:09:00')),
  ),
  row(
    'backups-kept',
    'a day of backups',
    DATABASES,
    edit('rds/Cluster', forProvider('backupRetentionPeriod', 1)),
  ),
  row(
    'backups-kept',
    'no versions',
    BUCKETS,
    edit('s3/BucketVersioning', forProvider('versioningConfiguration.status', 'Suspended')),
  ),
  row(
    'backups-kept',
    'no point in time',
    ['global-tables'],
    edit('dynamodb/Table', forProvider('pointInTimeRecovery.enabled', false), { position: 'home' }),
  ),
  row(
    'backups-kept',
    'no snapshots of logins',
    STORES,
    edit('elasticache/ReplicationGroup', forProvider('snapshotRetentionLimit', 0)),
  ),
  row(
    'bucket-replication-time',
    'no report of what is late',
    BUCKETS,
    edit('s3/BucketReplicationConfiguration', forProvider('rule.0.destination.metrics.status', 'Disabled')),
  ),
  row(
    'global-writer-endpoint',
    'the address of one region',
    DATABASES,
    edit(
      'Secret',
      (object) => set(object, 'data.HOST', btoa('orders.cluster-abc.us-east-1.rds.amazonaws.com')),
      { only: (object) => 'SSLMODE' in (object['data'] as object) },
    ),
  ),
  row(
    'cross-region-paths',
    'copies without a key',
    ['storefront', 'warm-standby'],
    edit('s3/BucketReplicationConfiguration', (object) =>
      unset(object, 'spec.forProvider.rule.0.destination.encryptionConfiguration'),
    ),
  ),
  row(
    'log-retention',
    'logs without an end',
    ALL,
    withTemplate({ Logs: { Type: 'AWS::Logs::LogGroup', Properties: {} } }),
  ),
  row(
    'log-retention',
    'logs of a week',
    ALL,
    withTemplate({ Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } } }),
  ),
];

const copies: readonly Break[] = [
  row(
    'no-single-zone',
    'pods bound to a zone',
    ALL,
    edit(
      'Deployment',
      (object, { region }) =>
        set(object, 'spec.template.spec.nodeSelector', { 'topology.kubernetes.io/zone': `${region}a` }),
      services,
    ),
  ),
  row(
    'no-single-zone',
    'one subnet for a store',
    STORES,
    edit('elasticache/SubnetGroup', forProvider('subnetIds', ['subnet-1'])),
  ),
  row(
    'no-single-zone',
    'all instances in one zone',
    DATABASES,
    edit('rds/ClusterInstance', (object, { region }) =>
      set(object, 'spec.forProvider.availabilityZone', `${region}a`),
    ),
  ),
  row(
    'no-single-zone',
    'one NAT gateway',
    ALL,
    withTemplate({ Nat: { Type: 'AWS::EC2::NatGateway' } }, 'prod-nat'),
  ),
  row(
    'two-copies',
    'one beacon',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.replicas', 1), beacon),
  ),
  row('two-copies', 'one instance', DATABASES, drop('rds/ClusterInstance', { name: /^instance-1$/ })),
  row(
    'two-copies',
    'a cache without a replica',
    STORES,
    edit('elasticache/ReplicationGroup', forProvider('replicasPerNodeGroup', 0)),
  ),
  row(
    'two-copies',
    'a load balancer in one zone',
    ALL,
    withTemplate({
      Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: ['subnet-1'] } },
    }),
  ),
  row(
    'disruption-budgets',
    'a budget of other pods',
    ALL,
    edit('PodDisruptionBudget', (object) => set(object, 'spec.selector.matchLabels', { app: 'another' })),
  ),
  row(
    'zone-spread',
    'pods as they fall',
    ALL,
    edit('Deployment', (object) => unset(object, 'spec.template.spec.topologySpreadConstraints')),
  ),
  row(
    'pinned-images',
    'a tag',
    ALL,
    edit('Deployment', (object) => replace(object, `${containers}.0.image`, /@sha256.*/, ':1.2'), services),
  ),
  row(
    'pinned-images',
    'latest',
    ALL,
    edit('Provider', (object) => replace(object, 'spec.package', /:v[\d.]+$/, ':latest')),
  ),
  row(
    'released-images',
    'a digest of zeros',
    ALL,
    edit(
      'Deployment',
      (object) => replace(object, `${containers}.0.image`, /[0-9a-f]{64}$/, '0'.repeat(64)),
      services,
    ),
  ),
  row(
    'autoscaler-owns-replicas',
    'replicas beside an autoscaler',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.replicas', 3), services),
  ),
];

const privilege: readonly Break[] = [
  row(
    'no-wildcard-permissions',
    'a ClusterRole for everything',
    ALL,
    edit('ClusterRole', (object) =>
      list(object, 'rules').push({ apiGroups: ['*'], resources: ['pods'], verbs: ['get'] }),
    ),
  ),
  row(
    'no-wildcard-permissions',
    'a replication role for all of S3',
    BUCKETS,
    edit(
      'iam/RolePolicy',
      forProvider(
        'policy',
        JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::b' } }),
      ),
      { position: 'home' },
    ),
  ),
  row(
    'no-wildcard-permissions',
    'a bucket for anybody',
    BUCKETS,
    edit('s3/BucketPolicy', (object) =>
      replace(
        object,
        'spec.forProvider.policy',
        /\]\}$/,
        ',{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}',
      ),
    ),
  ),
  row(
    'no-wildcard-permissions',
    'a stack with a role for every resource',
    ALL,
    withTemplate({
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'rds:DeleteDBCluster', Resource: '*' }] },
        },
      },
    }),
  ),
  row(
    'own-service-account',
    'the account of the namespace',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.template.spec.serviceAccountName', 'default'), services),
  ),
  row(
    'own-secrets',
    'the secret of another service',
    ALL,
    edit(
      'Deployment',
      (object) =>
        list(object, `${containers}.0.envFrom`).push({ secretRef: { name: 'stranger-connection' } }),
      services,
    ),
  ),
  row(
    'own-secrets',
    'a role that reads all secrets',
    ALL,
    edit(
      'Role',
      (object) => list(object, 'rules').push({ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }),
      beacon,
    ),
  ),
  row(
    'default-deny',
    'a namespace that is open outwards',
    ALL,
    edit('NetworkPolicy', (object) => set(object, 'spec.policyTypes', ['Ingress']), {
      name: /^default-deny$/,
    }),
  ),
  row(
    'default-deny',
    'a workload without a policy',
    ALL,
    edit(
      'NetworkPolicy',
      (object) => set(object, 'spec.podSelector', { matchLabels: { app: 'another' } }),
      beacon,
    ),
  ),
  row(
    'default-deny',
    'a rule for everybody',
    ALL,
    edit('NetworkPolicy', (object) => set(object, 'spec.ingress', [{}]), beacon),
  ),
];

const traffic: readonly Break[] = [
  row(
    'health-check-interval',
    'a check every 30 seconds',
    ['capstone', 'pilot-light', 'storefront', 'warm-standby'],
    edit('route53/HealthCheck', forProvider('requestInterval', 30)),
  ),
  row(
    'short-ttl',
    'a TTL of five minutes',
    ALL,
    wrote(({ estate }) => set(estate, 'traffic.ttl', 300)),
  ),
  row(
    'missing-data-keeps-traffic',
    'no data is bad',
    ALL,
    edit('route53/HealthCheck', forProvider('insufficientDataHealthStatus', 'Unhealthy')),
  ),
  row(
    'records-follow-health',
    'a record without a check',
    ALL,
    edit('route53/Record', (object) => unset(object, 'spec.forProvider.healthCheckId'), {
      name: /^record-(origin|direct|web|capstone|.*).*-home$/,
      only: (object) => !JSON.stringify(object).includes('awsglobalaccelerator'),
    }),
  ),
  row(
    'one-failover-layer',
    'no way round the accelerator',
    ['warm-standby'],
    drop('route53/Record', { name: /^record-api.*-peer$/ }),
  ),
  row(
    'writes-not-by-origin-group',
    'a POST to an origin group',
    ['global-tables', 'storefront'],
    edit('cloudfront/Distribution', (object) =>
      list(object, 'spec.forProvider.orderedCacheBehavior.0.allowedMethods').push('POST'),
    ),
  ),
  row(
    'writer-reachable',
    'no way to the other region',
    DATABASES,
    edit('NetworkPolicy', (object) => set(object, 'spec.egress', []), services),
  ),
  row('certificates', 'no certificate in the peer', ALL, drop('acm/Certificate', { position: 'peer' })),
  row(
    'certificates',
    'a certificate of another region on the CDN',
    CDN,
    edit(
      'cloudfront/Distribution',
      forProvider('viewerCertificate.acmCertificateArn', `arn:aws:acm:${ELSEWHERE}:1:certificate/x`),
    ),
  ),
];

const written: readonly Break[] = [
  row(
    'regional-login-state',
    'logins in one region',
    ['warm-standby'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Cache'),
        'spec.scope',
        'regional',
      ),
    ),
  ),
  row(
    'regional-login-state',
    'logins in a regional cache',
    ['global-tables'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Cache'),
        'spec.purpose',
        'sessions',
      ),
    ),
  ),
  row(
    'pattern-matches',
    'the routing of another pattern',
    ALL,
    wrote(({ estate }) =>
      set(estate, 'traffic.routing', estate.pattern === 'active-active' ? 'failover' : 'latency'),
    ),
  ),
  row(
    'pattern-matches',
    'no copy of a bucket',
    ['storefront', 'warm-standby'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Bucket'),
        'spec.replication',
        'none',
      ),
    ),
  ),
  row(
    'departures',
    'another assumption',
    ALL,
    wrote(({ estate }) => list(estate, 'assumptions').push({ id: 'S9-99', value: 'x', reason: 'y' })),
  ),
  row(
    'unlisted-departures',
    'a longer RTO',
    ['global-tables', 'storefront', 'warm-standby'],
    wrote(({ estate }) => set(estate, 'objectives.rto', 3600)),
  ),
  row(
    'unlisted-departures',
    'fewer pods',
    ['capstone'],
    wrote(({ services: [first] }) => set(first, 'scale.max', 3)),
  ),
  row(
    'unlisted-departures',
    'another target',
    ['pilot-light'],
    wrote(({ services: [first] }) => set(first, 'scale.cpu', 90)),
  ),
  row(
    'trigger-accepts-loss',
    'a trigger that may do nothing',
    DATABASES,
    wrote(({ primaryRegion }) => set(primaryRegion, 'spec.trigger.automatic', true)),
  ),
  row(
    'known-facts',
    'facts from the drawing board',
    ALL,
    wrote(({ facts }) => {
      set(facts, 'prod-xx-east-1', { ...Object.values(facts)[0], placeholder: true });
    }),
  ),
];

/** Every break. */
export const BREAKS: readonly Break[] = [
  ...path,
  ...symmetry,
  ...safety,
  ...copies,
  ...privilege,
  ...traffic,
  ...written,
];

/** What mends a warning that a committed estate has on purpose: the check must fall silent. */
export const MENDS: readonly Break[] = [
  row(
    'known-facts',
    'facts from AWS',
    ALL,
    wrote(({ facts }) => Object.values(facts).forEach((one) => set(one, 'placeholder', false))),
  ),
  row(
    'released-images',
    'images of a release',
    ALL,
    both(
      edit(
        'Deployment',
        (object) => replace(object, `${containers}.0.image`, /0{64}$/, 'a'.repeat(64)),
        beacon,
      ),
      edit('Function', (object) => replace(object, 'spec.package', /0{64}$/, 'a'.repeat(64))),
    ),
  ),
  row(
    'data-residency',
    'a legal basis that is named',
    ['capstone', 'storefront'],
    wrote(({ estate }) => list(estate, 'assumptions').push({ id: 'X-40', value: 'x', reason: 'y' })),
  ),
  row(
    'plain-http-hops',
    'HTTP inside that is listed',
    ALL,
    wrote(({ estate }) => list(estate, 'assumptions').push({ id: 'X-36', value: 'x', reason: 'y' })),
  ),
  row(
    'regional-login-state',
    'logins that are copied',
    ['capstone', 'storefront'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Cache'),
        'spec.scope',
        'global',
      ),
    ),
  ),
];
