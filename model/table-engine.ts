/** What tables and their caches for reads are in AWS. */
import type { Size } from '../spec/claims';

/**
 * Memory-optimized DAX nodes; the burstable ones run out of credits just when the load of another region arrives.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html (2026-11)
 */
export const DAX_NODE: Readonly<Record<Size, string>> = {
  small: 'dax.r5.large',
  medium: 'dax.r5.xlarge',
  large: 'dax.r5.2xlarge',
  xlarge: 'dax.r5.4xlarge',
};

/** Port of an encrypted DAX cluster. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html (2026-11) */
export const DAX_PORT = 9111;

/** What DAX does for its clients, on a table and its indexes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.access-control.html (2026-11) */
export const DAX_ACTIONS = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
] as const;

/** ARN of a table. */
export const tableArn = (account: string, region: string, table: string) =>
  `arn:aws:dynamodb:${region}:${account}:table/${table}`;

/** Seconds that the replica may be behind before the alarm: the smallest RPO of the estates. */
export const REPLICATION_ALARM_SECONDS = 60;
