/** A failover is drilled every quarter. */
import type { Check } from '../check';
import type { CheckOptions } from './_ledger';
import { daysBetween } from './_read';

/** Days between two drills at most: a quarter. */
const LONGEST = 92;

/** A failover that was never tried has an unknown chance to work, and that chance decides the availability. */
export const recentDrill = ({ today, ledger }: CheckOptions): Check => ({
  id: 'recent-drill',
  title: 'A drill has passed within the last quarter',
  severity: 'error',
  reference: 'S4-90, C-19; 99.99% needs a failover that works 91 times of 100',
  run: ({ input }, report) => {
    const { lastDrill } = ledger ?? {};
    if (lastDrill && daysBetween(lastDrill, today) <= LONGEST) return [];
    const message = lastDrill
      ? `The last drill passed ${daysBetween(lastDrill, today)} days ago, expected at most ${LONGEST}`
      : `No drill of ${input.estate.name} has passed, expected one within ${LONGEST} days`;
    return [
      report({
        message,
        path: `docs/drills.md#${input.estate.name}`,
        remedy: 'Run a drill in the account and record it',
      }),
    ];
  },
});
