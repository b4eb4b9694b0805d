/** The bucket for network and access logs, and the flow logs of rejected traffic. */
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Cluster } from '../../model/clusters';
import { FLOW_LOG_DAYS, LOG_DAYS, LOG_PREFIXES, logBucketName } from '../../model/log-bucket';
import { privateBucket } from '../_bucket';
import { accept, nameTag } from '../_parts';
import { documentOf, type Statement, trusts } from '../_policies';

/** Makes the bucket. Access logs can only be written under a key of S3 itself. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html (2026-11) */
export function logBucket(stack: Stack, cluster: Cluster): CfnBucket {
  const { bucket } = privateBucket(stack, 'logs', {
    name: logBucketName(cluster),
    days: LOG_DAYS,
    unlogged: 'It is where logs end: logging its own accesses into itself would never stop',
    statements: (logs) => [...flowLogsWrite(logs, cluster), entryLogsWrite(logs, cluster)],
  });
  return bucket;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html (2026-11) */
function flowLogsWrite(bucket: CfnBucket, { account, region }: Cluster): Statement[] {
  const common = {
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:aws:logs:${region}:${account}:*` },
    },
  } as const;
  return [
    {
      Sid: 'FlowLogs',
      ...common,
      Action: 's3:PutObject',
      Resource: `${bucket.attrArn}/${LOG_PREFIXES.flow}/*`,
    },
    {
      Sid: 'FlowLogsLook',
      ...common,
      Action: ['s3:GetBucketAcl', 's3:ListBucket'],
      Resource: bucket.attrArn,
    },
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html (2026-11) */
const entryLogsWrite = (bucket: CfnBucket, { account, region }: Cluster): Statement => ({
  Sid: 'AccessLogs',
  Effect: 'Allow',
  Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${bucket.attrArn}/${LOG_PREFIXES.entry}/AWSLogs/${account}/*`,
  Condition: {
    ArnLike: { 'aws:SourceArn': `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*` },
  },
});

/** Rejected traffic, to search for 30 days and to keep for a year. Athena reads S3, not CloudWatch. */
export function flowLogs(stack: Stack, vpc: CfnVPC, bucket: CfnBucket, { name }: Cluster): void {
  const group = new CfnLogGroup(stack, 'flow-log-group', {
    logGroupName: `/flipside/${name}/flow`,
    retentionInDays: FLOW_LOG_DAYS,
  });
  group.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const common = {
    resourceId: vpc.ref,
    resourceType: 'VPC',
    trafficType: 'REJECT',
    maxAggregationInterval: 60,
    tags: nameTag(`${name}-flow`),
  };
  new CfnFlowLog(stack, 'flow-log-search', {
    ...common,
    logDestinationType: 'cloud-watch-logs',
    logDestination: group.attrArn,
    deliverLogsPermissionArn: writer(stack, group).attrArn,
  });
  new CfnFlowLog(stack, 'flow-log-keep', {
    ...common,
    logDestinationType: 's3',
    logDestination: `${bucket.attrArn}/${LOG_PREFIXES.flow}/`,
    // Free-form in CDK: the names are those of the template.
    destinationOptions: { FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: true },
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html (2026-11) */
function writer(stack: Stack, group: CfnLogGroup): CfnRole {
  const role = new CfnRole(stack, 'flow-log-role', {
    assumeRolePolicyDocument: trusts('vpc-flow-logs.amazonaws.com'),
    policies: [
      {
        policyName: 'write',
        policyDocument: documentOf({
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          Resource: group.attrArn,
        }),
      },
    ],
  });
  accept(role, 'Streams of the one log group', 'AwsSolutions-IAM5');
  return role;
}
