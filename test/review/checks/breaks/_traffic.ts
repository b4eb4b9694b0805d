/** How users reach a region. */
import { drop, edit, list, set, unset, wrote } from '../_mutate';
import { type Break, ALL, CDN, DATABASES, ELSEWHERE, forProvider, row, services } from './_row';

/** Each row breaks one thing. */
export const traffic: readonly Break[] = [
  row(
    'health-check-interval',
    'a check every 30 seconds',
    ['capstone', 'pilot-light', 'storefront', 'warm-standby'],
    edit('route53/HealthCheck', forProvider('requestInterval', 30)),
  ),
  row(
    'short-ttl',
    'a TTL of five minutes',
    ALL,
    wrote(({ estate }) => set(estate, 'traffic.ttl', 300)),
  ),
  row(
    'missing-data-keeps-traffic',
    'no data is bad',
    ALL,
    edit('route53/HealthCheck', forProvider('insufficientDataHealthStatus', 'Unhealthy')),
  ),
  row(
    'records-follow-health',
    'a record without a check',
    ALL,
    edit('route53/Record', (object) => unset(object, 'spec.forProvider.healthCheckId'), {
      name: /^record-(origin|direct|web|capstone|.*).*-home$/,
      only: (object) => !JSON.stringify(object).includes('awsglobalaccelerator'),
    }),
  ),
  row(
    'one-failover-layer',
    'no way round the accelerator',
    ['warm-standby'],
    drop('route53/Record', { name: /^record-api.*-peer$/ }),
  ),
  row(
    'writes-not-by-origin-group',
    'a POST to an origin group',
    ['global-tables', 'storefront'],
    edit('cloudfront/Distribution', (object) =>
      list(object, 'spec.forProvider.orderedCacheBehavior.0.allowedMethods').push('POST'),
    ),
  ),
  row(
    'writer-reachable',
    'no way to the other region',
    DATABASES,
    edit('NetworkPolicy', (object) => set(object, 'spec.egress', []), services),
  ),
  row('certificates', 'no certificate in the peer', ALL, drop('acm/Certificate', { position: 'peer' })),
  row(
    'certificates',
    'a certificate of another region on the CDN',
    CDN,
    edit(
      'cloudfront/Distribution',
      forProvider('viewerCertificate.acmCertificateArn', `arn:aws:acm:${ELSEWHERE}:1:certificate/x`),
    ),
  ),
];
