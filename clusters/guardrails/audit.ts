/** The audit trail of an account, and the bucket of a region that keeps audit logs. */
import type { Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { LOG_CLASSES } from '../../model/guardrails';
import type { Statement } from '../_policies';
import { type PrivateBucket, privateBucket } from '../_bucket';

/** Days until audit logs are seldom read. */
const ARCHIVE_DAYS = 90;

/** The bucket that the trail and Config write into; the account itself may read it, by its IAM. */
export const auditBucket = (stack: Stack, name: string, key: CfnKey): PrivateBucket =>
  privateBucket(stack, 'audit', {
    name,
    key: key.attrArn,
    days: LOG_CLASSES.audit,
    archiveDays: ARCHIVE_DAYS,
    unlogged: 'Who reads it stands in the data events of the trail',
    statements: (bucket) => servicesWrite(bucket, { 'aws:SourceAccount': stack.account }),
  });

/**
 * What the trail and Config may do: look, and write. Nobody else's service writes, by `condition`.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html (2026-11)
 */
export const servicesWrite = (
  bucket: CfnBucket,
  condition: Readonly<Record<string, unknown>>,
): Statement[] => [
  {
    Sid: 'Look',
    Effect: 'Allow',
    Principal: { Service: WRITERS },
    Action: ['s3:GetBucketAcl', 's3:ListBucket'],
    Resource: bucket.attrArn,
    Condition: { StringEquals: condition },
  },
  {
    Sid: 'Write',
    Effect: 'Allow',
    Principal: { Service: WRITERS },
    Action: 's3:PutObject',
    Resource: `${bucket.attrArn}/*`,
    Condition: { StringEquals: condition },
  },
];

const WRITERS = ['cloudtrail.amazonaws.com', 'config.amazonaws.com'];

/** What the trail is. */
export interface TrailProps {
  readonly name: string;
  readonly bucket: string;
  /** Key of the bucket. @default the bucket's own default encryption */
  readonly key?: string;
  /** What the ARNs of the estate's buckets begin with. */
  readonly buckets: readonly string[];
  /** What the ARNs of the estate's tables begin with. */
  readonly tables: readonly string[];
}

/**
 * One trail for all regions of the account: every call on its resources, and who reads or writes the estate's data.
 *
 * Reads and writes of buckets and tables cost by the event, so only those of the estate are recorded.
 */
export function trailOf(stack: Stack, { name, bucket, key, buckets, tables }: TrailProps): CfnTrail {
  return new CfnTrail(stack, 'trail', {
    trailName: name,
    s3BucketName: bucket,
    ...(key && { kmsKeyId: key }),
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    advancedEventSelectors: [
      { name: 'Management', fieldSelectors: [equals('eventCategory', 'Management')] },
      dataEvents('Buckets', 'AWS::S3::Object', buckets),
      dataEvents('Tables', 'AWS::DynamoDB::Table', tables),
    ],
  });
}

const equals = (field: string, value: string) => ({ field, equalTo: [value] });

const dataEvents = (name: string, type: string, startsWith: readonly string[]) => ({
  name,
  fieldSelectors: [
    equals('eventCategory', 'Data'),
    equals('resources.type', type),
    { field: 'resources.ARN', startsWith: [...startsWith] },
  ],
});
