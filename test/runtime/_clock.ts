/** Time that passes only when everybody waits: a promotion of fifteen minutes takes milliseconds. */

/** Virtual time. */
export interface VirtualClock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Lets time pass until `work` has ended. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

/** Resolves when everything that can happen now has happened: only then may time move on. */
const settled = () => new Promise<false>((resolve) => setImmediate(resolve, false));

/** A clock that starts at `start`, in Unix milliseconds. */
export function virtualClock(start = Date.parse('2026-11-21T00:00:00Z')): VirtualClock {
  let time = start;
  let timers: { at: number; wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        timers.push({ at: time + milliseconds, wake });
      }),
    run: async (work) => {
      const ended = work.then(
        () => true,
        () => true,
      );
      while (!(await Promise.race([ended, settled()]))) wakeNext();
      return work;
    },
  };

  function wakeNext(): void {
    const next = Math.min(...timers.map(({ at }) => at));
    if (next === Infinity) return;
    time = Math.max(time, next);
    const due = timers.filter(({ at }) => at <= time);
    timers = timers.filter(({ at }) => at > time);
    for (const { wake } of due) wake();
  }
}
