/** Names of what watches over an account: shared by the stacks, and by whoever alarms or keeps logs. */
import type { Estate } from '../spec/estate';
import type { Cluster } from './clusters';
import { LOG_DAYS } from './log-bucket';
import { nameFor } from './names';

/** Region that AWS has in one place what it has once: metrics of Route 53 and CloudFront, and the bill. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html (2026-11) */
export const GLOBAL_REGION = 'us-east-1';

/** Name of the topic of a cluster's region that alarms and findings go to. */
export const alertsTopic = ({ name }: Pick<Cluster, 'name'>): string => `${name}-alerts`;

/** ARN of {@link alertsTopic}. */
export const alertsTopicArn = (cluster: Pick<Cluster, 'name' | 'region' | 'account'>): string =>
  `arn:aws:sns:${cluster.region}:${cluster.account}:${alertsTopic(cluster)}`;

/** Name of the vault that backups of a cluster's region lie in. */
export const backupVault = ({ name }: Pick<Cluster, 'name'>): string => `${name}-backup`;

/** ARN of {@link backupVault}. */
export const backupVaultArn = (cluster: Pick<Cluster, 'name' | 'region' | 'account'>): string =>
  `arn:aws:backup:${cluster.region}:${cluster.account}:backup-vault:${backupVault(cluster)}`;

/** Tag and value by which a volume asks for its daily snapshot: every storage class and volume template carries it. */
export const BACKUP_TAG = { key: 'flipside.dev/backup', value: 'daily' } as const;

/** Days that a backup and its copy in the other region are kept. */
export const BACKUP_DAYS = 30;

/** Account that a cluster's audit logs are kept in: that of the organization, else its own. */
export const auditAccount = (estate: Pick<Estate, 'organization'>, { account }: Pick<Cluster, 'account'>) =>
  estate.organization?.logAccount ?? account;

/** Name of the bucket of a region that keeps the audit logs; one for all accounts where an organization has a log account. */
export function auditBucketName(estate: Pick<Estate, 'organization' | 'name'>, cluster: Cluster): string {
  const account = auditAccount(estate, cluster);
  const place = estate.organization ? [cluster.region] : [cluster.environment, cluster.region];
  return nameFor('s3', [...place, estate.name, 'audit', account]);
}

/** Alias of the key that an organization's log account encrypts a region's audit logs under. */
export const auditAlias = ({ name }: Pick<Estate, 'name'>): string => `alias/${name}-audit`;

/** ARN of {@link auditAlias}. */
export const auditKey = (estate: Pick<Estate, 'organization' | 'name'>, cluster: Cluster): string =>
  `arn:aws:kms:${cluster.region}:${auditAccount(estate, cluster)}:${auditAlias(estate)}`;

/** Days that each class of log is kept: audit logs for the twelve months of PCI DSS 4.0, 10.5.1, the others to work with. */
export const LOG_CLASSES = { audit: LOG_DAYS, security: 90, application: 30 } as const;

/** The shortest retention of CloudWatch Logs that keeps an audit log for twelve months; it takes no other than these. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (2026-11) */
export const AUDIT_GROUP_DAYS = 400;
