/** What a `Site` consists of in one region, in words of DNS and the edge rather than of a controller. */
import { createHash } from 'node:crypto';
import type { Site } from '../../../spec/claims/site';
import { here, type Place, type Placement } from '../../../spec/placement';
import { bucketHost, bucketNameOf } from '../../../model/bucket-name';
import { namesFor } from '../../../model/entry';
import { type ClaimIdentity, identityOf } from '../../../model/names';
import { BEACON_PATH, entryHost, hostIn, originHost, zoneName } from '../../../model/site-hosts';
import { type AddressRecord, type Check, checksOf, recordsOf } from './routing';

/** CloudFront takes certificates and web ACLs from this region alone. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html (2026-11) */
export const CDN_REGION = 'us-east-1';

/** A certificate over all names of the site, in one region. */
export interface CertificatePlan {
  readonly key: string;
  readonly region: string;
  readonly names: readonly string[];
}

/** A web ACL: in front of a region's load balancer, or of the CDN. */
export interface WebAclPlan {
  readonly key: string;
  readonly region: string;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly rateLimit: number;
  /** The sender is named in a header, as all connections come from the CDN. */
  readonly behindCdn: boolean;
  /** Paths of the health checkers, which no limit may stop. */
  readonly checkPaths: readonly string[];
  /** ARN of the load balancer it protects. */
  readonly loadBalancer?: string;
}

/** The accelerator and the load balancers behind it. */
export interface AcceleratorPlan {
  readonly adopt?: string;
  readonly groups: readonly {
    readonly key: string;
    readonly region: string;
    readonly loadBalancer: string;
  }[];
}

/** A bucket that the CDN reads static files from. */
export interface StaticOrigin {
  readonly id: string;
  readonly host: string;
  readonly region: string;
}

/** The one distribution. */
export interface DistributionPlan {
  readonly adopt?: string;
  readonly aliases: readonly string[];
  readonly origin: string;
  readonly certificate: string;
  readonly webAcl?: string;
  readonly http: 'redirect' | 'refuse';
  readonly tls: string;
  readonly shield: boolean;
  readonly statics: { readonly paths: readonly string[]; readonly origins: readonly StaticOrigin[] };
}

/** Everything of a site that the composing region is to make. */
export interface SitePlan {
  readonly id: ClaimIdentity;
  readonly zoneId: string;
  readonly hosts: readonly string[];
  readonly certificates: readonly CertificatePlan[];
  /** Names whose certificates are proven through a record of the zone; the home region writes these. */
  readonly validations: readonly string[];
  readonly checks: readonly Check[];
  readonly records: readonly AddressRecord[];
  readonly webAcls: readonly WebAclPlan[];
  readonly accelerator?: AcceleratorPlan;
  readonly distribution?: DistributionPlan;
}

const zoneOf = ({ environment, domain }: Placement) => zoneName(environment, domain);

const hostsOf = ({ spec }: Site, placement: Placement) =>
  spec.hosts.map((host) => hostIn(zoneOf(placement), host, placement.domain));

/** Name of the composing region's own entry. */
export const ownEntryOf = (placement: Placement) => entryHost(here(placement).region, zoneOf(placement));

/** The regions of the environment, home first, with their position. */
const placesOf = ({ home, peer }: Placement): { position: 'home' | 'peer'; place: Place }[] => [
  { position: 'home', place: home },
  ...(peer ? [{ position: 'peer' as const, place: peer }] : []),
];

/**
 * Plans a site. What exists once for both regions is the home region's; the peer region has what stands in the
 * region itself. Nothing depends on where the writers are.
 */
export function planOf(site: Site, placement: Placement): SitePlan {
  const regional = regionalPlan(site, placement);
  if (placement.position === 'peer') return regional;
  const records = recordsOf(hostsOf(site, placement), site.spec.weights, placement);
  return {
    ...regional,
    certificates: certificatesOf(site, placement),
    validations: [...new Set(namesOf(site, placement).map((name) => name.replace(/^\*\./, '')))],
    checks: checksOf(records, placement),
    records,
    webAcls: [...regional.webAcls, ...cdnWebAcl(site, placement)],
    ...(isAccelerated(placement) && { accelerator: acceleratorOf(site, placement) }),
    ...(placement.traffic.cdn && { distribution: distributionOf(site, placement) }),
  };
}

