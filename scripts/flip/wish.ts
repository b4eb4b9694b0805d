/** What the person asked for, checked against the estate. */
import type { FlipMode } from '../../spec/claims';
import { EXIT, UserError } from '../answer';
import { parseDuration } from './duration';
import { type FlipEstate, otherThan, regions } from './estate';

/** Options that every verb of the flip has. */
export interface CommonOptions {
  readonly kubeconfig?: string;
  readonly context?: readonly string[];
  readonly json?: boolean;
  readonly timeout?: string;
}

/** Options of `flipside failback`. */
export interface FailbackOptions extends CommonOptions {
  readonly estate: string;
  readonly dryRun?: boolean;
  readonly breakGlass?: boolean;
  readonly reason?: string;
  readonly yes?: boolean;
}

/** Options of `flipside failover`. */
export interface FailoverOptions extends FailbackOptions {
  readonly to: string;
  readonly unplanned?: boolean;
  readonly acceptDataLoss?: boolean;
}

/** A valid wish. */
export interface Wish {
  readonly region: string;
  readonly other: string;
  readonly mode: FlipMode;
  readonly timeout: number;
}

/** Longer than the promotion of the slowest store may take (`runtime/promote/move.ts`). */
export const TIMEOUT = '20m';

/** The wish. Throws one UserError with everything that is wrong with it. */
export function wishOf(estate: FlipEstate, options: FailoverOptions): Wish {
  const problems = [...regionProblems(estate, options), ...lossProblems(options)];
  if (problems.length > 0) throw new UserError(problems.join('\n'), EXIT.usage);
  return {
    region: options.to,
    other: otherThan(estate, options.to),
    mode: options.unplanned ? 'Unplanned' : 'Planned',
    timeout: timeoutOf(options),
  };
}

function regionProblems(estate: FlipEstate, { to }: FailoverOptions): string[] {
  const names = regions(estate);
  if (names.includes(to)) return [];
  return [`Cannot fail over to "${to}": no region of ${estate.name}, expected ${names.join(' or ')}`];
}

function lossProblems({ unplanned, acceptDataLoss }: FailoverOptions): string[] {
  if (Boolean(unplanned) === Boolean(acceptDataLoss)) return [];
  return [
    unplanned
      ? 'Cannot fail over unplanned: the last commits may be lost, expected --accept-data-loss as well'
      : 'Cannot accept data loss: a planned flip loses nothing, expected --unplanned as well',
  ];
}

/** Milliseconds that a verb waits. */
export function timeoutOf({ timeout = TIMEOUT }: CommonOptions): number {
  const milliseconds = parseDuration(timeout);
  if (milliseconds !== undefined) return milliseconds;
  throw new UserError(
    `Cannot wait "${timeout}": not a duration, expected for example 90s, 20m or 1h`,
    EXIT.usage,
  );
}
