/** Parts of a recovery that wait for one another, and when each starts and ends. */
import { AURORA_FAILOVER, AURORA_SLOW, type Range } from '../../model/recovery-times';
import type { Percentiles, RtoLine } from '../assessment';

/** One part: it starts when all of `after` have ended, or at once. */
export interface Part {
  readonly id: string;
  readonly step: string;
  readonly label: string;
  readonly after: readonly string[];
  readonly length: Percentiles;
  readonly source: string;
}

/** A length that is the same every time. */
export const fixed = (seconds: number): Percentiles => ({ p50: seconds, p95: seconds });

/** Percentiles of a length drawn evenly. */
export const spread = ([least, most]: Range): Percentiles => ({
  p50: least + 0.5 * (most - least),
  p95: least + 0.95 * (most - least),
});

/** Both lengths one after the other. Two percentiles added are an upper bound of the sum's. */
export const plus = (a: Percentiles, b: Percentiles): Percentiles => ({
  p50: a.p50 + b.p50,
  p95: a.p95 + b.p95,
});

/** Percentiles of an Aurora failover: mostly within one range, now and then in a slower one. */
export const AURORA: Percentiles = { p50: auroraAt(0.5), p95: auroraAt(0.95) };

function auroraAt(share: number): number {
  const usual = 1 - AURORA_SLOW.share;
  const [range, part] =
    share <= usual
      ? [AURORA_FAILOVER, share / usual]
      : [AURORA_SLOW.seconds, (share - usual) / AURORA_SLOW.share];
  return range[0] + part * (range[1] - range[0]);
}

/** When everything is over. */
export const totalOf = (parts: readonly Part[]): Percentiles => ({
  p50: lastOf(parts, 'p50'),
  p95: lastOf(parts, 'p95'),
});

/** The lines of a recovery. Critical is what would make it shorter, at p95, if it took no time. */
export function linesOf(parts: readonly Part[]): RtoLine[] {
  const [p50, p95] = [startsOf(parts, 'p50'), startsOf(parts, 'p95')];
  const total = lastOf(parts, 'p95');
  return parts.map(({ id, step, label, length, source }) => {
    const without = parts.map((part) => (part.id === id ? { ...part, length: fixed(0) } : part));
    return {
      step,
      label,
      start: { p50: p50.get(id) ?? 0, p95: p95.get(id) ?? 0 },
      length,
      critical: lastOf(without, 'p95') < total,
      source,
    };
  });
}

/** Parts stand behind those they wait for. */
function startsOf(parts: readonly Part[], at: keyof Percentiles): Map<string, number> {
  const starts = new Map<string, number>();
  const lengths = new Map(parts.map(({ id, length }) => [id, length[at]]));
  for (const { id, after } of parts)
    starts.set(id, Math.max(0, ...after.map((one) => (starts.get(one) ?? 0) + (lengths.get(one) ?? 0))));
  return starts;
}

function lastOf(parts: readonly Part[], at: keyof Percentiles): number {
  const starts = startsOf(parts, at);
  return Math.max(0, ...parts.map(({ id, length }) => (starts.get(id) ?? 0) + length[at]));
}
