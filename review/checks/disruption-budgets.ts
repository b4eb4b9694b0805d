/** Every Deployment has a budget for voluntary disruptions. */
import type { Check } from '../check';
import { type Located, everyOf, mapAt, podLabelsOf, prodOf, selects, servingOf, spot } from './_read';

/** A node that is replaced does not take all pods of a service with it. */
export const disruptionBudgets: Check = {
  id: 'disruption-budgets',
  title: 'Every Deployment has a PodDisruptionBudget',
  severity: 'error',
  reference: 'C-02, S0-21',
  run: (estate, report) =>
    prodOf(estate).flatMap((cluster) => {
      const budgets = everyOf([cluster], 'PodDisruptionBudget');
      return servingOf([cluster])
        .filter((item) => !budgets.some((budget) => covers(budget, item)))
        .map((item) =>
          report({
            message: `No PodDisruptionBudget covers ${item.object.kind} ${item.object.metadata.name}`,
            path: spot(item),
            remedy: 'Add a budget with the labels of its pods',
          }),
        );
    }),
};

const covers = (budget: Located, item: Located) => {
  const asked = mapAt(budget.object, 'spec.selector.matchLabels');
  return Object.keys(asked).length > 0 && selects(asked, podLabelsOf(item));
};
