/** The subnets of a cluster's VPC: three tiers over its three zones, at the places the estate chose. */
import type { Estate, TierName } from '../spec/estate';
import { blockOf } from '../spec/cidr';

/** One subnet. */
export interface Subnet {
  readonly tier: TierName;
  readonly zone: string;
  readonly cidr: string;
}

/** The three subnets of a tier. Without a data tier, stores use the application tier. */
export function tierSubnets(
  estate: Estate,
  tier: TierName,
  cidr: string,
  zones: readonly string[],
): Subnet[] {
  const { prefix, indexes } = estate.network.tiers[tier] ?? estate.network.tiers.application;
  return zones.map((zone, position) => {
    const block = blockOf(cidr, prefix, indexes[position] ?? position);
    if (!block)
      throw new Error(`Cannot place tier ${tier} in ${cidr}: no block ${indexes[position]} of /${prefix}`);
    return { tier, zone, cidr: block };
  });
}
