/** The subnets of the tiers fit into every VPC of the estate and do not share addresses. */
import type { Draft, Rule } from '../_draft';
import { prefixOf } from '../cidr';
import type { Problem } from '../problem';
import { type Block, blocksOf, nameOf } from './blocks';

type EstateEntry = NonNullable<Draft['estate']>;

/** One subnet as a range of addresses, counted from the start of its VPC. */
interface Range {
  readonly path: readonly (string | number)[];
  readonly prefix: number;
  readonly index: number;
}

/** A VPC holds three subnets of a tier only if it is at least four times as large as one. */
const BITS_FOR_THREE = 2;
/** Smallest subnet. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html, read 2026-11-21 */
const SMALLEST = 28;

/** Subnets lie inside the smallest VPC, and not on one another. */
export const subnets: Rule = ({ estate }) => {
  const tiers = estate?.parts.network?.tiers;
  if (!estate || !tiers) return [];
  const [vpc] = blocksOf(estate.parts).toSorted((a, b) => prefixOf(b.cidr) - prefixOf(a.cidr));
  const ranges = Object.entries(tiers).flatMap(([name, { prefix, indexes }]) =>
    indexes.map((index, position) => ({ path: [...pathOf(name), 'indexes', position], prefix, index })),
  );
  const outside = vpc ? Object.keys(tiers).flatMap((name) => misfits(estate, vpc, name, ranges)) : [];
  return outside.length > 0 ? outside : overlapping(estate, ranges, vpc);
};

const pathOf = (tier: string) => ['network', 'tiers', tier];

function misfits(estate: EstateEntry, vpc: Block, tier: string, ranges: readonly Range[]): Problem[] {
  const own = ranges.filter(({ path }) => path[2] === tier);
  const [prefix, smallest] = [own[0]?.prefix ?? 0, prefixOf(vpc.cidr) + BITS_FOR_THREE];
  const where = `${nameOf(vpc)} "${vpc.cidr}"`;
  if (prefix < smallest)
    return [estate.unfit([...pathOf(tier), 'prefix'], `too large for three in ${where}, ${sizes(smallest)}`)];
  const last = 2 ** (prefix - prefixOf(vpc.cidr)) - 1;
  return own
    .filter(({ index }) => index > last)
    .map(({ path }) => estate.unfit(path, `outside ${where}, expected 0 to ${last}`));
}

const sizes = (smallest: number) =>
  smallest > SMALLEST ? `expected a larger block there` : `expected ${smallest} to ${SMALLEST}`;

function overlapping(estate: EstateEntry, ranges: readonly Range[], vpc: Block | undefined): Problem[] {
  return ranges.flatMap((range, position) => {
    const other = ranges.slice(0, position).find((before) => meet(range, before));
    return other ? [estate.unfit(range.path, meetText(range, other, ranges, vpc))] : [];
  });
}

const firstOf = ({ prefix, index }: Range) => index * 2 ** (32 - prefix);
const endOf = ({ prefix, index }: Range) => (index + 1) * 2 ** (32 - prefix);
const meet = (a: Range, b: Range) => firstOf(a) < endOf(b) && firstOf(b) < endOf(a);

function meetText(range: Range, other: Range, ranges: readonly Range[], vpc: Block | undefined): string {
  const last = vpc ? 2 ** (range.prefix - prefixOf(vpc.cidr)) : range.index;
  const free = Array.from({ length: last }, (_, index) => ({ ...range, index })).find((candidate) =>
    ranges.every((one) => !meet(candidate, one)),
  );
  const [, , tier, , zone] = other.path;
  const example = free ? `, for example ${free.index}` : ', but none is left: make the tiers smaller';
  return `shares addresses with network.tiers.${tier}.indexes[${zone}], expected a free block${example}`;
}
