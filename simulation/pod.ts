/** One pod of a promotion's Job: the ports it is given, and the ways it can be stopped in. */
import type { Ports, Progress } from '../runtime/promote/ports';
import { effectiveOf } from '../model/effective';
import type { Store } from '../spec/flip';
import type { ApiServer } from './api-server';
import type { Asking, Aws } from './aws';
import type { Context } from './context';
import { otherOf } from './context';
import type { Worker } from './event';
import { UNIX } from './unix';

/** Where a pod is killed: at its n-th call, before or after the call did what it does. */
export interface Kill {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** What a pod works for. */
export interface PodProps {
  readonly region: string;
  readonly by: Worker;
  readonly record: (progress: Progress) => void;
  readonly kill?: Kill;
}

/** A running pod. */
export interface Pod {
  readonly ports: Ports;
  readonly alive: () => boolean;
  readonly kill: () => void;
  /** Stands still for a while, then goes on as if nothing had been. */
  readonly freeze: (milliseconds: number) => void;
  readonly calls: () => number;
  readonly onKilled: (action: () => void) => void;
}

/** What a killed pod waits for. */
const NEVER = new Promise<never>(() => {});

/** A pod that starts now. */
export function podOf(context: Context, aws: Aws, api: ApiServer, props: PodProps): Pod {
  const { clock } = context;
  const random = context.random(`pod ${props.region} ${props.by.job} ${clock.now()}`);
  const state = { alive: true, calls: 0, frozenUntil: 0 };
  const listeners: (() => void)[] = [];
  const kill = () => {
    if (!state.alive) return;
    state.alive = false;
    for (const listener of listeners) listener();
  };
  const awake = async () => {
    while (clock.now() < state.frozenUntil) await clock.sleep(state.frozenUntil - clock.now());
    if (!state.alive) await NEVER;
  };
  const gate = async <T>(action: () => Promise<T>): Promise<T> => {
    await awake();
    state.calls += 1;
    const doomed = props.kill?.call === state.calls ? props.kill.when : undefined;
    if (doomed === 'before') kill();
    await awake();
    try {
      return await action();
    } finally {
      if (doomed === 'after') kill();
      await awake();
    }
  };
  const ports = portsOf(context, aws, api, props, gate);
  return {
    ports: {
      ...ports,
      now: () => UNIX + clock.now(),
      sleep: (milliseconds) => clock.sleep(milliseconds).then(awake),
      random,
    },
    alive: () => state.alive,
    kill,
    freeze: (milliseconds) => {
      state.frozenUntil = clock.now() + milliseconds;
    },
    calls: () => state.calls,
    onKilled: (action) => {
      listeners.push(action);
    },
  };
}

type Gate = <T>(action: () => Promise<T>) => Promise<T>;

function portsOf(
  context: Context,
  aws: Aws,
  api: ApiServer,
  { region, by, record }: PodProps,
  gate: Gate,
): Omit<Ports, 'now' | 'sleep' | 'random'> {
  const looks = looksOf(context, region);
  const forStore = (store: Store) => aws.portFor(region, (): Asking => ({ by, ...looks.seen(store) }));
  return {
    unseen: looks.tell,
    account: () => gate(() => aws.accountFor(region)),
    stores: {
      view: (store, at) => gate(() => forStore(store).view(store, at)),
      fence: (store, at) => gate(() => looks.note(store, at, forStore(store).fence(store, at))),
      mark: (store, at, fence) => gate(() => forStore(store).mark(store, at, fence)),
      switchover: (store, to) => gate(() => forStore(store).switchover(store, to)),
      failover: (store, to) => gate(() => forStore(store).failover(store, to)),
    },
    cluster: {
      effective: () => gate(() => api.call(() => effectiveOf(specOf(api)))),
      raise: (floor) => gate(() => api.call(() => api.raise(floor, by))),
      readyPods: (floor) => gate(() => api.call(() => api.pods(floor).ready)),
      record: (progress) => gate(() => api.call(() => record(progress))),
    },
  };
}

/** The claim's spec. Throws when the cluster has none, as the API server would. */
export function specOf(api: ApiServer) {
  const claim = api.claim();
  if (!claim) throw new Error('NotFound: primaryregions');
  return claim.spec;
}

/** A look at the other region's fence that is older than this tells nothing of now. */
const FRESH_MS = 10_000;
/** Tries that must all have failed before somebody may say that there was no answer. */
const HONEST_TRIES = 3;

/** What is known of the looks at one store's fence in the other region. */
interface Looks {
  /** When the last one that was answered began. */
  answeredAt: number;
  /** When one last began while that region could not be reached. */
  cutAt: number;
  /** Tries that have failed since the last answer. */
  failed: number;
  /** The promotion said that it goes on without having seen it; an answer that came later was of no use to it. */
  told: boolean;
}

/** Remembers whether the other region's fence was seen, and if not, whether it could have been. */
function looksOf({ clock, conditions, settings }: Context, region: string) {
  const other = otherOf(settings, region);
  const known = new Map<string, Looks>();
  const reachable = () => conditions.awsAnswers(region, other);
  const of = (store: Store): Looks => {
    const looks = known.get(store.name) ?? {
      answeredAt: -Infinity,
      cutAt: -Infinity,
      failed: 0,
      told: false,
    };
    known.set(store.name, looks);
    return looks;
  };
  return {
    note: async <T>(store: Store, at: string, look: Promise<T>): Promise<T> => {
      if (at !== other) return look;
      const looks = of(store);
      const began = clock.now();
      if (!reachable()) looks.cutAt = began;
      try {
        const answer = await look;
        looks.answeredAt = began;
        looks.failed = 0;
        return answer;
      } catch (error) {
        looks.failed += 1;
        throw error;
      }
    },
    tell: (store: Store) => {
      of(store).told = true;
    },
    seen: (store: Store): { blind: boolean; cutOff: boolean } => {
      const looks = of(store);
      const blind = looks.told || clock.now() - looks.answeredAt > FRESH_MS;
      const cut = clock.now() - looks.cutAt <= FRESH_MS || !reachable();
      looks.told = false;
      return { blind, cutOff: cut || looks.failed >= HONEST_TRIES };
    },
  };
}
