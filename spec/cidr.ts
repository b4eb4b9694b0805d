/** Arithmetic on IPv4 blocks. */
import ipaddr from 'ipaddr.js';

type Block = [ipaddr.IPv4, number];

/** True when the two blocks share an address. */
export function overlaps(a: string, b: string): boolean {
  const [one, two] = [ipaddr.IPv4.parseCIDR(a), ipaddr.IPv4.parseCIDR(b)] as [Block, Block];
  return one[0].match(two[0], Math.min(one[1], two[1]));
}

/** The length of a block's prefix: 16 of `10.0.0.0/16`. */
export const prefixOf = (cidr: string): number => Number(cidr.split('/')[1]);

/** The `index`-th block of `prefix` inside `cidr`, counted from 0, or undefined when `cidr` has no such block. */
export function blockOf(cidr: string, prefix: number, index: number): string | undefined {
  const [address, outer] = ipaddr.IPv4.parseCIDR(cidr) as Block;
  if (prefix < outer || index >= 2 ** (prefix - outer)) return undefined;
  const first = address.octets.reduce((sum, octet) => sum * 256 + octet, 0) + index * 2 ** (32 - prefix);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${prefix}`;
}

/** Addresses that AWS keeps for itself in every subnet. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED_PER_SUBNET = 5;

/** Addresses that workloads can use in a subnet. */
export const usableAddresses = (cidr: string): number => 2 ** (32 - prefixOf(cidr)) - RESERVED_PER_SUBNET;
