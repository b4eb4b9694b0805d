/** How long a flip should take, from published figures and from the last flip. */
import type { FlipMode } from '../../spec/claims';
import { whole } from './duration';
import type { FlipEstate } from './estate';
import type { Seen } from './sight';

/**
 * Switchover of an Aurora global database: "typically under 30 seconds" since 2025; nothing is lost.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html (2026-08)
 */
const SWITCHOVER = 'typically under 30 s';
/** Failover of the same: "in the order of minutes"; 60 to 180 s is what Flipside reckons with. Same page, 2026-08. */
const FAILOVER = '60 to 180 s';

/** One line: what AWS publishes, the objective, and what the last flip took. */
export function expectedTime(estate: FlipEstate, mode: FlipMode, seen: readonly Seen[]): string {
  const { rto } = estate.input.estate.objectives;
  const parts = [
    storesPart(estate, mode),
    `objective ${whole(rto)}`,
    ...lastFlip(seen).map((seconds) => `the last flip took ${whole(seconds)}`),
  ];
  return `expected: ${parts.join('; ')}`;
}

function storesPart({ plan }: FlipEstate, mode: FlipMode): string {
  if (plan.stores.length === 0) return 'no database to move, as fast as its pods are ready';
  return `databases ${mode === 'Planned' ? SWITCHOVER : FAILOVER} (published by AWS)`;
}

/** Seconds of the last flip that was carried out, if the clusters remember one. */
function lastFlip(seen: readonly Seen[]): number[] {
  return seen
    .flatMap(({ status }) => status.history)
    .filter(({ outcome, finishedAt }) => outcome === 'Promoted' && finishedAt)
    .toSorted((a, b) => b.epoch - a.epoch)
    .slice(0, 1)
    .map(({ startedAt, finishedAt }) =>
      Math.round((Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1000),
    );
}

/** What may be lost, as the beacon of the region that takes over last measured it. */
export function lossOf(estate: FlipEstate, mode: FlipMode, target: Seen): string {
  if (mode === 'Planned') return 'planned: nothing is lost';
  if (estate.plan.stores.length === 0) return 'unplanned: no database to lose commits of';
  const lag = largestLag(target);
  return lag === undefined
    ? 'unplanned: commits of the last seconds may be lost (the lag is not known)'
    : `unplanned: commits of the last ~${lag} s may be lost`;
}

/** Largest lag in seconds of any store that is written elsewhere. */
export function largestLag({ beacon, region }: Seen): number | undefined {
  const lags = (beacon?.stores ?? [])
    .filter(({ writer }) => writer !== region)
    .flatMap(({ lagSeconds }) => lagSeconds ?? []);
  return lags.length > 0 ? Math.max(...lags) : undefined;
}
