/** The log of calls that change something, so that a test can say who changed what, and that nobody did. */
import type { Call } from './call';
import type { CallRecord, Calls } from './orders';

/** The log. */
export interface CallLog {
  /** Notes a call that reached AWS, when it changes something; the answer's status is told later. */
  readonly note: (call: Call) => (status: number) => void;
  /** The calls at or after a moment, in milliseconds since the start, oldest first. */
  readonly since: (at: number) => Calls;
}

const SECRET = /password|secret(string|binary)|authtoken|token$/i;

/** Nothing was called yet; time starts now. */
export function callLogOf(): CallLog {
  const started = performance.now();
  // Microseconds: a moment taken between two calls parts them.
  const now = () => Math.round((performance.now() - started) * 1_000) / 1_000;
  const calls: CallRecord[] = [];
  return {
    note: (call) => {
      if (!call.mutating) return () => undefined;
      const record = recordOf(call, now());
      calls.push(record);
      return (status) => {
        record.status = status;
      };
    },
    since: (at) => ({ now: now(), calls: calls.filter((call) => call.at >= at) }),
  };
}

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
