/** Stores in memory and virtual time, for promotions that take many minutes. */
import type { Fence, Ports, StorePort, StoreView } from '../../../runtime/promote/ports';
import { promote, type Flip } from '../../../runtime/promote/promote';
import type { FlipPlan, Store } from '../../../spec/flip';
import { virtualClock } from '../_clock';
import { flipTo, type StandInCluster, standInCluster } from '../_cluster';
import { ACCOUNT, HOME, ORDERS, PEER, planOf } from '../_plan';

/** Three databases. */
export const THREE: readonly Store[] = ['orders', 'carts', 'users'].map((name) => ({
  ...ORDERS,
  name,
  globalId: name,
  members: { [HOME]: `${name}-us`, [PEER]: `${name}-eu` },
}));

/** What is wrong with a call about a store: throws, or lets it pass. */
export type Trouble = (call: keyof StorePort, store: Store, region: string) => void;

/** What a test sees of the world. */
export interface World {
  readonly plan: FlipPlan;
  readonly ports: Ports;
  readonly cluster: StandInCluster;
  readonly writers: Map<string, string>;
  /** `<region>/<store>` */
  readonly fences: Map<string, Fence>;
  readonly run: (flip?: Partial<Flip>) => ReturnType<typeof promote>;
}

/** What differs from a world in which everything is well. */
export interface Difference {
  readonly trouble?: Trouble;
  readonly account?: () => Promise<string>;
  readonly cluster?: Parameters<typeof standInCluster>[1];
  readonly plan?: Partial<FlipPlan>;
  /** How long AWS takes to move a writer. */
  readonly moveMs?: number;
}

/** A world whose claim has just been flipped to the peer, epoch 1. */
export function world({
  trouble = () => {},
  account,
  cluster: broken,
  plan: change,
  moveMs = 40_000,
}: Difference = {}): World {
  const clock = virtualClock();
  const plan = planOf({ stores: [...THREE], ...change });
  const cluster = standInCluster(flipTo(plan.region, 1, 'Unplanned'), broken);
  const writers = new Map(plan.stores.map(({ name }) => [name, HOME]));
  const fences = new Map<string, Fence>();
  const moved = new Map<string, { at: number; to: string }>();

  const settle = ({ name }: Store) => {
    const move = moved.get(name);
    if (!move || clock.now() < move.at) return Boolean(move);
    writers.set(name, move.to);
    return moved.delete(name) && false;
  };
  const view = (store: Store): StoreView => {
    const moving = settle(store);
    const writer = writers.get(store.name);
    const members = [HOME, PEER].map((region) => ({
      region,
      available: true,
      version: '16.8',
      lagSeconds: region === writer ? 0 : 0.5,
    }));
    return { writer, moving, members };
  };
  const start = (store: Store, to: string) => {
    moved.set(store.name, { at: clock.now() + moveMs, to });
  };
  const key = (store: Store, region: string) => `${region}/${store.name}`;
  const fenceOf = (store: Store, region: string) =>
    fences.get(key(store, region)) ?? { epoch: 0, promoted: 0 };
  const call = async <T>(name: keyof StorePort, store: Store, region: string, answer: () => T) => {
    trouble(name, store, region);
    return answer();
  };
  const ports: Ports = {
    stores: {
      view: (store, region) => call('view', store, region, () => view(store)),
      fence: (store, region) => call('fence', store, region, () => fenceOf(store, region)),
      mark: (store, region, fence) =>
        call('mark', store, region, () => {
          fences.set(key(store, region), { ...fenceOf(store, region), ...fence });
        }),
      switchover: (store, to) => call('switchover', store, to, () => start(store, to)),
      failover: (store, to) => call('failover', store, to, () => start(store, to)),
    },
    cluster,
    account: account ?? (async () => ACCOUNT),
    now: clock.now,
    sleep: clock.sleep,
    random: () => 0.5,
  };
  const run = (flip: Partial<Flip> = {}) =>
    clock.run(promote(plan, { epoch: 1, mode: 'Unplanned', dryRun: false, ...flip }, ports));
  return { plan, ports, cluster, writers, fences, run };
}
