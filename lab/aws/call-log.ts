/**
 * The log of calls that change something, so that a test can say who changed what, and that nobody did; and of the
 * writers that were moved.
 */
import type { Call } from './call';
import type { Move } from './moves';
import type { CallRecord, Calls, MoveRecord } from './orders';

/** The log. */
export interface CallLog {
  /** Notes a call that reached AWS, when it changes something; the answer's status is told later. */
  readonly note: (call: Call) => (status: number) => void;
  /** Notes that a writer has moved. */
  readonly moved: (move: Move) => void;
  /** Calls and moves at or after a moment, in milliseconds since the start, oldest first. */
  readonly since: (at: number) => Calls;
}

const SECRET = /password|secret(string|binary)|authtoken|token$/i;

/** Nothing was called yet; time starts now. */
export function callLogOf(): CallLog {
  const started = performance.now();
  // Microseconds: a moment taken between two calls parts them.
  const now = () => Math.round((performance.now() - started) * 1_000) / 1_000;
  const calls: CallRecord[] = [];
  const moves: MoveRecord[] = [];
  return {
    note: (call) => {
      if (!call.mutating) return () => undefined;
      const record = recordOf(call, now());
      calls.push(record);
      return (status) => {
        record.status = status;
      };
    },
    moved: ({ what, to }) => void moves.push({ at: now(), what, to }),
    since: (at) => ({ now: now(), calls: after(calls, at), moves: after(moves, at) }),
  };
}

const after = <T extends { readonly at: number }>(records: readonly T[], at: number) =>
  records.filter((record) => record.at >= at);

const recordOf = (call: Call, at: number): CallRecord => ({
  at,
  service: call.service,
  region: call.region,
  action: call.action,
  parameters: Object.fromEntries(
    Object.entries(call.parameters).filter(
      ([name]) => name !== 'Action' && name !== 'Version' && !SECRET.test(name),
    ),
  ),
  userAgent: call.userAgent,
  accessKey: call.accessKey,
});
