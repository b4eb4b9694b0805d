/** Which setting of the estate would bring a recovery within its objective: found by trying. */
import { partsOf } from './_parts';
import type { Recovery } from './_recovery';
import { totalOf } from './_schedule';

/** A setting: where it stands, its new value, and what it does to the recovery. */
interface Setting {
  readonly line: string;
  readonly change: (recovery: Recovery) => Recovery;
}

/** Fewer failures than two would turn traffic away for one lost packet; fewer than 20 s the trigger does not take. */
const settingsOf = (estate: string): Setting[] => [
  {
    line: `estates/${estate}/estate.yaml#traffic.healthCheck.interval: 10s`,
    change: (one) => (one.check ? { ...one, check: { ...one.check, interval: 10 } } : one),
  },
  {
    line: `estates/${estate}/estate.yaml#traffic.healthCheck.failures: 2`,
    change: (one) =>
      one.check ? { ...one, check: { ...one.check, failures: Math.min(2, one.check.failures) } } : one,
  },
  {
    line: `estates/${estate}/estate.yaml#traffic.ttl: 10s`,
    change: (one) =>
      one.ttl && !one.ttl.fixed
        ? { ...one, ttl: { ...one.ttl, seconds: Math.min(10, one.ttl.seconds) } }
        : one,
  },
  {
    line: `the floor of every service running in the peer region: estates/${estate}/services/*.yaml#scale.peer.min`,
    change: (one) => ({
      ...one,
      compute: one.compute.map((service) => ({ ...service, readiness: 'hot' as const })),
    }),
  },
  {
    line: `estates/${estate}/primary-region.yaml#spec.trigger: { automatic: true, afterSeconds: 20 }`,
    change: (one) => ({ ...one, automaticAfter: Math.min(20, one.automaticAfter ?? 20) }),
  },
];

/** The settings that bring p95 within `objective` seconds: single ones, else the fewest together; none: no setting does. */
export function remedyOf(estate: string, recovery: Recovery, objective: number): string | undefined {
  const enough = (one: Recovery) => totalOf(partsOf(one)).p95 <= objective;
  const useful = settingsOf(estate).filter(
    ({ change }) => totalOf(partsOf(change(recovery))).p95 < totalOf(partsOf(recovery)).p95,
  );
  const single = useful.filter(({ change }) => enough(change(recovery)));
  if (single.length > 0) return `Set ${single.map(({ line }) => line).join(', or ')}`;
  const apply = (settings: readonly Setting[]) =>
    settings.reduce((changed, { change }) => change(changed), recovery);
  if (!enough(apply(useful))) return undefined;
  const needed = useful.reduce((kept, setting) => {
    const without = kept.filter((one) => one !== setting);
    return enough(apply(without)) ? without : kept;
  }, useful);
  return `Set ${needed.map(({ line }) => line).join(', and ')}`;
}
