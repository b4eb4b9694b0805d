/** Regions that nobody reaches: what the lab does to an endpoint when it kills a region. */
import type { Socket } from 'node:net';

/** `hang`: a call gets no answer; `refuse`: its connection is reset. */
export type CutHow = 'hang' | 'refuse';

/** The regions that are cut. */
export interface Cuts {
  readonly cut: (region: string, how: CutHow) => void;
  /** Lets a region answer again. Calls that hung are reset: nobody would ever answer them. */
  readonly revive: (region: string) => void;
  readonly isCut: (region: string) => boolean;
  /** When the region was revived last, in milliseconds as `Date.now()` counts; 0 when it never was. */
  readonly revivedAt: (region: string) => number;
  /** Treats a connection as the cut of its region says. */
  readonly drop: (region: string, socket: Socket) => void;
}

/** No region is cut yet. */
export function cutsOf(): Cuts {
  const cuts = new Map<string, CutHow>();
  const revived = new Map<string, number>();
  const hanging = new Map<string, Set<Socket>>();
  return {
    cut: (region, how) => void cuts.set(region, how),
    revive: (region) => {
      if (!cuts.delete(region)) return;
      revived.set(region, Date.now());
      for (const socket of hanging.get(region) ?? []) socket.resetAndDestroy();
      hanging.delete(region);
    },
    isCut: (region) => cuts.has(region),
    revivedAt: (region) => revived.get(region) ?? 0,
    drop: (region, socket) => {
      if (cuts.get(region) !== 'hang') {
        socket.resetAndDestroy();
        return;
      }
      const sockets = hanging.get(region) ?? new Set();
      hanging.set(region, sockets.add(socket));
      socket.once('close', () => sockets.delete(socket));
    },
  };
}
