/** Every log group says how long it keeps what it gets. */
import type { Check } from '../check';
import { numberAt } from './_read';

/** Days: work on the last month; audit logs lie in a bucket for a year. */
const SHORTEST = 30;

/** Without it CloudWatch keeps logs for ever, and bills them. */
export const logRetention: Check = {
  id: 'log-retention',
  title: 'Every log group has a retention of its class',
  severity: 'error',
  reference: 'S4-12, S4-111, X-38',
  run: ({ templates }, report) =>
    templates.flatMap(({ file, resources }) =>
      Object.entries(resources)
        .filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup')
        .filter(([, { Properties }]) => numberAt(Properties, 'RetentionInDays') < SHORTEST)
        .map(([id, { Properties }]) =>
          report({
            message: `Log group ${id} keeps ${numberAt(Properties, 'RetentionInDays') || 'everything for ever'}, expected at least ${SHORTEST} days and an end`,
            path: `${file}#Resources/${id}/Properties/RetentionInDays`,
            remedy: `Set a retention of ${SHORTEST} days or more`,
          }),
        ),
    ),
};
