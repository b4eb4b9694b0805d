/** How the emulated AWS moves a writer: after a delay, with a look at what is still there, and in the background. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cuts } from './cuts';

/** Both regions, without loss; or the target's alone. */
export type MoveMode = 'switchover' | 'failover';

/** A move that is asked for. */
export interface Move {
  /** Named in the logs. */
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

/** What a mover tells of its moves. */
export interface MoverProps {
  readonly cuts: Cuts;
  /** Read when a move starts, in milliseconds. */
  readonly promotionMs: () => number;
  /** Hears of moves that were made. */
  readonly moved: (move: Move) => void;
  /** Hears of moves that failed. */
  readonly tell: (line: string) => void;
}

/** Nothing moves yet. */
export function moverOf({ cuts, promotionMs, moved, tell }: MoverProps): Mover {
  const stopped = new AbortController();
  const wait = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: stopped.signal, ref: false });
  const carryOut = async (move: Move): Promise<'moved' | 'stayed'> => {
    const { mode, from, to, finish } = move;
    await wait(promotionMs());
    // A switchover needs both to the end; AWS takes it back when it loses one.
    if (mode === 'switchover' && (cuts.isCut(from) || cuts.isCut(to))) return 'stayed';
    while (cuts.isCut(to)) await wait(AGAIN_MS);
    await finish();
    moved(move);
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
