/** Every record that has an alternative leaves when its region is unhealthy. */
import type { Check } from '../check';
import { type Located, composedOf, prodOf, spot, textAt, wanted } from './_read';

/** Route 53 takes a record without a check for healthy, and answers with a region that is gone. */
export const recordsFollowHealth: Check = {
  id: 'records-follow-health',
  title: 'Every record with an alternative has a health check',
  severity: 'error',
  reference: 'S0-10, X-15: the seed never links its check to a record',
  run: (estate, report) =>
    composedOf(prodOf(estate), 'route53/Record')
      .filter(isBlind)
      .map((item) =>
        report({
          message: `The record of ${textAt(wanted(item), 'name')} for ${textAt(wanted(item), 'setIdentifier')} has no health check, so it is answered while its region is down`,
          path: spot(item, 'spec.forProvider.healthCheckId'),
          remedy: 'Link the check of its region',
        }),
      ),
};

/** The last resort of a failover pair is answered anyway, so it needs none. */
function isBlind(item: Located): boolean {
  const fields = wanted(item);
  const hasAlternative = 'setIdentifier' in fields;
  const isLast = textAt(fields, 'failoverRoutingPolicy.type') === 'SECONDARY';
  return hasAlternative && !isLast && textAt(fields, 'healthCheckId') === '';
}
