/** What a region calls its own, replaced by what it stands for: so that the two regions can be compared. */
import ipaddr from 'ipaddr.js';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { leavesOf } from './_read';

/** Gives a text with everything that is the region's own replaced. */
export type Own = (text: string) => string;

/** For one cluster: its region's name, its facts, its addresses and those of the other region. */
export function ownOf({ input }: RenderedEstate, cluster: RenderedCluster): Own {
  const { home, peer } = input.estate.regions;
  const other = cluster.region === home.name ? peer : home;
  const mine = cluster.region === home.name ? home : peer;
  const facts = new Map(
    leavesOf(input.facts[cluster.name])
      .filter(([, value]) => typeof value === 'string')
      .map(([path, value]) => [String(value), `<${path}>`]),
  );
  return (text) =>
    facts.get(text) ??
    address(text, mine.cidr, 'own') ??
    address(text, other.cidr, 'other') ??
    text.replaceAll(mine.name, '<own>').replaceAll(other.name, '<other>');
}

/** Asked of every text, so it is asked cheaply first. */
const BLOCK = /^[\d.]+\/\d+$/;

/** `10.1.16.0/20` in `10.1.0.0/16` → `<own>+4096/20`; undefined for what is no block of that network. */
function address(text: string, network: string, whose: string): string | undefined {
  if (!BLOCK.test(text) || !ipaddr.IPv4.isValidCIDR(text)) return undefined;
  const [block, prefix] = ipaddr.IPv4.parseCIDR(text);
  const [base, outer] = ipaddr.IPv4.parseCIDR(network);
  return prefix >= outer && block.match(base, outer)
    ? `<${whose}>+${numberOf(block) - numberOf(base)}/${prefix}`
    : undefined;
}

const numberOf = (block: ipaddr.IPv4): number =>
  block.toByteArray().reduce((all, byte) => all * 256 + byte, 0);
