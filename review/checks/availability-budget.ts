import { availabilityOf } from '../numbers/availability';
import { rtoOf } from '../numbers/rto';
import type { Check } from '../check';
import { duration, number, percentage } from './_words';

/** One recovery may use up a month. */
export const availabilityBudget: Check = {
  id: 'availability-budget',
  title: 'A recovery fits into the downtime that the objective leaves',
  severity: 'info',
  reference: 'X-01, S3-03',
  run: (estate, report) => {
    const { objective, budget, recoveriesPerYear } = availabilityOf(estate);
    const { total } = rtoOf(estate);
    const minutes = total.p95 / 60;
    if (minutes <= budget.minutesPerMonth) return [];
    const { name } = estate.input.estate;
    return [
      report({
        severity: recoveriesPerYear === 0 ? 'warning' : 'info',
        message: `Cannot keep ${percentage(objective)} in a month with a recovery: ${duration(total.p95)} at p95, a month leaves ${number(budget.minutesPerMonth)} min and a year ${number(budget.minutesPerYear)} min, enough for ${recoveriesPerYear} recoveries`,
        path: `estates/${name}/estate.yaml#objectives.availability`,
        remedy: 'Measure the objective over a year',
      }),
    ];
  },
};
