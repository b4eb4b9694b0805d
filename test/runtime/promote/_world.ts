/** A promotion in memory and virtual time: fifteen minutes take milliseconds. */
import type { Progress } from '../../../runtime/promote/ports';
import type { Flip } from '../../../runtime/promote/flip';
import { promote } from '../../../runtime/promote/promote';
import type { FlipPlan, Store } from '../../../spec/flip';
import { virtualClock } from '../_clock';
import { flipTo, standInCluster } from '../_cluster';
import { ACCOUNT, HOME, ORDERS, PEER, planOf } from '../_plan';
import { memoryStores, type MemoryStores, type Trouble } from './_stores';

/** Three databases. */
const THREE: readonly Store[] = ['orders', 'carts', 'users'].map((name) => ({
  ...ORDERS,
  name,
  globalId: name,
  members: { [HOME]: `${name}-us`, [PEER]: `${name}-eu` },
}));

/** What a test sees of the world. */
export interface World extends Pick<MemoryStores, 'writers' | 'fences'> {
  readonly run: (flip?: Partial<Flip>) => Promise<Progress>;
}

/** What differs from a world in which everything is well. */
export interface Difference {
  readonly trouble?: Trouble;
  /** Seconds that followers are behind, each time it is asked. @default half a second */
  readonly lag?: () => number | undefined;
  readonly account?: () => Promise<string>;
  readonly cluster?: Parameters<typeof standInCluster>[1];
  readonly plan?: Partial<FlipPlan>;
}

/** How long AWS takes to move a writer. */
const MOVE_MS = 40_000;

/** A world whose claim has just been flipped to the peer, epoch 1. */
export function world(difference: Difference = {}): World {
  const { now, sleep, run } = virtualClock();
  const plan = planOf({ stores: [...THREE], ...difference.plan });
  const { port, writers, fences } = memoryStores(
    plan.stores,
    now,
    MOVE_MS,
    difference.trouble ?? (() => undefined),
    difference.lag ?? (() => 0.5),
  );
  const ports = {
    stores: port,
    cluster: standInCluster(flipTo(plan.region, 1, 'Unplanned'), difference.cluster),
    account: difference.account ?? (async () => ACCOUNT),
    now,
    sleep,
    random: () => 0.5,
    unseen: () => undefined,
  };
  return {
    writers,
    fences,
    run: (flip = {}) => run(promote(plan, { epoch: 1, mode: 'Unplanned', dryRun: false, ...flip }, ports)),
  };
}
