import type { CostLine } from '../assessment';
import { costOf, sumOf } from '../numbers/cost';
import type { Check } from '../check';
import { dollars } from './_words';

/** What the platform's share pays for: everything that no team asked for. */
const isPlatform = ({ owner }: CostLine) => owner === 'platform' || owner === 'network';

/** Against `budget` of the estate, where it has one: production in all, and each share of it. */
export const costBudget: Check = {
  id: 'cost-budget',
  title: "Production's month stays within the budget and its shares",
  severity: 'error',
  reference: 'S0-43, S4-105, C-23',
  run: (estate, report) => {
    const { name, budget } = estate.input.estate;
    if (!budget) return [];
    const lines = costOf(estate).lines.filter(({ environment }) => environment === 'prod');
    const shares = Object.entries(budget.shares).map(([team, most]) => ({
      path: `budget.shares.${team}`,
      most,
      own: lines.filter((line) => (team === 'platform' ? isPlatform(line) : line.owner === team)),
    }));
    return [{ path: 'budget.monthly', most: budget.monthly, own: lines }, ...shares]
      .filter(({ most, own }) => sumOf(own) > most)
      .map(({ path, most, own }) =>
        report({
          message: `Cannot pay with ${path} ${dollars(most)} a month: ${dollars(sumOf(own))} computed, and lines without a price: ${own.filter((line) => line.usd === undefined).length}; most of it ${largest(own)}`,
          path: `estates/${name}/estate.yaml#${path}`,
          remedy: `Set it to ${dollars(sumOf(own))} or more, or ask for less`,
        }),
      );
  },
};

function largest(lines: readonly CostLine[]): string {
  const [first] = lines.toSorted((a, b) => (b.usd ?? 0) - (a.usd ?? 0));
  return first ? `${first.item} in ${first.region}, ${dollars(first.usd ?? 0)}` : 'nothing';
}
