/** Gathers one look at the world. Nothing here changes anything, and nothing waits longer than a few seconds. */
import { effectiveOf } from '../../model/effective';
import type { PrimaryRegion } from '../../spec/claims';
import type { FlipPlan, Store } from '../../spec/flip';
import { type Shared, sharedFrom } from '../beacon/shared';
import type { Fence, Ports, StoreView } from '../promote/ports';
import { within } from '../promote/retry';
import { currentOf } from './current';
import type { Evidence } from './decide';
import { type Heard, isThere, isWell } from './witness';

/** How long AWS may take to answer one question. */
const ANSWER_MS = 3_000;

/** What the watch asks. */
export type WitnessPorts = Pick<Ports, 'now' | 'sleep' | 'account'> & {
  readonly stores: Pick<Ports['stores'], 'view' | 'fence'>;
  /** The other region's public entry, its beacon, and the own public entry. */
  readonly otherEntry: () => Promise<Heard>;
  readonly otherBeacon: () => Promise<Heard>;
  readonly ownEntry: () => Promise<Heard>;
};

/** Looks once. The claim was read before: without the own API server there is no look at all. */
export async function gather(plan: FlipPlan, claim: PrimaryRegion, ports: WitnessPorts): Promise<Evidence> {
  const [entry, beacon, own, views, fences, account] = await Promise.all([
    ports.otherEntry(),
    ports.otherBeacon(),
    ports.ownEntry(),
    askAll(plan, ports, (store) => ports.stores.view(store, plan.region)),
    askFences(plan, ports),
    within(ports, ANSWER_MS, ports.account),
  ]);
  const shared = sharedOf(beacon);
  return {
    at: ports.now(),
    entry: isWell(entry),
    beacon: shared ? true : beaconSilent(beacon),
    replication: heartbeat(plan, views),
    // Any answer of the own entry shows that names resolve and that the way to the internet is open.
    self: account === plan.account && views.every((view) => view !== undefined) && isThere(own),
    current: currentOf({
      region: plan.region,
      claims: [effectiveOf(claim.spec), ...(shared?.claimed ? [shared.claimed] : [])],
      fences,
      writers: views.map((view) => (view?.moving ? undefined : view?.writer)),
    }),
  };
}

const askAll = <T>(
  { stores }: FlipPlan,
  ports: Pick<Ports, 'sleep'>,
  ask: (store: Store) => Promise<T>,
): Promise<(T | undefined)[]> =>
  Promise.all(stores.map((store) => within(ports, ANSWER_MS, () => ask(store))));

async function askFences(plan: FlipPlan, ports: WitnessPorts): Promise<Record<string, number>> {
  const regions = [plan.region, plan.other];
  const found = await Promise.all(
    regions.map((region) => askAll(plan, ports, (store) => ports.stores.fence(store, region))),
  );
  return Object.fromEntries(regions.map((region, i) => [region, highest(found[i] ?? [])]));
}

const highest = (fences: readonly (Fence | undefined)[]) =>
  Math.max(0, ...fences.map((fence) => fence?.epoch ?? 0));

/** What a beacon says is checked like everything from outside: a page of something else is no beacon. */
function sharedOf(heard: Heard): Shared | undefined {
  if (heard === 'silent' || heard === 'unknown' || heard.status !== 200) return undefined;
  try {
    return sharedFrom(heard.text);
  } catch {
    return undefined;
  }
}

/** A load balancer without a beacon behind it answers 5xx in its place. */
const beaconSilent = (heard: Heard) => (isWell(heard) === false ? false : undefined);

/**
 * Whether every follower here keeps up with its writer there. A figure that is missing tells nothing: CloudWatch is late
 * at times, and the writer's region has none.
 */
function heartbeat(plan: FlipPlan, views: readonly (StoreView | undefined)[]): boolean | undefined {
  const lags = views.map((view) => view?.members.find(({ region }) => region === plan.region)?.lagSeconds);
  if (lags.some((lag) => lag !== undefined && lag > plan.maxLagSeconds)) return false;
  return lags.length > 0 && lags.every((lag) => lag !== undefined) ? true : undefined;
}
