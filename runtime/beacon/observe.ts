/**
 * What the beacon says: whether this region holds every writer. It asks AWS and nobody else, so it is right even after
 * a promotion by hand; what AWS does not answer keeps its last answer.
 */
import type { Effective } from '../../model/effective';
import type { FlipPlan, Store } from '../../spec/flip';
import { label } from '../promote/fence';
import type { ClusterPort, Ports, StoreView } from '../promote/ports';
import { within } from '../promote/retry';
import type { Shared } from './shared';

/** How long AWS or the API server may take to answer one question. */
const ANSWER_MS = 2_000;

/** What the beacon needs from outside. */
export type BeaconPorts = Pick<Ports, 'now' | 'sleep'> & {
  readonly stores: Pick<Ports['stores'], 'view'>;
  readonly cluster: Pick<ClusterPort, 'effective' | 'readyPods'>;
  /** What the other region's beacon says. */
  readonly other: () => Promise<Shared>;
};

/** The flip as one cluster knows it. */
export type Claimed = Pick<Effective, 'region' | 'epoch' | 'conflict'>;

/** What is known of one store. */
export interface StoreAnswer {
  readonly name: string;
  /** Region of the writer; undefined before the first answer, and while AWS moves it. */
  readonly writer: string | undefined;
  /** Seconds the follower is behind, as far as known. */
  readonly lagSeconds: number | undefined;
  /** True when a member stands ready in the region that does not write. */
  readonly followerReady: boolean;
  /** When AWS said so, in Unix milliseconds; 0 before the first answer. */
  readonly at: number;
}

/** What the beacon says. */
export interface Answer {
  /** `/primary` answers 200. */
  readonly primary: boolean;
  readonly stores: readonly StoreAnswer[];
  /** The claim with the highest epoch that this beacon ever heard of, here or there. */
  readonly claimed: Claimed | undefined;
  /** The other region could take over now. */
  readonly peerReady: boolean;
  /** What keeps `/primary` from 200, or is not known. */
  readonly reasons: readonly string[];
  readonly at: number;
}

/** What a beacon says before it has asked anybody: never 200. */
export const SILENT: Answer = {
  primary: false,
  stores: [],
  claimed: undefined,
  peerReady: false,
  reasons: ['nothing asked yet'],
  at: 0,
};

/** Asks once. */
export async function observe(plan: FlipPlan, last: Answer, ports: BeaconPorts): Promise<Answer> {
  const [own, other, ...stores] = await Promise.all([
    within(ports, ANSWER_MS, ports.cluster.effective),
    within(ports, ANSWER_MS, ports.other),
    ...plan.stores.map((store) => askStore(plan, store, last, ports)),
  ]);
  const claimed = highest(plan, own, last.claimed, other?.claimed);
  const here = holdsRole(plan, stores, claimed) && !overruled(stores, other);
  const ready = here && (last.primary || (await floorsReady(plan, ports)));
  return {
    primary: here && ready,
    stores,
    claimed,
    peerReady: stores.every(({ followerReady }) => followerReady),
    reasons: reasonsOf(plan, stores, here, ready),
    at: ports.now(),
  };
}

/** When AWS last answered about every store, in Unix milliseconds; 0 where it has not, or there is no store. */
export const askedAt = (stores: readonly StoreAnswer[]) =>
  stores.length > 0 ? Math.min(...stores.map(({ at }) => at)) : 0;

/**
 * A region whose AWS endpoints have fallen silent keeps its last answer, until the other region says that it holds the
 * writers and has heard so from AWS since: then they were moved away meanwhile.
 */
const overruled = (stores: readonly StoreAnswer[], other: Shared | undefined) =>
  other !== undefined && other.primary && other.asked > Math.max(0, ...stores.map(({ at }) => at));

async function askStore(
  plan: FlipPlan,
  store: Store,
  last: Answer,
  ports: BeaconPorts,
): Promise<StoreAnswer> {
  const name = label(store);
  const view = await within(ports, ANSWER_MS, () => ports.stores.view(store, plan.region));
  if (!view) return last.stores.find((known) => known.name === name) ?? unknown(name);
  const follower = view.members.find(({ region }) => region !== view.writer);
  return {
    name,
    writer: writerOf(view),
    lagSeconds: follower?.lagSeconds,
    followerReady: follower?.available ?? false,
    at: ports.now(),
  };
}

const unknown = (name: string): StoreAnswer => ({
  name,
  writer: undefined,
  lagSeconds: undefined,
  followerReady: false,
  at: 0,
});

const writerOf = ({ writer, moving }: StoreView) => (moving ? undefined : writer);

/**
 * A flip may have reached only one of the two clusters: the higher epoch counts, and is not forgotten. Of equal ones the
 * own cluster's word comes before what was only heard, and then home, so that both beacons agree.
 */
function highest(
  { home }: FlipPlan,
  own: Claimed | undefined,
  ...heard: readonly (Claimed | undefined)[]
): Claimed | undefined {
  const above = (one: Claimed, best: Claimed) =>
    one.epoch > best.epoch || (one.epoch === best.epoch && one.region === home);
  const best = heard
    .filter((claimed) => claimed !== undefined)
    .reduce<Claimed | undefined>((known, one) => (!known || above(one, known) ? one : known), undefined);
  if (!own || (best && best.epoch > own.epoch)) return best;
  return { region: own.region, epoch: own.epoch, conflict: own.conflict };
}

/** An estate without a single-writer store has no writer to look for: the claim says where the work is done. */
function holdsRole(plan: FlipPlan, stores: readonly StoreAnswer[], claimed: Claimed | undefined): boolean {
  if (stores.length > 0) return stores.every(({ writer }) => writer === plan.region);
  return claimed !== undefined && claimed.region === plan.region && !claimed.conflict;
}

async function floorsReady(plan: FlipPlan, ports: BeaconPorts): Promise<boolean> {
  const ready = await Promise.all(
    plan.floors.map(async (floor) => {
      const pods = await within(ports, ANSWER_MS, () => ports.cluster.readyPods(floor));
      return (pods ?? 0) >= floor.min;
    }),
  );
  return ready.every(Boolean);
}

function reasonsOf(plan: FlipPlan, stores: readonly StoreAnswer[], here: boolean, ready: boolean): string[] {
  const elsewhere = stores
    .filter(({ writer }) => writer !== plan.region)
    .map(({ name, writer }) => `${name} is written in ${writer ?? 'an unknown region'}`);
  if (here && !ready) return ['fewer pods are ready than the floors ask for'];
  if (here || elsewhere.length > 0) return elsewhere;
  return [
    stores.length > 0 ? 'the other region has heard of a move since' : 'the claim names the other region',
  ];
}
