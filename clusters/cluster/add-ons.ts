/**
 * What EKS itself installs. Auto Mode brings DNS, network, storage, load balancing and the Pod Identity agent along.
 *
 * No version is named: EKS takes the default of the cluster's Kubernetes version, and nothing changes it but an update
 * of the stack. https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html (2026-11)
 */
import type { Stack } from 'aws-cdk-lib';
import { CfnAddon, type CfnCluster } from 'aws-cdk-lib/aws-eks-v2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CLOUDWATCH_AGENT } from '../../model/identities';
import { accept, nameTag } from '../_parts';
import { managedPolicy } from '../_policies';
import { podTrust } from '../identity/pod-role';

/** They run on the nodes that EKS keeps for the system, so that they are there before any node pool of ours. */
const SYSTEM_NODES = {
  nodeSelector: { 'karpenter.sh/nodepool': 'system' },
  tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists' }],
};

/** Metrics for autoscalers, and logs, metrics and traces to CloudWatch. */
export function addOnsOf(stack: Stack, cluster: CfnCluster, name: string): void {
  const addOn = (addonName: string, props: Partial<ConstructorParameters<typeof CfnAddon>[2]>) =>
    new CfnAddon(stack, `add-on-${addonName}`, {
      addonName,
      clusterName: cluster.ref,
      resolveConflicts: 'OVERWRITE',
      tags: nameTag(`${name}-${addonName}`),
      ...props,
    });
  addOn('metrics-server', { configurationValues: JSON.stringify(SYSTEM_NODES) });
  const role = agentRole(stack, name);
  addOn('amazon-cloudwatch-observability', {
    podIdentityAssociations: [{ serviceAccount: CLOUDWATCH_AGENT.name, roleArn: role.attrArn }],
  });
}

const AGENT_POLICIES = ['AWSXrayWriteOnlyAccess', 'CloudWatchAgentServerPolicy'];

function agentRole(stack: Stack, name: string): CfnRole {
  const role = new CfnRole(stack, 'cloudwatch-role', {
    roleName: `${name}-cloudwatch`,
    assumeRolePolicyDocument: podTrust(stack, name, CLOUDWATCH_AGENT),
    managedPolicyArns: AGENT_POLICIES.map(managedPolicy),
  });
  accept(
    role,
    'The policy that CloudWatch documents for its agent, which writes and reads nothing',
    ...AGENT_POLICIES.map((policy) => `AwsSolutions-IAM4[Policy::${managedPolicy(policy)}]`),
  );
  return role;
}
