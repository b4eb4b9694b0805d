/** Where a `Table` can be strongly consistent. */
import type { TableSpec } from './table';

/**
 * The sets of regions that DynamoDB keeps strongly consistent (MRSC). All three regions lie in one set.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateGlobalTableWitnessGroupMemberAction.html (2026-11)
 */
export const STRONG_REGION_SETS = {
  US: ['us-east-1', 'us-east-2', 'us-west-2'],
  EU: ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  AP: ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
} as const;

/** The regions of an estate; without a peer there is nothing to be consistent with. */
export interface TableRegions {
  readonly home: string;
  readonly peer?: string | undefined;
}

const SETS: readonly (readonly string[])[] = Object.values(STRONG_REGION_SETS);
const listed = Object.entries(STRONG_REGION_SETS)
  .map(([set, regions]) => `${set} (${regions.join(', ')})`)
  .join(', ');

/**
 * Why a table cannot be in these regions, each as `<current>, expected <allowed>`; empty when it can. A claim alone
 * does not know its estate's regions, so the loader asks this and so does compose.
 */
export function tableProblems(
  spec: Pick<TableSpec, 'consistency' | 'witness'>,
  regions: TableRegions,
): string[] {
  const { home, peer } = regions;
  const { consistency, witness } = spec;
  if (consistency === 'eventual' || peer === undefined || witness === undefined) return [];
  const set = SETS.find((one) => one.includes(home) && one.includes(peer));
  if (!set) return [`strong in ${home} and ${peer}, expected both in one of the region sets ${listed}`];
  const thirds = set.filter((region) => region !== home && region !== peer);
  if (thirds.includes(witness)) return [];
  return [`strong in ${home} and ${peer} with witness ${witness}, expected witness ${thirds.join(' or ')}`];
}
