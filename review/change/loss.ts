/** What makes a loss of data possible: the table of rules, and nothing else. */
import { became, gone, lowered, type Rule, switchedOff, switchedOn } from './_rule';

const ANY_STORE = /^(rds|elasticache|s3|dynamodb|secretsmanager|kms)\.aws\.m\.upbound\.io\//;

/** Every rule; the first line of each says what it guards. */
export const LOSS: readonly Rule[] = [
  {
    name: 'deletion-protection',
    types: /^(rds|dynamodb)\.aws\.m\.upbound\.io\//,
    field: /^spec\.forProvider\.(deletionProtection|deletionProtectionEnabled)$/,
    when: switchedOff,
    why: 'one call deletes it with its data',
  },
  {
    name: 'deletion-protection-of-a-replica',
    types: /^dynamodb\.aws\.m\.upbound\.io\/Table$/,
    field: /^spec\.forProvider\.replica\.deletionProtectionEnabled$/,
    when: became(false),
    why: 'one call deletes the copy in that region',
  },
  {
    name: 'deletion-protection-of-a-claim',
    types: /^platform\.flipside\.dev\//,
    field: /^spec\.deletionProtection$/,
    when: switchedOff,
    why: 'one call deletes its stores with their data',
  },
  {
    name: 'delete-policy',
    types: ANY_STORE,
    field: /^spec\.managementPolicies$/,
    when: (from, to) => from === undefined && (to === 'Delete' || to === '*'),
    why: 'deleting the claim deletes the data',
  },
  {
    name: 'final-snapshot',
    types: /^rds\.aws\.m\.upbound\.io\/Cluster$/,
    field: /\.skipFinalSnapshot$/,
    when: switchedOn,
    why: 'a deleted cluster leaves no snapshot',
  },
  {
    name: 'name-of-the-final-snapshot',
    types: /^(rds|elasticache)\.aws\.m\.upbound\.io\//,
    field: /\.finalSnapshotIdentifier$/,
    when: gone,
    why: 'a deleted store leaves no snapshot',
  },
  {
    name: 'automated-backups',
    types: /^rds\.aws\.m\.upbound\.io\/Cluster$/,
    field: /\.deleteAutomatedBackups$/,
    when: switchedOn,
    why: 'the backups go with a deleted cluster',
  },
  {
    name: 'backup-retention',
    types: /^(rds|elasticache)\.aws\.m\.upbound\.io\//,
    field: /\.(backupRetentionPeriod|snapshotRetentionLimit)$/,
    when: lowered,
    why: 'older backups are deleted at once',
  },
  {
    name: 'point-in-time-recovery',
    types: /^dynamodb\.aws\.m\.upbound\.io\//,
    field: /^spec\.forProvider\.pointInTimeRecovery(\.enabled)?$/,
    when: switchedOff,
    why: 'every point in time that could be restored is gone',
  },
  {
    name: 'versioning',
    types: /^s3\.aws\.m\.upbound\.io\/BucketVersioning$/,
    field: /\.status$/,
    when: became('Suspended'),
    why: 'what is overwritten or deleted from then on cannot be had back',
  },
  {
    name: 'force-destroy',
    types: ANY_STORE,
    field: /\.forceDestroy$/,
    when: switchedOn,
    why: 'a bucket or group that is not empty can be deleted',
  },
  {
    name: 'lifecycle-expiration',
    types: /^s3\.aws\.m\.upbound\.io\/BucketLifecycleConfiguration$/,
    field: /\.rule\.(expiration\.(days|date)|noncurrentVersionExpiration\.noncurrentDays)$/,
    when: (from, to) => to !== undefined && (from === undefined || lowered(from, to)),
    why: 'objects are deleted that were kept so far',
  },
  {
    name: 'secret-recovery',
    types: /^secretsmanager\.aws\.m\.upbound\.io\/Secret$/,
    field: /\.recoveryWindowInDays$/,
    when: lowered,
    why: 'less time to take back a deletion',
  },
  {
    name: 'cloudformation-deletion-protection',
    types: /^AWS::/,
    field: /^Properties\.(DeletionProtection|DeletionProtectionEnabled)$/,
    when: switchedOff,
    why: 'one call deletes it',
  },
  {
    name: 'cloudformation-retain',
    types: /^AWS::/,
    field: /^(DeletionPolicy|UpdateReplacePolicy)$/,
    when: (from, to) => (from === 'Retain' || from === 'Snapshot') && from !== to,
    why: 'CloudFormation deletes it when it leaves the template or is replaced',
  },
  {
    name: 'backup-plan',
    types: /^AWS::Backup::Backup(Plan|Selection)$/,
    why: 'nothing copies these stores any more',
  },
];
