import { accepts } from '../numbers/_read';
import { capacityOf, isQuota } from '../numbers/capacity';
import type { Check } from '../check';
import { shortages } from './_capacity';

/** Two events at once: an estate may say, under X-05, that it does not cover them. */
export const capacityRegion: Check = {
  id: 'capacity-region',
  title: 'The surviving region carries both regions at the surge',
  severity: 'warning',
  reference: 'S4-97, C-11, X-05, X-33',
  run: (estate, report) => {
    const shown = accepts(estate, 'X-33');
    const lines = capacityOf(estate)
      .filter((line) => !isQuota(line) && line.limit !== 'floor on static nodes')
      .filter((line) => !(shown && line.limit.includes(' units of ')));
    const listed = accepts(estate, 'X-05');
    return shortages(estate, lines, 'regionLost', (finding) =>
      report({
        ...finding,
        ...(listed && { severity: 'info' }),
        remedy: listed
          ? 'Listed as X-05 in assumptions: the two events together are not covered'
          : `${finding.remedy}, or list X-05 in assumptions: the surge and the loss of a region together are not covered`,
      }),
    );
  },
};
