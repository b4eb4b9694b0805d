/**
 * Route 53 health checks as managed resources.
 *
 * The checkers speak TLS 1.0 to 1.2, so the load balancer's policy must still offer 1.2. They follow no redirect to
 * another host and do not validate the certificate.
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html (2026-11)
 */
import { AwsHealthCheck } from '../../../imports/route53';
import { globalNameOf } from '../../../model/names';
import { tagsFor } from '../../../model/tags';
import { managed } from '../../managed';
import type { Answers, Spelled } from './answers';
import type { SitePlan } from './plan';
import type { Check, CombinedCheck, EntryCheck } from './routing';

/** The checks by key. A combined one waits for the ids of its parts. */
export const healthChecks = (plan: SitePlan, answers: Answers): Record<string, Spelled> =>
  Object.fromEntries(
    plan.checks.map((check) => [
      check.key,
      'all' in check ? combined(check, plan, answers) : managed(entry(check, plan), { policy: 'own' }),
    ]),
  );

/** A part of the caller reference, at most 27 characters; the same on every creation. */
const reference = ({ key }: Check) => ({ referenceName: key });

const tags = ({ key }: Check, { id }: SitePlan) => ({
  tags: { ...tagsFor(id), Name: `${globalNameOf('kubernetes', id)}-${key}` },
});

const entry = (check: EntryCheck, plan: SitePlan) =>
  AwsHealthCheck.manifest({
    metadata: {},
    spec: {
      forProvider: {
        type: 'HTTPS',
        fqdn: check.host,
        port: 443,
        resourcePath: check.path,
        requestInterval: check.interval,
        failureThreshold: check.failures,
        invertHealthcheck: check.inverted,
        enableSni: true,
        ...reference(check),
        ...tags(check, plan),
      },
    },
  });

/**
 * A selector would do without waiting, but it resolves once: with one part found it would combine one part for ever,
 * and it would keep the id of a check that was made again.
 */
function combined(check: CombinedCheck, plan: SitePlan, answers: Answers): Spelled {
  const ids = check.all.map((key) => answers(key, 'id'));
  if (!ids.every((id) => id !== undefined)) return 'waiting for health checks';
  const forProvider = {
    type: 'CALCULATED',
    childHealthchecks: ids,
    childHealthThreshold: ids.length,
    ...reference(check),
    ...tags(check, plan),
  };
  return managed(AwsHealthCheck.manifest({ metadata: {}, spec: { forProvider } }), { policy: 'own' });
}
