/** Route 53 as the `Site` claim sets it up: nothing is edited in a failover, only health changes. */
import type { Beacon } from './beacon';
import type { Context } from './context';

/** The checks and the records of the application's name. */
export interface Route53 {
  /** The regions that a new resolver is sent to. */
  readonly answer: () => readonly string[];
}

/** Starts the health checkers. */
export function route53Of(context: Context, beacons: Readonly<Record<string, Beacon>>): Route53 {
  const { settings, conditions, clock } = context;
  const { home, peer } = settings;
  const { traffic } = settings.placements[home] ?? {};
  const { interval = 10, failures = 3 } = traffic?.healthCheck ?? {};
  const homeEntry = checkOf(failures, true, () => conditions.entryAnswers(home));
  const peerEntry = checkOf(failures, true, () => conditions.entryAnswers(peer));
  const peerPrimary = checkOf(failures, false, () => beacons[peer]?.primary() ?? false);
  const answer =
    traffic?.routing === 'failover'
      ? () => failover(homeEntry.healthy() && !peerPrimary.healthy(), peerEntry.healthy())
      : () => latency(homeEntry.healthy(), peerEntry.healthy());
  /** The primary record while it is healthy, else the secondary; when neither is, the primary. */
  const failover = (primary: boolean, secondary: boolean) => [primary || !secondary ? home : peer];
  /** Every healthy record; when none is, all of them. */
  const latency = (atHome: boolean, atPeer: boolean) =>
    atHome === atPeer ? [home, peer] : [atHome ? home : peer];
  let said = answer();
  clock.every(interval * 1000, () => {
    for (const check of [homeEntry, peerEntry, peerPrimary]) check.look();
    const now = answer();
    if (String(now) !== String(said)) context.log({ what: 'dns', to: now });
    said = now;
  });
  return { answer };
}

/** A health check: so many answers in a row turn it. */
function checkOf(threshold: number, born: boolean, probe: () => boolean) {
  let healthy = born;
  let against = 0;
  return {
    healthy: () => healthy,
    look: () => {
      against = probe() === healthy ? 0 : against + 1;
      if (against < threshold) return;
      healthy = !healthy;
      against = 0;
    },
  };
}