/** An accelerator needs two regions to choose from. */
const isAccelerated = ({ traffic, peer }: Placement) => traffic.accelerator && peer !== undefined;

function regionalPlan(site: Site, placement: Placement): SitePlan {
  return {
    id: identityOf(site, placement),
    zoneId: placement.home.facts.hostedZone.id,
    hosts: hostsOf(site, placement),
    certificates: certificatesOf(site, placement),
    validations: [],
    checks: [],
    records: [],
    webAcls: placement.traffic.waf ? [regionalWebAcl(site, placement)] : [],
  };
}

/** Names on the certificate: a wildcard for all one label below the zone, then whatever it does not cover. */
const namesOf = (site: Site, placement: Placement): string[] =>
  namesFor(zoneOf(placement), hostsOf(site, placement));

/** Home serves the CDN's region too, with the same certificate when it is its own. */
function certificatesOf(site: Site, placement: Placement): CertificatePlan[] {
  const forCdn = placement.traffic.cdn && placement.position === 'home';
  const regions = new Set([here(placement).region, ...(forCdn ? [CDN_REGION] : [])]);
  const names = namesOf(site, placement);
  return [...regions].map((region) => ({ key: certificateKey(region, names), region, names }));
}

/** ACM cannot change the names of a certificate, so other names make another one, which replaces it once issued. */
const certificateKey = (region: string, names: readonly string[]) =>
  `certificate-${region}-${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 8)}`;

const regionalWebAcl = ({ spec }: Site, placement: Placement): WebAclPlan => ({
  key: 'web-acl',
  region: here(placement).region,
  scope: 'REGIONAL',
  rateLimit: spec.rateLimit,
  behindCdn: placement.traffic.cdn,
  checkPaths: [placement.traffic.healthCheck.path, BEACON_PATH],
  loadBalancer: here(placement).facts.loadBalancer.arn,
});

const cdnWebAcl = ({ spec }: Site, { traffic }: Placement): WebAclPlan[] =>
  traffic.cdn && traffic.waf
    ? [
        {
          key: 'web-acl-cdn',
          region: CDN_REGION,
          scope: 'CLOUDFRONT',
          rateLimit: spec.rateLimit,
          behindCdn: false,
          checkPaths: [],
        },
      ]
    : [];

const acceleratorOf = ({ spec }: Site, placement: Placement): AcceleratorPlan => ({
  ...(spec.adopt?.accelerator && { adopt: spec.adopt.accelerator }),
  groups: placesOf(placement).map(({ position, place }) => ({
    key: `accelerator-${position}`,
    region: place.region,
    loadBalancer: place.facts.loadBalancer.arn,
  })),
});

function distributionOf(site: Site, placement: Placement): DistributionPlan {
  const { spec } = site;
  return {
    ...(spec.adopt?.distribution && { adopt: spec.adopt.distribution }),
    aliases: hostsOf(site, placement),
    origin: originHost(zoneOf(placement)),
    certificate: certificateKey(CDN_REGION, namesOf(site, placement)),
    ...(placement.traffic.waf && { webAcl: 'web-acl-cdn' }),
    http: spec.http,
    tls: spec.tls,
    shield: spec.shield,
    statics: staticsOf(site, placement),
  };
}

function staticsOf(site: Site, placement: Placement): DistributionPlan['statics'] {
  const files = site.spec.static;
  if (!files) return { paths: [], origins: [] };
  const bucket = { ...identityOf(site, placement), name: files.bucket };
  const origins = placesOf(placement).map(({ position, place }) => ({
    id: `static-${position}`,
    host: bucketHost(
      site.spec.adopt?.buckets?.[position] ?? bucketNameOf(bucket, place.region, placement.account),
      place.region,
    ),
    region: place.region,
  }));
  return { paths: files.paths, origins };
}
