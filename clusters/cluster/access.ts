/** Who may talk to the API server, as access entries: no password, no key, every call in the audit log. */
import type { Stack } from 'aws-cdk-lib';
import { CfnAccessEntry, type CfnCluster } from 'aws-cdk-lib/aws-eks-v2';
import { GROUPS } from '../../model/identities';
import { nameTag } from '../_parts';
import { peopleRole } from './roles';

/** What a group of people gets. */
interface People {
  readonly id: string;
  /** Of EKS, for the whole cluster. https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html (2026-11) */
  readonly policy: string;
  /** Kubernetes groups, whose rights are RBAC of the cluster. */
  readonly groups: readonly string[];
}

/** The platform team sees everything and changes it in Git. On call sees no secret, and may flip: `platform/flip/on-call.ts`. */
const PEOPLE: readonly People[] = [
  { id: 'admin', policy: 'AmazonEKSClusterAdminPolicy', groups: [] },
  { id: 'platform', policy: 'AmazonEKSAdminViewPolicy', groups: [] },
  { id: 'on-call', policy: 'AmazonEKSViewPolicy', groups: [GROUPS.onCall] },
];

/** Makes the roles and their entries. Nodes get theirs from EKS, as the cluster names their role. */
export function accessOf(stack: Stack, cluster: CfnCluster, name: string): void {
  for (const { id, policy, groups } of PEOPLE) {
    const role = peopleRole(stack, id, `${name}-${id}`, stack.account);
    new CfnAccessEntry(stack, `access-${id}`, {
      clusterName: cluster.ref,
      principalArn: role.attrArn,
      type: 'STANDARD',
      ...(groups.length > 0 && { kubernetesGroups: [...groups] }),
      accessPolicies: [
        {
          accessScope: { type: 'cluster' },
          policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
        },
      ],
      tags: nameTag(`${name}-${id}`),
    });
  }
}
