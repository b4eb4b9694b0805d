/** Writes that come often, and may only be made now and then: the first at once, the newest of the others a little later. */
import type { Ports } from './ports';

/** Spaces out the calls of one write. */
export interface Spaced {
  /** Writes now when there is time between, else later; waits only for a write that is made now. */
  readonly write: () => Promise<void>;
  /** No write is made from now on; returns when the one under way has ended. */
  readonly end: () => Promise<void>;
}

/** `write` must never throw; it writes what is newest when it is called. */
export function spaced(
  { now, sleep }: Pick<Ports, 'now' | 'sleep'>,
  everyMs: number,
  write: () => Promise<unknown>,
): Spaced {
  let ended = false;
  let last = Number.NEGATIVE_INFINITY;
  let underWay: Promise<unknown> = Promise.resolve();
  let later: Promise<void> | undefined;
  const writeNow = async () => {
    last = now();
    underWay = write();
    await underWay;
  };
  const writeLater = async () => {
    await sleep(last + everyMs - now());
    later = undefined;
    if (!ended) await writeNow();
  };
  return {
    write: async () => {
      if (now() - last >= everyMs) return writeNow();
      later ??= writeLater().catch(() => undefined);
    },
    end: async () => {
      ended = true;
      await underWay;
    },
  };
}
