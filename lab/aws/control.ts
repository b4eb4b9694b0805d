/** The client of the gateway's control port: how the lab and its tests make trouble, and see what was called. */
import type { CutHow } from './cuts';
import { type Calls, callsSchema, type Fault, type Lag, type Timings } from './orders';

export type { CallRecord, Calls, Fault, Lag, Timings } from './orders';

/** What can be asked of a gateway. Each throws when it does not answer or refuses. */
export interface Control {
  /** Nothing of the region answers any more; a call hangs, or its connection is reset. */
  readonly cut: (region: string, how?: CutHow) => Promise<void>;
  readonly revive: (region: string) => Promise<void>;
  /** Turns matching calls away: a number of times, a share of them, or all. */
  readonly throttle: (fault?: Omit<Fault, 'status' | 'slowMs'>) => Promise<void>;
  /** Fails matching calls with a status from 500 on. */
  readonly fail: (fault: Fault & { readonly status: number }) => Promise<void>;
  /** Matching calls take effect `slowMs` later. */
  readonly slow: (fault: Fault & { readonly slowMs: number }) => Promise<void>;
  /** Ends all trouble but cuts. */
  readonly clearFaults: () => Promise<void>;
  /** How long a promotion takes from now on, in milliseconds. */
  readonly delayPromotion: (milliseconds: number) => Promise<void>;
  /** How long an old primary takes to follow again after a failover, in milliseconds. */
  readonly delayRejoin: (milliseconds: number) => Promise<void>;
  /** Publishes a follower's replication lag from now on. */
  readonly setLag: (lag: Lag) => Promise<void>;
  /** Mutating calls and moved writers at or after `since`, in milliseconds since the gateway started. */
  readonly calls: (since?: number) => Promise<Calls>;
}

const TIMEOUT_MS = 10_000;

/** The control port at `url`. */
export function controlOf(url: string): Control {
  const post = async (path: string, order: object) => {
    await send(new URL(path, url), { method: 'POST', body: JSON.stringify(order) });
  };
  const timings = (order: Timings) => post('/timings', order);
  const fault = (order: Fault) => post('/faults', order);
  return {
    cut: (region, how = 'hang') => post('/cut', { region, how }),
    revive: (region) => post('/revive', { region }),
    throttle: (order = {}) => fault({ ...order, status: 429 }),
    fail: fault,
    slow: fault,
    clearFaults: async () => void (await send(new URL('/faults', url), { method: 'DELETE' })),
    delayPromotion: (promotionMs) => timings({ promotionMs }),
    delayRejoin: (rejoinMs) => timings({ rejoinMs }),
    setLag: (lag) => post('/lag', lag),
    calls: async (since = 0) => {
      const answer = await send(new URL(`/calls?since=${since}`, url), {});
      return callsSchema.parse(await answer.json());
    },
  };
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (answer.ok) return answer;
  throw new Error(
    `Cannot control the gateway at "${url}": ${answer.status} ${await answer.text()}, expected success`,
  );
}
