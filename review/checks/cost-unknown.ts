import { costOf, unknownOf } from '../numbers/cost';
import type { Check } from '../check';

/** A sum without some of its addends must not be read as the bill. */
export const costUnknown: Check = {
  id: 'cost-unknown',
  title: 'Every part of the estate has a known price',
  severity: 'info',
  reference: 'C-23, X-11',
  run: (estate, report) => {
    const unknown = unknownOf(costOf(estate));
    if (unknown.length === 0) return [];
    const regions = [...new Set(unknown.map(({ region }) => region))];
    const items = [...new Set(unknown.map(({ item }) => item))];
    return [
      report({
        message: `Cannot price ${unknown.length} lines of the cost in ${regions.join(', ')}: ${items.join('; ')}`,
        path: `estates/${estate.input.estate.name}/estate.yaml#regions`,
        remedy:
          'Add the prices with their date to model/prices.ts; no price is taken over from another region',
      }),
    ];
  },
};
