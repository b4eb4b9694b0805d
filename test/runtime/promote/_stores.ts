/** Stores in memory: each is moved some time after it was asked to. */
import type { Fence, StorePort, StoreView } from '../../../runtime/promote/ports';
import type { Store } from '../../../spec/flip';
import { HOME, PEER } from '../_plan';

/** What is wrong with a call about a store: throws, or lets it pass. */
export type Trouble = (call: keyof StorePort, store: Store, region: string) => void;

/** Stores, who writes each, and what is recorded on them. */
export interface MemoryStores {
  readonly port: StorePort;
  readonly writers: Map<string, string>;
  /** `<region>/<store>` */
  readonly fences: Map<string, Fence>;
}

/** Stores written in home; AWS takes `moveMs` to move one, and tells `lag` of a follower. */
export function memoryStores(
  stores: readonly Store[],
  now: () => number,
  moveMs: number,
  trouble: Trouble,
  lag: () => number | undefined,
): MemoryStores {
  const writers = new Map(stores.map(({ name }) => [name, HOME]));
  const fences = new Map<string, Fence>();
  const moves = new Map<string, { readonly at: number; readonly to: string }>();
  const call = async <T>(name: keyof StorePort, store: Store, region: string, answer: () => T) => {
    trouble(name, store, region);
    return answer();
  };
  const start = (store: Store, to: string) => {
    moves.set(store.name, { at: now() + moveMs, to });
  };
  const look = (store: Store): StoreView => {
    const move = moves.get(store.name);
    if (move && now() >= move.at) writers.set(store.name, move.to);
    if (move && now() >= move.at) moves.delete(store.name);
    return viewOf(writers.get(store.name) ?? HOME, moves.has(store.name), lag());
  };
  const read = (store: Store, region: string) => fences.get(key(store, region)) ?? { epoch: 0, promoted: 0 };
  const record = (store: Store, region: string, fence: Partial<Fence>) => {
    fences.set(key(store, region), { ...read(store, region), ...fence });
  };
  const port: StorePort = {
    view: (store, region) => call('view', store, region, () => look(store)),
    fence: (store, region) => call('fence', store, region, () => read(store, region)),
    mark: (store, region, fence) => call('mark', store, region, () => record(store, region, fence)),
    switchover: (store, to) => call('switchover', store, to, () => start(store, to)),
    failover: (store, to) => call('failover', store, to, () => start(store, to)),
  };
  return { port, writers, fences };
}

const key = (store: Store, region: string) => `${region}/${store.name}`;

const viewOf = (writer: string, moving: boolean, lag: number | undefined): StoreView => ({
  writer,
  moving,
  members: [HOME, PEER].map((region) => ({
    region,
    available: true,
    version: '16.8',
    lagSeconds: region === writer ? 0 : lag,
  })),
});
