/** Trouble on request: calls turned away, failing, or slow. */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomOf } from '../../simulation/random';
import type { Call } from './call';
import type { Fault } from './orders';
import { failure, type Reply, wordsOf } from './reply';

/** The faults in force. */
export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** Waits as long as the call is slowed down, and gives the error that it meets, if any. */
  readonly meet: (call: Call) => Promise<Reply | undefined>;
}

/** Whether a fault hits, each time it is asked. */
type Hits = () => boolean;

/** No fault yet. */
export function faultsOf(): Faults {
  const faults = new Map<Fault, Hits>();
  return {
    add: (fault) => void faults.set(fault, hitsOf(fault)),
    clear: () => faults.clear(),
    meet: async (call) => {
      const hit = [...faults].filter(([fault, hits]) => matches(fault, call) && hits());
      const slow = hit.reduce((sum, [{ slowMs = 0 }]) => sum + slowMs, 0);
      if (slow > 0) await sleep(slow, undefined, { ref: false });
      const failing = hit.find(([{ status }]) => status !== undefined)?.[0];
      return failing && errorOf(failing, call);
    },
  };
}

/** For a number of times, or for a share of all times in the same sequence for the same seed; else always. */
function hitsOf({ times = Infinity, share, seed = 1 }: Fault): Hits {
  const random = randomOf(seed);
  let left = times;
  return () => {
    if (left <= 0 || (share !== undefined && random() >= share)) return false;
    left -= 1;
    return true;
  };
}

const matches = ({ service, region, action }: Fault, call: Call) =>
  (service === undefined || service === call.service) &&
  (region === undefined || region === call.region) &&
  (action === undefined || action === call.action);

/** What each protocol calls a throttled call. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html (2026-11) */
const THROTTLED = { query: 'Throttling', json: 'ThrottlingException', rest: 'ThrottlingException' } as const;

function errorOf({ status = 500 }: Fault, call: Call): Reply {
  if (status === 429) {
    const asSent = call.protocol === 'rest' ? 429 : 400;
    return failure(call, THROTTLED[call.protocol], 'Rate exceeded', asSent);
  }
  return failure(call, status === 503 ? 'ServiceUnavailable' : 'InternalFailure', wordsOf(status), status);
}
