/** A check without data says nothing about a region, so it moves no traffic. */
import type { Check } from '../check';
import { type Located, composedOf, kindOf, prodOf, spot, textAt, wanted } from './_read';

/** States that leave the traffic where it is. */
const CALM: ReadonlySet<string> = new Set(['LastKnownStatus', 'Healthy']);

/** On 2020-11-25 alarms of a whole region had no data for hours, while the region served. */
export const missingDataKeepsTraffic: Check = {
  id: 'missing-data-keeps-traffic',
  title: 'Missing data of a health check or alarm moves no traffic',
  severity: 'error',
  reference:
    'X-30; https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (2026-11)',
  run: (estate, report) =>
    composedOf(prodOf(estate), 'route53/HealthCheck', 'cloudwatch/MetricAlarm')
      .filter(alarms)
      .map((item) =>
        report({
          message: `${item.object.kind} turns bad when its data is missing`,
          path: spot(item, 'spec.forProvider'),
          remedy: 'Set insufficientDataHealthStatus: LastKnownStatus, or treatMissingData: notBreaching',
        }),
      ),
};

function alarms(item: Located): boolean {
  const fields = wanted(item);
  if (kindOf(item.object) === 'cloudwatch/MetricAlarm')
    return textAt(fields, 'treatMissingData') === 'breaching';
  const state = textAt(fields, 'insufficientDataHealthStatus');
  return textAt(fields, 'type') === 'CLOUDWATCH_METRIC' ? !CALM.has(state) : state === 'Unhealthy';
}
