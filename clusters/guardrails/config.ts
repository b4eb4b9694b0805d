/** AWS Config: what every resource looks like over time, and the rules that it is held against. */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnConfigRule,
  CfnConfigurationRecorder,
  CfnDeliveryChannel,
  ManagedRuleIdentifiers,
} from 'aws-cdk-lib/aws-config';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { accept } from '../_parts';
import { documentOf, managedPolicy, trusts } from '../_policies';

/** What records. */
export interface ConfigProps {
  readonly bucket: string;
  /** ARN of the bucket's key. */
  readonly key: string;
  /** True in one region of an account: there IAM is recorded, which every region would tell again. */
  readonly global: boolean;
  /** Prefix of the rules' names. */
  readonly name: string;
}

/** What the roles that record are called in every account, as IAM matches it. */
export const RECORDER_ROLES = 'arn:aws:iam::*:role/*-config-recorder';

/** Each rule by name, with what it needs to know. Ids: https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html (2026-11) */
const RULES: Readonly<Record<string, readonly [id: string, parameters?: Readonly<Record<string, string>>]>> =
  {
    'encryption-volumes': [ManagedRuleIdentifiers.EBS_ENCRYPTED_VOLUMES],
    'encryption-databases': [ManagedRuleIdentifiers.RDS_STORAGE_ENCRYPTED],
    'encryption-tables': [ManagedRuleIdentifiers.DYNAMODB_TABLE_ENCRYPTED_KMS],
    'encryption-buckets': [ManagedRuleIdentifiers.S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED],
    'encryption-topics': [ManagedRuleIdentifiers.SNS_ENCRYPTED_KMS],
    'encryption-backups': [ManagedRuleIdentifiers.BACKUP_RECOVERY_POINT_ENCRYPTED],
    'encryption-key-rotation': [ManagedRuleIdentifiers.CMK_BACKING_KEY_ROTATION_ENABLED],
    'public-buckets-read': [ManagedRuleIdentifiers.S3_BUCKET_PUBLIC_READ_PROHIBITED],
    'public-buckets-write': [ManagedRuleIdentifiers.S3_BUCKET_PUBLIC_WRITE_PROHIBITED],
    'public-buckets-blocked': [ManagedRuleIdentifiers.S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED],
    'public-databases': [ManagedRuleIdentifiers.RDS_INSTANCE_PUBLIC_ACCESS_CHECK],
    'public-snapshots': [ManagedRuleIdentifiers.RDS_SNAPSHOTS_PUBLIC_PROHIBITED],
    'public-control-planes': [ManagedRuleIdentifiers.EKS_ENDPOINT_NO_PUBLIC_ACCESS],
    'public-nodes': [ManagedRuleIdentifiers.EC2_INSTANCE_NO_PUBLIC_IP],
    'backup-plan': [
      ManagedRuleIdentifiers.BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK,
      { requiredFrequencyUnit: 'days', requiredFrequencyValue: '1', requiredRetentionDays: '30' },
    ],
    'backup-databases': [ManagedRuleIdentifiers.AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN],
    'backup-tables': [ManagedRuleIdentifiers.DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN],
    'backup-tables-point-in-time': [ManagedRuleIdentifiers.DYNAMODB_PITR_ENABLED],
    'backup-buckets-versions': [ManagedRuleIdentifiers.S3_BUCKET_VERSIONING_ENABLED],
    'protection-databases': [ManagedRuleIdentifiers.RDS_CLUSTER_DELETION_PROTECTION_ENABLED],
    'protection-load-balancers': [ManagedRuleIdentifiers.ELB_DELETION_PROTECTION_ENABLED],
    'secrets-rotated': [ManagedRuleIdentifiers.SECRETSMANAGER_ROTATION_ENABLED_CHECK],
    'audit-trail': [ManagedRuleIdentifiers.CLOUDTRAIL_MULTI_REGION_ENABLED],
    'audit-threats': [ManagedRuleIdentifiers.GUARDDUTY_ENABLED_CENTRALIZED],
    'identity-root-keys': [ManagedRuleIdentifiers.IAM_ROOT_ACCESS_KEY_CHECK],
    'identity-key-age': [ManagedRuleIdentifiers.ACCESS_KEYS_ROTATED, { maxAccessKeyAge: '90' }],
    'tags-cost': [
      ManagedRuleIdentifiers.REQUIRED_TAGS,
      { tag1Key: 'flipside.dev/estate', tag2Key: 'flipside.dev/environment' },
    ],
  };

/** Makes the recorder, where it delivers, and the rules; gives the channel, which needs its bucket's policy. */
export function configOf(stack: Stack, props: ConfigProps): CfnDeliveryChannel {
  const role = recorderRole(stack, props);
  const recorder = new CfnConfigurationRecorder(stack, 'recorder', {
    name: 'default',
    roleArn: role.attrArn,
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: props.global },
  });
  const channel = new CfnDeliveryChannel(stack, 'channel', {
    name: 'default',
    s3BucketName: props.bucket,
    configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
  });
  for (const [name, [sourceIdentifier, inputParameters]] of Object.entries(RULES)) {
    const rule = new CfnConfigRule(stack, `rule-${name}`, {
      configRuleName: `${props.name}-${name}`,
      source: { owner: 'AWS', sourceIdentifier },
      ...(inputParameters && { inputParameters: { ...inputParameters } }),
    });
    rule.addResourceDependency(recorder);
    rule.addResourceDependency(channel);
  }
  return channel;
}

/** https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html (2026-11) */
function recorderRole(stack: Stack, props: ConfigProps): CfnRole {
  const policy = managedPolicy('service-role/AWS_ConfigRole');
  const role = new CfnRole(stack, 'recorder-role', {
    roleName: `${props.name}-config-recorder`,
    assumeRolePolicyDocument: trusts('config.amazonaws.com'),
    managedPolicyArns: [policy],
    policies: [{ policyName: 'deliver', policyDocument: deliver(props) }],
  });
  accept(role, 'AWS keeps the list of what Config reads', `AwsSolutions-IAM4[Policy::${policy}]`);
  accept(
    role,
    'AWS names what it delivers by date, and the key of another account has no name that IAM takes',
    `AwsSolutions-IAM5[Resource::arn:aws:s3:::${props.bucket}/AWSLogs/*]`,
    ...(props.key.endsWith('*') ? [`AwsSolutions-IAM5[Resource::${props.key}]`] : []),
  );
  return role;
}

const deliver = ({ bucket, key }: ConfigProps) =>
  documentOf(
    { Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/AWSLogs/*` },
    { Effect: 'Allow', Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${bucket}` },
    { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: key },
  );
