/** What keeps stores, windows and backups. */
import { textAt } from '../../../../review/checks/_read';
import { edit, list, set, unset, withTemplate } from '../_mutate';
import { type Break, ALL, BUCKETS, DATABASES, forProvider, row, STORES } from './_row';

/** Each row breaks one thing. */
export const backups: readonly Break[] = [
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
