/** The subnets of a VPC: each tier in every zone of the region, as load balancers and control planes need several. */
import type { Stack } from 'aws-cdk-lib';
import { CfnSubnet, type CfnVPC } from 'aws-cdk-lib/aws-ec2';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { tierSubnets } from '../../model/subnets';
import type { TierName } from '../../spec/estate';
import { nameTag } from '../_parts';

/** A subnet and the letter of its zone. */
export interface ZonedSubnet {
  readonly letter: string;
  /** Full name, for example `us-east-1a`. */
  readonly zone: string;
  readonly subnet: CfnSubnet;
}

/** The subnets of each tier that the estate has, in the order of its zones. */
export type Subnets = Readonly<Partial<Record<TierName, readonly ZonedSubnet[]>>>;

/** The tiers, from the internet inwards. */
export const TIERS = ['public', 'application', 'data'] as const satisfies readonly TierName[];

/** Makes the subnets. */
export function subnetsOf(stack: Stack, vpc: CfnVPC, model: EstateModel, cluster: Cluster): Subnets {
  const tiers = TIERS.filter((tier) => model.estate.network.tiers[tier]);
  return Object.fromEntries(tiers.map((tier) => [tier, tierOf(stack, vpc, { model, cluster, tier })]));
}

interface TierProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly tier: TierName;
}

function tierOf(stack: Stack, vpc: CfnVPC, { model, cluster, tier }: TierProps): ZonedSubnet[] {
  const { zones, name: region } = model.estate.regions[cluster.position];
  return tierSubnets(model.estate, tier, cluster.cidr, zones).map(({ zone: letter, cidr }) => {
    const zone = `${region}${letter}`;
    const subnet = new CfnSubnet(stack, `${tier}-${letter}`, {
      vpcId: vpc.ref,
      cidrBlock: cidr,
      availabilityZone: zone,
      // No tier: load balancers and NAT gateways bring their own public addresses.
      mapPublicIpOnLaunch: false,
      tags: [...nameTag(`${cluster.name}-${tier}-${letter}`), { key: 'flipside.dev/tier', value: tier }],
    });
    return { letter, zone, subnet };
  });
}
