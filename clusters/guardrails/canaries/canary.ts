/** One scheduled test that asks the public entry as a user does. */
import type { Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnCanary, Runtime } from 'aws-cdk-lib/aws-synthetics';
import { LOG_CLASSES } from '../../../model/guardrails';
import { accept } from '../../_parts';
import { documentOf } from '../../_policies';
import { trustsOwn } from '../_trust';

/** What is tested. */
export interface CanaryProps {
  /** At most 255 characters of letters, digits, `-` and `_`. */
  readonly name: string;
  readonly script: string;
  readonly host: string;
  readonly path: string;
  readonly every: string;
  readonly bucket: CfnBucket;
  readonly role: CfnRole;
  /** ARN of the bucket's key. */
  readonly key: string;
}

const TIMEOUT_SECONDS = 60;

/** Makes the canary; what a run leaves behind lies in the region that tests, not in the tested one. */
export const canaryOf = (stack: Stack, id: string, props: CanaryProps): CfnCanary =>
  new CfnCanary(stack, id, {
    name: props.name,
    runtimeVersion: Runtime.SYNTHETICS_NODEJS_PUPPETEER_13_0.name,
    code: { handler: 'index.handler', script: props.script },
    executionRoleArn: props.role.attrArn,
    artifactS3Location: `s3://${props.bucket.ref}/${props.name}`,
    artifactConfig: { s3Encryption: { encryptionMode: 'SSE_KMS', kmsKeyArn: props.key } },
    schedule: { expression: props.every, durationInSeconds: '0' },
    runConfig: {
      timeoutInSeconds: TIMEOUT_SECONDS,
      environmentVariables: { TARGET_HOST: props.host, TARGET_PATH: props.path },
    },
    startCanaryAfterCreation: true,
    successRetentionPeriod: LOG_CLASSES.application,
    failureRetentionPeriod: LOG_CLASSES.security,
    provisionedResourceCleanup: 'AUTOMATIC',
  });

/** What a run may do: write its artifacts, its log and its metrics. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_Roles.html (2026-11) */
export function canaryRole(stack: Stack, bucket: CfnBucket, key: string): CfnRole {
  const { region, account } = stack;
  const groups = `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/cwsyn-*`;
  const role = new CfnRole(stack, 'canary-role', {
    assumeRolePolicyDocument: trustsOwn(stack, 'lambda.amazonaws.com'),
    policies: [
      {
        policyName: 'run',
        policyDocument: documentOf(
          { Effect: 'Allow', Action: 's3:PutObject', Resource: `${bucket.attrArn}/*` },
          { Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: bucket.attrArn },
          { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
          { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key },
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: groups,
          },
          {
            Effect: 'Allow',
            Action: 'cloudwatch:PutMetricData',
            Resource: '*',
            Condition: { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } },
          },
        ),
      },
    ],
  });
  accept(
    role,
    'AWS names artifacts and log groups, and takes no resource for the last two calls',
    'AwsSolutions-IAM5[Resource::*]',
    `AwsSolutions-IAM5[Resource::${groups}]`,
    'AwsSolutions-IAM5[Resource::<artifacts.Arn>/*]',
  );
  return role;
}
