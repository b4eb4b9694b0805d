/**
 * A security group for each tier: the load balancer takes users, nodes take the load balancer, stores take nodes.
 *
 * Groups are named by reference alone. The rules stand beside the groups, as groups refer to one another.
 */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnSecurityGroup,
  CfnSecurityGroupEgress,
  CfnSecurityGroupIngress,
  type CfnVPC,
} from 'aws-cdk-lib/aws-ec2';
import { CACHE_PORT } from '../../model/cache-engine';
import type { Cluster } from '../../model/clusters';
import { BEACON_PORT, hasBeacon, published } from '../../model/entry';
import type { EstateModel } from '../../model/estate';
import { farTierCidrs } from '../../model/reach';
import { DAX_PORT } from '../../model/table-engine';
import { accept, nameTag } from '../_parts';

/** The groups that facts name. */
export type SecurityGroups = Readonly<
  Record<'loadBalancer' | 'nodes' | 'database' | 'cache', CfnSecurityGroup>
>;

/** What the groups are made of. */
export interface SecurityGroupsProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly vpc: CfnVPC;
}

/** Port of Aurora PostgreSQL. */
const DATABASE_PORT = 5432;

/** Without a rule for what goes out, AWS would let everything out: a rule that matches nothing. */
export const NOTHING = {
  ipProtocol: 'icmp',
  fromPort: 252,
  toPort: 86,
  cidrIp: '255.255.255.255/32',
  description: 'Nothing goes out',
} as const;

const EVERYTHING = { ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'Network policies decide' } as const;

/** Makes the groups and their rules. */
export function securityGroupsOf(stack: Stack, props: SecurityGroupsProps): SecurityGroups {
  const group = (id: string, description: string, rules: object) =>
    new CfnSecurityGroup(stack, `security-group-${id}`, {
      groupDescription: description,
      vpcId: props.vpc.ref,
      tags: nameTag(`${props.cluster.name}-${id}`),
      ...rules,
    });
  const closed = { securityGroupEgress: [NOTHING] };
  const groups = {
    loadBalancer: group('load-balancer', 'Public entry of the region', {
      ...closed,
      securityGroupIngress: [
        fromUsers(80, 'Redirected to HTTPS'),
        fromUsers(443, 'Users and health checkers'),
      ],
    }),
    nodes: group('nodes', 'Nodes and their pods', { securityGroupEgress: [EVERYTHING] }),
    database: group('database', 'Databases', closed),
    cache: group('cache', 'Caches', closed),
  };
  accept(
    groups.loadBalancer,
    'The public entry is for everybody; a web ACL stands in front',
    'AwsSolutions-EC23',
  );
  entryRules(stack, groups, props);
  storeRules(stack, groups, props);
  ingress(stack, 'nodes-to-nodes', groups.nodes, groups.nodes, { ipProtocol: '-1' });
  return groups;
}

const fromUsers = (port: number, description: string) => ({
  ipProtocol: 'tcp',
  fromPort: port,
  toPort: port,
  cidrIp: '0.0.0.0/0',
  description,
});

/** From the load balancer to the ports of the pods, and to no others. */
function entryRules(stack: Stack, { loadBalancer, nodes }: SecurityGroups, props: SecurityGroupsProps): void {
  for (const port of entryPorts(props)) {
    ingress(stack, `load-balancer-to-nodes-${port}`, nodes, loadBalancer, tcp(port));
    new CfnSecurityGroupEgress(stack, `egress-load-balancer-to-nodes-${port}`, {
      groupId: loadBalancer.attrGroupId,
      destinationSecurityGroupId: nodes.attrGroupId,
      description: 'Pods behind the entry',
      ...tcp(port),
    });
  }
}

/** Ports of the pods that the load balancer sends to. */
export const entryPorts = ({ model, cluster }: Pick<SecurityGroupsProps, 'model' | 'cluster'>): number[] => {
  const ports = published(model).map(({ port }) => port);
  return [...new Set([...ports, ...(hasBeacon(cluster) ? [BEACON_PORT] : [])])].toSorted((a, b) => a - b);
};

/** The writer may be in either region, so the other region's services come to the database as well. */
function storeRules(
  stack: Stack,
  { nodes, database, cache }: SecurityGroups,
  props: SecurityGroupsProps,
): void {
  ingress(stack, 'nodes-to-database', database, nodes, tcp(DATABASE_PORT));
  farTierCidrs(props.model, props.cluster, 'application').forEach((cidrIp, index) => {
    new CfnSecurityGroupIngress(stack, `ingress-far-to-database-${index}`, {
      groupId: database.attrGroupId,
      cidrIp,
      description: 'Services of the other region',
      ...tcp(DATABASE_PORT),
    });
  });
  for (const port of [CACHE_PORT, DAX_PORT]) {
    ingress(stack, `nodes-to-cache-${port}`, cache, nodes, tcp(port));
  }
}

const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });

const ingress = (
  stack: Stack,
  id: string,
  to: CfnSecurityGroup,
  from: CfnSecurityGroup,
  rule: { readonly ipProtocol: string; readonly fromPort?: number; readonly toPort?: number },
) =>
  new CfnSecurityGroupIngress(stack, `ingress-${id}`, {
    groupId: to.attrGroupId,
    sourceSecurityGroupId: from.attrGroupId,
    description: id.replaceAll('-', ' '),
    ...rule,
  });
