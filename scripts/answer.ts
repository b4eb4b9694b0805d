/** How a verb ends: its exit code, and the one message a person sees when it could not do what was asked. */

/** Exit codes of `flipside`. */
export const EXIT = {
  ok: 0,
  /** The answer is no: problems in what people wrote, a difference, a refusal. */
  no: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** Not known yet: it still runs, or what should tell does not answer. */
  undecided: 3,
  /** A bug of Flipside; prints a stack. */
  bug: 70,
} as const;

/** A failure that a person can mend; printed without a stack. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly exitCode: number = EXIT.no,
  ) {
    super(message);
    this.name = 'UserError';
  }
}
