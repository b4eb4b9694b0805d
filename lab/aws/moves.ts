/** How the emulated AWS moves a writer: after a delay, with a look at what is still there, and in the background. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cuts } from './cuts';

/** Both regions, without loss; or the target's alone. */
export type MoveMode = 'switchover' | 'failover';

/** A move that is asked for. */
export interface Move {
  /** Named in the log when the move is given up. */
  readonly what: string;
  readonly mode: MoveMode;
  readonly from: string;
  readonly to: string;
  /** Makes the target the writer. When it throws, everything stays as it was. */
  readonly finish: () => Promise<void>;
}

/** Carries moves out. */
export interface Mover {
  /** Ends when the move is made, or was given up. Never throws. */
  readonly carryOut: (move: Move) => Promise<'moved' | 'stayed'>;
  readonly stop: () => void;
}

/** How often AWS looks for a region that died while a writer was being moved there. */
const AGAIN_MS = 200;

/** `promotionMs` is read when a move starts; `tell` hears of moves that failed. */
export function moverOf(cuts: Cuts, promotionMs: () => number, tell: (line: string) => void): Mover {
  const stopped = new AbortController();
  const wait = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: stopped.signal, ref: false });
  const carryOut = async ({ mode, from, to, finish }: Move): Promise<'moved' | 'stayed'> => {
    await wait(promotionMs());
    // A switchover needs both to the end; AWS takes it back when it loses one.
    if (mode === 'switchover' && (cuts.isCut(from) || cuts.isCut(to))) return 'stayed';
    while (cuts.isCut(to)) await wait(AGAIN_MS);
    await finish();
    return 'moved';
  };
  return {
    carryOut: (move) =>
      carryOut(move).catch((error: unknown) => {
        if (!stopped.signal.aborted) tell(`${move.what} stays in ${move.from}: ${String(error)}`);
        return 'stayed';
      }),
    stop: () => stopped.abort(),
  };
}
