/** Where an accelerator and DNS both choose a region, both follow the same signal. */
import type { Check } from '../check';
import type { RenderedCluster } from '../rendered';
import { type Located, composedOf, listAt, prodOf, spot, textAt, wanted } from './_read';

/** Two layers that decide on their own can disagree, and then writes and readers part. */
export const oneFailoverLayer: Check = {
  id: 'one-failover-layer',
  title: 'One layer decides which region serves a name',
  severity: 'error',
  reference: 'S3-16, X-16: an accelerator ignores dials when it fails over',
  run: (estate, report) =>
    prodOf(estate).flatMap((cluster) =>
      acceleratorRecords(cluster)
        .filter((record) => wouldStay(cluster, record))
        .map((record) =>
          report({
            message: `The record of ${textAt(wanted(record), 'name')} points at the accelerator, which chooses by itself, and has no way round it`,
            path: spot(record, 'spec.forProvider.failoverRoutingPolicy'),
            remedy:
              'Let DNS choose between the accelerator and the direct name, with a health check that follows the writer',
          }),
        ),
    ),
};

const acceleratorRecords = (cluster: RenderedCluster): Located[] =>
  composedOf([cluster], 'route53/Record').filter((item) =>
    textAt(wanted(item), 'alias.name').endsWith('.awsglobalaccelerator.com'),
  );

/**
 * True when nothing but the accelerator decides although its groups hold both regions: with a standby it would send
 * writes to whichever region answers.
 */
function wouldStay(cluster: RenderedCluster, record: Located): boolean {
  const groups = composedOf([cluster], 'globalaccelerator/EndpointGroup');
  const both = groups.filter((group) => listAt(wanted(group), 'endpointConfiguration').length > 0).length > 1;
  const name = textAt(wanted(record), 'name');
  const direct = composedOf([cluster], 'route53/Record').some(
    (other) =>
      other.object !== record.object &&
      textAt(wanted(other), 'name') === name &&
      textAt(wanted(other), 'failoverRoutingPolicy.type') === 'SECONDARY',
  );
  const checked = textAt(wanted(record), 'healthCheckId') !== '';
  return both && !(direct && checked);
}
