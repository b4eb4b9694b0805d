import { accepts } from '../numbers/_read';
import { capacityOf, isQuota } from '../numbers/capacity';
import type { Check } from '../check';
import { shortages } from './_capacity';

/** The surge, also with one zone lost. Table units are a shown value where the estate lists X-33. */
export const capacityPeak: Check = {
  id: 'capacity-peak',
  title: 'Every limit holds at the surge, also with one zone lost',
  severity: 'error',
  reference: 'S0-06, C-11, X-33',
  run: (estate, report) => {
    const shown = accepts(estate, 'X-33');
    const lines = capacityOf(estate).filter(
      (line) =>
        !isQuota(line) &&
        line.limit !== 'floor on static nodes' &&
        !(shown && line.limit.includes(' units of ')),
    );
    const peak = shortages(estate, lines, 'peak', report);
    return peak.length > 0 ? peak : shortages(estate, lines, 'zoneLost', report);
  },
};
