/** The address blocks of an estate's VPCs, and those on premises, are disjoint: they are routed to one another. */
import type { Draft, Rule } from '../_draft';
import { overlaps, prefixOf } from '../cidr';

/** A block and where it is written. */
export interface Block {
  readonly path: readonly string[];
  readonly cidr: string;
}

/** No block shares an address with one before it. */
export const blocks: Rule = ({ estate }) => {
  if (!estate) return [];
  const all = [...blocksOf(estate.parts), ...onPremises(estate.parts)];
  return all.flatMap((block, index) => {
    const other = all.slice(0, index).find(({ cidr }) => overlaps(cidr, block.cidr));
    return other ? [estate.unfit(block.path, overlapText(block, other, all))] : [];
  });
};

/** Every VPC block of an estate, home first. */
export function blocksOf({ regions, environments }: NonNullable<Draft['estate']>['parts']): Block[] {
  const prod = Object.entries(regions ?? {}).map(([position, { cidr }]) => ({
    path: ['regions', position, 'cidr'],
    cidr,
  }));
  const others = Object.entries(environments ?? {}).flatMap(([name, environment]) =>
    environment ? [{ path: ['environments', name, 'cidr'], cidr: environment.cidr }] : [],
  );
  return [...prod, ...others];
}

const onPremises = ({ network }: NonNullable<Draft['estate']>['parts']): Block[] =>
  (network?.onPremises ?? []).map((cidr, index) => ({
    path: ['network', 'onPremises', String(index)],
    cidr,
  }));

function overlapText(block: Block, other: Block, all: readonly Block[]): string {
  const taken = all.filter((one) => one !== block).map(({ cidr }) => cidr);
  const free = freeBlock(Math.min(prefixOf(block.cidr), prefixOf(other.cidr)), taken);
  const example = free ? `, for example "${free}"` : '';
  return `overlaps ${nameOf(other)} "${other.cidr}", expected a block disjoint from it${example}`;
}

/** `regions.home` */
export const nameOf = ({ path }: Block) => path.slice(0, -1).join('.');

const freeBlock = (prefix: number, taken: readonly string[]): string | undefined =>
  Array.from({ length: 256 }, (_, index) => `10.${index}.0.0/${prefix}`).find((candidate) =>
    taken.every((cidr) => !overlaps(candidate, cidr)),
  );
