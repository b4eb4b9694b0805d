/** Structured logs, one line of JSON each. No field of a claim's spec is ever logged. */
import { type Logger, pino } from 'pino';
import type { Handled } from './handle';

/** The log of the process; its levels are named as in the SDK. */
export const logOf = ({ debug }: { debug: boolean }): Logger =>
  pino({
    level: debug ? 'debug' : 'info',
    base: { program: 'flipside-compose' },
    formatters: { level: (label) => ({ severity: label.toUpperCase() }) },
  });

/** One call: quiet when it went well, since Crossplane asks every minute for every claim. */
export function logCall(
  log: Logger,
  { kind, claim, outcome, resources, response, bug }: Handled,
  seconds: number,
): void {
  const fields = { kind, claim, outcome, resources, ms: Math.round(seconds * 1e5) / 100 };
  if (outcome === 'failed') return log.error({ ...fields, err: bug }, 'composing threw');
  if (outcome === 'refused') return log.warn({ ...fields, why: whyOf(response) }, 'claim refused');
  log.debug(fields, 'composed');
}

/** The first line: the problems below it repeat values that people wrote. */
const whyOf = ({ results }: Handled['response']) => results[0]?.message.split('\n')[0];
