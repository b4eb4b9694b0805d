/** The permissions boundary of every role that pods of the estate can have. */
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { documentOf, type Statement } from '../_policies';

/** What pods of the platform and of the teams call. */
export const CALLED = [
  'acm:*',
  'application-autoscaling:*',
  'cloudfront:*',
  'cloudwatch:*',
  'dax:*',
  'dynamodb:*',
  'ec2:Describe*',
  'elasticache:*',
  'elasticloadbalancing:*',
  'globalaccelerator:*',
  'iam:*',
  'kms:*',
  'lambda:InvokeFunction',
  'rds:*',
  'rds-db:*',
  'route53:*',
  's3:*',
  'secretsmanager:*',
  'sts:*',
  'wafv2:*',
];

/** What would take data, evidence or the boundary itself away. */
const NEVER = [
  'dynamodb:DeleteTable',
  'elasticache:DeleteGlobalReplicationGroup',
  'elasticache:DeleteReplicationGroup',
  'elasticache:DisassociateGlobalReplicationGroup',
  'iam:CreateAccessKey',
  'iam:CreatePolicyVersion',
  'iam:CreateUser',
  'iam:DeletePolicy',
  'iam:DeleteRolePermissionsBoundary',
  'iam:SetDefaultPolicyVersion',
  'kms:DisableKey',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'rds:DeleteDBCluster',
  'rds:DeleteGlobalCluster',
  'rds:RemoveFromGlobalCluster',
  's3:DeleteBucket',
  's3:DeleteObjectVersion',
  's3:PutBucketAcl',
  'secretsmanager:DeleteSecret',
];

/** The document: a list of services in the estate's regions, less what nobody may do. */
export function boundaryDocument({ estate }: EstateModel, { account }: Cluster) {
  const regions = [estate.regions.home.name, estate.regions.peer.name];
  return documentOf(
    {
      Sid: 'CalledByPods',
      Effect: 'Allow',
      Action: CALLED,
      Resource: '*',
    },
    { Sid: 'Never', Effect: 'Deny', Action: NEVER, Resource: '*' },
    onlyIn([...new Set([...regions, ...GLOBAL_REGIONS])]),
    ownAccount(account),
  );
}

/** Services that exist once for all regions answer from these. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html (2026-11) */
const GLOBAL_REGIONS = ['us-east-1', 'us-west-2'];

const onlyIn = (regions: readonly string[]): Statement => ({
  Sid: 'OnlyTheRegionsOfTheEstate',
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
});

/** Roles of other accounts are out of reach. */
const ownAccount = (account: string): Statement => ({
  Sid: 'NoOtherAccount',
  Effect: 'Deny',
  Action: 'sts:AssumeRole',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:ResourceAccount': account } },
});
