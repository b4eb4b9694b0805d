/** What a change does to the monthly bill. */
import type { CostFigure, CostLine } from '../assessment';

/** USD a month, after minus before. */
export interface CostChange {
  readonly total: number;
  /** The part of it that stands by. */
  readonly standby: number;
  /** By `<team>/<claim>`, service or part of the platform; only what differs. */
  readonly items: Readonly<Record<string, number>>;
  /** Items without a known price, whose change is in no sum. */
  readonly unknown: readonly string[];
}

/** Undefined where one side is not known. */
export function costOf(base: CostFigure | undefined, head: CostFigure | undefined): CostChange | undefined {
  if (!base || !head) return undefined;
  const [before, after] = [sums(base.lines), sums(head.lines)];
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const items = names.map(
    (name) => [name, rounded((after.get(name) ?? 0) - (before.get(name) ?? 0))] as const,
  );
  return {
    total: rounded(head.total - base.total),
    standby: rounded(head.standby - base.standby),
    items: Object.fromEntries(items.filter(([, usd]) => usd !== 0)),
    unknown: [...new Set(head.lines.filter(({ usd }) => usd === undefined).map(({ item }) => item))],
  };
}

function sums(lines: readonly CostLine[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { item, usd = 0 } of lines) found.set(item, (found.get(item) ?? 0) + usd);
  return found;
}

/** Cents: less is noise of adding. */
const rounded = (usd: number) => Math.round(usd * 100) / 100;
