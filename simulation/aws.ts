/** AWS as programs meet it: regional endpoints that are slow, turn calls away, or lose their answers. */
import type { StorePort } from '../runtime/promote/ports';
import type { Store } from '../spec/flip';
import { AWS_CALL, AWS_TIMEOUT } from './constants';
import type { Context } from './context';
import type { Worker } from './event';
import { between } from './random';
import { type GlobalStore, globalStoreOf } from './store';

/** What a call tells the log besides what it does. */
export interface Asking {
  readonly by?: Worker;
  readonly blind: boolean;
  readonly cutOff: boolean;
}

/** The stores and the endpoints of both regions. */
export interface Aws {
  readonly stores: readonly GlobalStore[];
  /** The calls that a program in `region` can make. */
  readonly portFor: (region: string, asking: () => Asking) => StorePort;
  readonly accountFor: (region: string) => Promise<string>;
}

/** Chance that an endpoint under throttling turns a call away. */
const TURNED_AWAY = 0.5;
/** Two tries of the SDK: a request may arrive this late, long after its caller has given up. */
const LATEST_MS = 2 * AWS_TIMEOUT * 1000;

type Call = <T>(from: string, to: string, changes: boolean, effect: () => T) => Promise<T>;

/** AWS with the stores of the settings. */
export function awsOf(context: Context): Aws {
  const plan = context.settings.plans[context.settings.home];
  const stores = (plan?.stores ?? []).map((store) => globalStoreOf(context, store));
  const call = callOf(context);
  const account = plan?.account ?? '';
  return {
    stores,
    portFor: (region, asking) => portOf(context, stores, call, region, asking),
    accountFor: (region) => call(region, region, false, () => account),
  };
}

function callOf({ clock, conditions, random: streamOf }: Context): Call {
  const random = streamOf('aws');
  return async (from, to, changes, effect) => {
    await clock.sleep(between(random, AWS_CALL) * 1000);
    if (!conditions.awsAnswers(from, to)) {
      await clock.sleep(random() < 0.5 ? AWS_TIMEOUT * 1000 : 200);
      throw new Error(`ServiceUnavailable: ${to}`);
    }
    if (conditions.broken('throttle', to) && random() < TURNED_AWAY)
      throw new Error(`ThrottlingException: ${to}`);
    if (changes && conditions.broken('slow', to)) return late(random() * LATEST_MS, effect);
    const answer = effect();
    if (!changes || !conditions.broken('mute', to)) return answer;
    await clock.sleep(AWS_TIMEOUT * 1000);
    throw new Error(`TimeoutError: ${to}`);
  };
  function late<T>(milliseconds: number, effect: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      clock.after(AWS_TIMEOUT * 1000, () => reject(new Error('TimeoutError')));
      clock.after(milliseconds, () => {
        try {
          resolve(effect());
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}

function portOf(
  context: Context,
  stores: readonly GlobalStore[],
  call: Call,
  from: string,
  asking: () => Asking,
): StorePort {
  const find = (store: Store) => {
    const found = stores.find((one) => one.store.globalId === store.globalId);
    if (!found) throw new Error(`Cannot find "${store.globalId}"`);
    return found;
  };
  const move = (store: Store, endpoint: string, to: string, name: 'switchover' | 'failover') =>
    call(from, endpoint, true, () => ask(context, find(store), to, name, asking()));
  return {
    view: (store, region) => call(from, region, false, () => find(store).view(region)),
    fence: (store, region) => call(from, region, false, () => find(store).fence(region)),
    mark: (store, region, fence) =>
      call(from, region, true, () => {
        find(store).mark(region, fence, asking().by);
        context.touch();
      }),
    switchover: (store, to) => move(store, find(store).view(to).writer ?? to, to, 'switchover'),
    failover: (store, to) => move(store, to, to, 'failover'),
  };
}

function ask(
  context: Context,
  store: GlobalStore,
  to: string,
  call: 'switchover' | 'failover',
  { by, blind, cutOff }: Asking,
): void {
  const said = {
    what: 'asked',
    region: to,
    store: `${store.store.namespace}/${store.store.name}`,
    call,
    blind,
    cutOff,
    ...(by && { by }),
  } as const;
  try {
    store.begin({ call, to, ...(by && { by }) });
    context.log({ ...said, accepted: true });
  } catch (error) {
    context.log({ ...said, accepted: false });
    throw error;
  }
}
