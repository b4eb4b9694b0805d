/** Health checks are as fast as Route 53 has them, unless the estate says why not. */
import type { Check } from '../check';
import { composedOf, estateSpot, numberAt, prodOf, wanted } from './_read';

/** Seconds; the other interval is 30. https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (2026-11) */
const FAST = 10;

/** Requirements about the interval, one of which a departure names. */
const DEPARTURES: ReadonlySet<string> = new Set(['S0-11', 'S3-08', 'S4-34', 'X-02']);

/** Detection is interval times threshold: at 30 seconds it takes a minute longer. */
export const healthCheckInterval: Check = {
  id: 'health-check-interval',
  title: 'Health checks run every 10 seconds, or the estate says why not',
  severity: 'error',
  reference: 'S0-11, X-02; failure "health checks"',
  run: (estate, report) => {
    const listed = estate.input.estate.assumptions.some(({ id }) => DEPARTURES.has(id));
    const slow = composedOf(prodOf(estate), 'route53/HealthCheck')
      .map((item) => numberAt(wanted(item), 'requestInterval'))
      .filter((interval) => interval > FAST);
    if (slow.length === 0 || listed) return [];
    return [
      report({
        message: `Health checks run every ${Math.max(...slow)} s, expected ${FAST} s`,
        path: estateSpot(estate, 'traffic.healthCheck.interval'),
        remedy: 'Set interval: 10s, or list S4-34 with the reason under assumptions',
      }),
    ];
  },
};
