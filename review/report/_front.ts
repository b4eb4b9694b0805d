/** What stands between users and the regions. */
import { at, listAt, numberAt, only, prodOf, type Resource, resourcesOf, textAt } from '../numbers/_read';
import type { RenderedEstate } from '../rendered';

/** One thing that a request passes before it reaches a region. */
export interface Hop {
  readonly id: 'dns' | 'cdn' | 'accelerator';
  readonly label: string;
  readonly detail: string;
  /** True where a web ACL stands in it. */
  readonly waf: boolean;
}

/** In the order of a request. */
export function frontOf(estate: RenderedEstate): Hop[] {
  const resources = prodOf(estate).flatMap(resourcesOf);
  return [...dns(resources), ...cdn(resources), ...accelerator(resources)];
}

function dns(resources: readonly Resource[]): Hop[] {
  const records = only(resources, 'route53', 'Record');
  if (records.length === 0) return [];
  const checks = only(resources, 'route53', 'HealthCheck').filter(
    ({ wish }) => wish['requestInterval'] !== undefined,
  );
  const interval = numberAt(checks[0]?.wish, 'requestInterval');
  const failures = numberAt(checks[0]?.wish, 'failureThreshold');
  const checked = interval === undefined ? 'no health check' : `checks ${failures} × ${interval} s`;
  return [{ id: 'dns', label: 'Route 53', detail: `${routingOf(records)}, ${checked}`, waf: false }];
}

const POLICIES = {
  latencyRoutingPolicy: 'latency',
  failoverRoutingPolicy: 'failover',
  weightedRoutingPolicy: 'weighted',
} as const;

/** How the records choose a region: `latency`, `failover`, `weighted` or `simple`. */
export function routingOf(records: readonly Resource[]): string {
  const found = Object.entries(POLICIES).find(([field]) =>
    records.some(({ wish }) => wish[field] !== undefined),
  );
  return found?.[1] ?? 'simple';
}

function cdn(resources: readonly Resource[]): Hop[] {
  const distribution = only(resources, 'cloudfront', 'Distribution')[0];
  if (!distribution) return [];
  const { wish } = distribution;
  const behaviours = listAt(wish, 'orderedCacheBehavior').map((one) => textAt(one, 'pathPattern') ?? '');
  const tls = textAt(wish, 'viewerCertificate', 'minimumProtocolVersion') ?? 'TLS';
  return [
    {
      id: 'cdn',
      label: 'CloudFront',
      detail: behaviours.length > 0 ? `caches ${behaviours.join(', ')}` : `${tls.split('_')[0]}, no cache`,
      waf: at(wish, 'webAclId') !== undefined,
    },
  ];
}

function accelerator(resources: readonly Resource[]): Hop[] {
  if (only(resources, 'globalaccelerator', 'Accelerator').length === 0) return [];
  const groups = only(resources, 'globalaccelerator', 'EndpointGroup');
  return [
    {
      id: 'accelerator',
      label: 'Global Accelerator',
      detail: `${groups.length} endpoint groups`,
      waf: false,
    },
  ];
}
