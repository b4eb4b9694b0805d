/** A stand-in for a part of AWS that the emulator lacks, behind AWS's own API. */
import type { Call } from './call';
import type { Cuts } from './cuts';
import type { Mover } from './moves';
import type { Reply } from './reply';
import type { Upstream } from './upstream';

/** Answers the calls it knows. A Refusal it throws becomes an error in the call's protocol. */
export interface Double {
  /** Undefined: the emulator answers. */
  readonly answer: (call: Call) => Promise<Reply> | undefined;
}

/** What every double stands on. */
export interface DoubleProps {
  readonly upstream: Upstream;
  readonly cuts: Cuts;
  readonly mover: Mover;
}
