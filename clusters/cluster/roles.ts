/** The roles of a cluster itself: of its control plane, of its nodes, and of the people who reach it. */
import type { Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { accept } from '../_parts';
import { documentOf, managedPolicy, type Statement, trusts } from '../_policies';

/** What Auto Mode needs. https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html (2026-11) */
const CLUSTER_POLICIES = [
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSNetworkingPolicy',
];

/** What a node needs: to join, and to pull images. https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html (2026-11) */
const NODE_POLICIES = ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodeMinimalPolicy'];

/** The control plane's role: it starts nodes, with our tags and with disks under the region's key. */
export function clusterRole(stack: Stack, name: string, keyArn: string): CfnRole {
  const role = new CfnRole(stack, 'cluster-role', {
    roleName: name,
    assumeRolePolicyDocument: trusts('eks.amazonaws.com', 'sts:TagSession'),
    managedPolicyArns: CLUSTER_POLICIES.map(managedPolicy),
    policies: [
      { policyName: 'tags', policyDocument: documentOf(...ownTags) },
      { policyName: 'disks', policyDocument: documentOf(...encryptedDisks(keyArn)) },
    ],
  });
  acceptManaged(role, CLUSTER_POLICIES, 'The policy that EKS Auto Mode documents for its control plane');
  accept(role, 'Instances have no ids before they start; the tags of the own cluster are demanded', ANY);
  accept(
    role,
    'The three forms of each call that EBS makes',
    'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]',
    'AwsSolutions-IAM5[Action::kms:ReEncrypt*]',
  );
  return role;
}

const ANY = 'AwsSolutions-IAM5[Resource::*]';

const acceptManaged = (role: CfnRole, policies: readonly string[], reason: string) =>
  accept(role, reason, ...policies.map((name) => `AwsSolutions-IAM4[Policy::${managedPolicy(name)}]`));

/** AWS's own policies do not let Auto Mode set tags of ours. https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html#tag-prop (2026-11) */
const ownTags: Statement[] = [
  tagging(['ec2:CreateFleet', 'ec2:CreateLaunchTemplate', 'ec2:RunInstances'], {
    'aws:RequestTag/eks:kubernetes-node-class-name': '*',
    'aws:RequestTag/eks:kubernetes-node-pool-name': '*',
  }),
  tagging(['ec2:CreateNetworkInterface'], { 'aws:RequestTag/eks:kubernetes-cni-node-name': '*' }),
];

function tagging(Action: readonly string[], like: Readonly<Record<string, string>>): Statement {
  const own = { 'aws:RequestTag/eks:eks-cluster-name': '${aws:PrincipalTag/eks:eks-cluster-name}' };
  return { Effect: 'Allow', Action, Resource: '*', Condition: { StringEquals: own, StringLike: like } };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/auto-kms.html (2026-11) */
const encryptedDisks = (keyArn: string): Statement[] => [
  {
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Resource: keyArn,
  },
  {
    Effect: 'Allow',
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    Resource: keyArn,
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  },
];

/** The nodes' role: nothing of any application. Pods cannot take it, as each has an identity of its own. */
export function nodeRole(stack: Stack, name: string): CfnRole {
  const role = new CfnRole(stack, 'node-role', {
    roleName: name,
    assumeRolePolicyDocument: trusts('ec2.amazonaws.com'),
    managedPolicyArns: NODE_POLICIES.map(managedPolicy),
  });
  acceptManaged(role, NODE_POLICIES, 'The policy that EKS Auto Mode documents for its nodes');
  return role;
}

/** The role of a group of people, which those of the account may take whom an IAM policy there allows it. */
export const peopleRole = (stack: Stack, id: string, name: string, account: string): CfnRole =>
  new CfnRole(stack, `role-${id}`, {
    roleName: name,
    description: `People who reach the cluster as ${id}`,
    maxSessionDuration: 3600,
    assumeRolePolicyDocument: documentOf({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
    }),
  });
