/** Where the work is done now, from everybody who may know. Pure. */
import type { Claimed } from '../beacon/observe';

/** What the watch found out. */
export interface Known {
  /** The own region. */
  readonly region: string;
  /** The claim in the own cluster, and what the other beacon says of the claim there. */
  readonly claims: readonly Claimed[];
  /** Highest epoch on any store's resources, by region; a region without a flip has epoch 0. */
  readonly fences: Readonly<Record<string, number>>;
  /** Region of each store's writer; undefined while AWS moves it, or when AWS did not answer. */
  readonly writers: readonly (string | undefined)[];
}

/**
 * The highest epoch that anybody knows, and the region it names. The own region counts as soon as either the highest
 * epoch names it or every writer is here: a flip that is still under way, or one by hand, must not be answered with
 * another one. Two regions under the highest epoch are a conflict.
 */
export function currentOf({ region, claims, fences, writers }: Known): Claimed {
  const fenced = Object.entries(fences)
    .filter(([, epoch]) => epoch > 0)
    .map(([marked, epoch]): Claimed => ({ region: marked, epoch, conflict: false }));
  const told = [...claims, ...fenced];
  const epoch = Math.max(0, ...told.map((one) => one.epoch));
  const highest = told.filter((one) => one.epoch === epoch);
  const named = [...new Set(highest.map((one) => one.region))];
  const here = named.includes(region) || (writers.length > 0 && writers.every((writer) => writer === region));
  return {
    region: here ? region : (sameWriter(writers) ?? named[0] ?? region),
    epoch,
    conflict: named.length > 1 || highest.some(({ conflict }) => conflict),
  };
}

function sameWriter([first, ...rest]: readonly (string | undefined)[]): string | undefined {
  return rest.every((writer) => writer === first) ? first : undefined;
}
