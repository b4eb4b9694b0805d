import { capacityOf, isQuota } from '../numbers/capacity';
import type { Check } from '../check';
import { number } from './_words';

/** Quotas of a new account: raising one takes days, and cannot be done during a disaster. */
export const capacityQuotas: Check = {
  id: 'capacity-quotas',
  title: "AWS's default quotas hold what the surge and a failover need",
  severity: 'warning',
  reference: 'C-11; facts of Service Quotas in model/quotas.ts',
  run: (estate, report) =>
    capacityOf(estate)
      .filter((line) => isQuota(line) && !line.meets)
      .map(({ cluster, limit, available, needed, source }) => {
        const most = Math.max(needed.peak, needed.zoneLost, needed.regionLost);
        return report({
          message: `Cannot carry ${cluster} with ${limit}: ${number(available)} by default, expected ${number(most)} (${source})`,
          path: `estates/${estate.input.estate.name}/estate.yaml#objectives.surge`,
          remedy: `Ask for ${number(most)} in both regions before going live; the account may have more already`,
        });
      }),
};
