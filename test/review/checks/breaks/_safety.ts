/** What keeps data safe. */
import { drop, edit, set, unset, withTemplate } from '../_mutate';
import { type Break, ALL, BUCKETS, CDN, DATABASES, forProvider, row, services } from './_row';

/** Each row breaks one thing. */
export const safety: readonly Break[] = [
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
];
