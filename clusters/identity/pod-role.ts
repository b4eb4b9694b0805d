/** The role of a service account, and the association by which EKS gives its pods the role's credentials. */
import type { Stack } from 'aws-cdk-lib';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks-v2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Account } from '../../model/identities';
import { nameTag } from '../_parts';
import { documentOf, type Statement } from '../_policies';

/**
 * Who may take the role: pods of one service account of one cluster of this account, and nobody else.
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html (2026-11)
 */
export const podTrust = (stack: Stack, clusterName: string, { namespace, name }: Account) =>
  documentOf({
    Effect: 'Allow',
    Principal: { Service: 'pods.eks.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Condition: {
      StringEquals: {
        'aws:SourceAccount': stack.account,
        'aws:RequestTag/eks-cluster-arn': `arn:aws:eks:${stack.region}:${stack.account}:cluster/${clusterName}`,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': name,
      },
    },
  });

/** What a role of pods is made of. */
export interface PodRoleProps {
  readonly account: Account;
  /** Name of the EKS cluster, which is the one of its stack. */
  readonly clusterName: string;
  readonly roleName: string;
  readonly boundary: string;
  readonly statements: readonly Statement[];
}

/** Makes the role and the association. */
export function podRole(stack: Stack, props: PodRoleProps): CfnRole {
  const { account, clusterName, roleName, boundary, statements } = props;
  const id = `${account.namespace}-${account.name}`;
  const role = new CfnRole(stack, `role-${id}`, {
    roleName,
    description: `Pods of ${account.namespace}/${account.name}`,
    assumeRolePolicyDocument: podTrust(stack, clusterName, account),
    permissionsBoundary: boundary,
    ...(statements.length > 0 && {
      policies: [{ policyName: 'calls', policyDocument: documentOf(...statements) }],
    }),
  });
  new CfnPodIdentityAssociation(stack, `association-${id}`, {
    clusterName,
    namespace: account.namespace,
    serviceAccount: account.name,
    roleArn: role.attrArn,
    tags: nameTag(roleName),
  });
  return role;
}
