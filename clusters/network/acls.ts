/** A network ACL for each tier: coarse, stateless, and the only place where an address can be shut out for good. */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnNetworkAcl,
  CfnNetworkAclEntry,
  CfnSubnetNetworkAclAssociation,
  type CfnVPC,
} from 'aws-cdk-lib/aws-ec2';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { farClusters } from '../../model/far';
import type { TierName } from '../../spec/estate';
import { accept, nameTag } from '../_parts';
import type { Subnets } from './subnets';

/** What the ACLs are made of. */
export interface AclsProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly vpc: CfnVPC;
  readonly subnets: Subnets;
}

/** Protocol numbers of IANA; -1 stands for all. */
const PROTOCOL = { all: -1, tcp: 6, udp: 17 } as const;

/** Answers to what was asked from inside come back to these ports. https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports (2026-11) */
const ANSWERS = { from: 1024, to: 65_535 } as const;

const EVERYWHERE = '0.0.0.0/0';

interface Rule {
  readonly cidr: string;
  readonly protocol: keyof typeof PROTOCOL;
  readonly ports?: { readonly from: number; readonly to: number };
}

/** Makes the ACLs. Listed blocks are refused both ways, before anything is allowed. */
export function aclsOf(stack: Stack, props: AclsProps): void {
  const { model, cluster, vpc, subnets } = props;
  const inside = [cluster.cidr, ...farClusters(model, cluster).map(({ cidr }) => cidr)];
  for (const [tier, zoned] of Object.entries(subnets)) {
    const acl = new CfnNetworkAcl(stack, `acl-${tier}`, {
      vpcId: vpc.ref,
      tags: nameTag(`${cluster.name}-${tier}`),
    });
    accept(acl, OPEN, 'AwsSolutions-VPC3');
    const entries = entriesOf(stack, tier, acl);
    model.estate.network.deny.forEach((cidr, index) => {
      entries({ cidr, protocol: 'all' }, 10 + index, 'deny', ['in', 'out']);
    });
    inbound(tier as TierName, inside).forEach((rule, index) => {
      entries(rule, 100 + index, 'allow', ['in']);
    });
    outbound(tier as TierName, inside).forEach((rule, index) => {
      entries(rule, 100 + index, 'allow', ['out']);
    });
    zoned.forEach(({ letter, subnet }) => {
      new CfnSubnetNetworkAclAssociation(stack, `acl-${tier}-${letter}`, {
        networkAclId: acl.ref,
        subnetId: subnet.ref,
      });
    });
  }
}

type Direction = 'in' | 'out';

const entriesOf =
  (stack: Stack, tier: string, acl: CfnNetworkAcl) =>
  (rule: Rule, ruleNumber: number, ruleAction: 'allow' | 'deny', directions: readonly Direction[]): void => {
    for (const direction of directions) {
      const entry = new CfnNetworkAclEntry(stack, `acl-${tier}-${direction}-${ruleNumber}`, {
        networkAclId: acl.ref,
        egress: direction === 'out',
        ruleNumber,
        ruleAction,
        protocol: PROTOCOL[rule.protocol],
        cidrBlock: rule.cidr,
        ...(rule.ports && { portRange: rule.ports }),
      });
      accept(entry, OPEN, 'AwsSolutions-VPC3');
    }
  };

const OPEN = 'Tiers are asked for; security groups decide about each connection, the ACL about whole blocks';

const all = (cidr: string): Rule => ({ cidr, protocol: 'all' });
const tcp = (cidr: string, from: number, to = from): Rule => ({ cidr, protocol: 'tcp', ports: { from, to } });

/** Stores take and answer connections of their own network; services also get answers from the internet. */
function inbound(tier: TierName, inside: readonly string[]): Rule[] {
  const own = inside.map(all);
  if (tier === 'data') return own;
  const answers: Rule[] = [
    tcp(EVERYWHERE, ANSWERS.from, ANSWERS.to),
    { cidr: EVERYWHERE, protocol: 'udp', ports: ANSWERS },
  ];
  if (tier === 'application') return [...own, ...answers];
  return [...own, tcp(EVERYWHERE, 80), tcp(EVERYWHERE, 443), ...answers];
}

const outbound = (tier: TierName, inside: readonly string[]): Rule[] =>
  tier === 'data' ? inside.map(all) : [all(EVERYWHERE)];
