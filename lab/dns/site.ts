/** Reads what Crossplane composed for a `Site` into what the stand-in for Route 53 is told. Pure. */
import { type HealthCheck, type Names, plain, type RecordSet, type Target } from './records';

/** A composed managed resource, read from a cluster or from the golden render. */
export interface Composed {
  readonly kind: string;
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly forProvider: object };
  readonly status?: { readonly atProvider?: Readonly<Record<string, unknown>> };
}

/** A region's public entry, and what stands for it here. */
export interface Entry {
  readonly region: string;
  /** Name of its load balancer, from the region's facts. */
  readonly dnsName: string;
  readonly address: string;
  readonly port: number;
  /** The load balancer has healthy targets. */
  readonly healthy: boolean;
}

/** What a site comes to. */
export interface SiteNames {
  readonly records: readonly RecordSet[];
  readonly checks: readonly HealthCheck[];
  readonly targets: Names['targets'];
}

/** Id that AWS gave a resource. */
export const idOf = ({ metadata, status }: Composed): string | undefined => {
  const id = status?.atProvider?.['id'];
  return typeof id === 'string' ? id : metadata.annotations?.['crossplane.io/external-name'];
};

/**
 * Reads the resources of a site; those of other kinds are left out. `id` tells the id of a health check, and a check
 * without one is left out too: no record can name it yet.
 */
export function siteNames(
  resources: readonly Composed[],
  entries: readonly Entry[],
  id: (resource: Composed) => string | undefined = idOf,
): SiteNames {
  const records = ofKind<RecordSet>(resources, 'Record');
  const checks = resources
    .filter(({ kind }) => kind === 'HealthCheck')
    .flatMap((resource) => {
      const known = id(resource);
      return known ? [{ ...(resource.spec.forProvider as Omit<HealthCheck, 'id'>), id: known }] : [];
    });
  return { records, checks, targets: { ...balancers(entries), ...edges(resources, records, entries) } };
}

const ofKind = <T>(resources: readonly Composed[], kind: string) =>
  resources.filter((resource) => resource.kind === kind).map(({ spec }) => spec.forProvider as T);

const balancers = (entries: readonly Entry[]): Record<string, Target> =>
  Object.fromEntries(
    entries.map(({ dnsName, address, port, healthy }) => [
      plain(dnsName),
      { is: 'address', address, port, healthy },
    ]),
  );

interface Distribution {
  readonly aliases?: readonly string[];
  readonly origin?: readonly { readonly domainName: string; readonly customOriginConfig?: object }[];
}

interface EndpointGroup {
  readonly endpointGroupRegion?: string;
}

/** Ends of the names of distributions and accelerators; the rest of the name is AWS's to choose. */
const DISTRIBUTION = '.cloudfront.net';
const ACCELERATOR = '.awsglobalaccelerator.com';

/** What the records' aliases outside the zone lead to. */
function edges(
  resources: readonly Composed[],
  records: readonly RecordSet[],
  entries: readonly Entry[],
): Record<string, Target> {
  const distributions = ofKind<Distribution>(resources, 'Distribution');
  const regions = new Set(
    ofKind<EndpointGroup>(resources, 'EndpointGroup').map((group) => group.endpointGroupRegion),
  );
  const grouped = entries
    .filter(({ region }) => regions.has(region))
    .map(({ region, dnsName }) => ({ region, name: plain(dnsName) }));
  return Object.fromEntries(
    records.flatMap(({ name, alias }): [string, Target][] => {
      const to = plain(alias?.name ?? '');
      if (to.endsWith(ACCELERATOR)) return [[to, { is: 'nearest', entries: grouped }]];
      const host = to.endsWith(DISTRIBUTION) && originOf(distributions, name);
      return host ? [[to, { is: 'origin', host }]] : [];
    }),
  );
}

/** The origin that is no bucket, of the distribution that serves `name`. */
const originOf = (distributions: readonly Distribution[], name: string) =>
  distributions
    .find(({ aliases = [] }) => aliases.some((alias) => plain(alias) === plain(name)))
    ?.origin?.find(({ customOriginConfig }) => customOriginConfig)?.domainName;
