/** `Site`: the public names of an estate, and all that stands between its users and its load balancers. */
import * as z from 'zod';
import type { Estate } from '../estate';
import { count, domainName, label } from '../scalars';
import { type Claim, cel, claimSchema } from './claim';

/** Leaves room for the label of an environment below 253, the longest DNS name. */
const MAX_HOST = 200;

const unique = (values: readonly string[]) => new Set(values).size === values.length;

const uniqueRule = (field: string, noun: string) => ({
  rule: `self.${field}.all(one, self.${field}.exists_one(other, other == one))`,
  message: `each ${noun} is listed once`,
});

const hosts = z
  .array(
    domainName.max(MAX_HOST, { error: `longer than ${MAX_HOST} characters, expected at most ${MAX_HOST}` }),
  )
  .min(1, { error: 'no host, expected at least one' })
  .max(10, { error: 'more than 10 hosts, expected at most 10' })
  .refine(unique, { error: 'names a host twice, expected each once' })
  .meta({ description: 'Public names inside the domain of the estate; the first is the canonical one' });

const path = z
  .string()
  .max(128, { error: 'longer than 128 characters, expected at most 128' })
  .regex(/^\/[A-Za-z0-9_.*$/~"'@:+-]*$/, {
    error: 'expected a path that starts with /, for example /static/*',
  });

const statics = z
  .strictObject({
    bucket: label(30, 'Bucket claim of the same team that holds the files'),
    paths: z
      .array(path)
      .min(1, { error: 'no path, expected at least one' })
      .max(10, { error: 'more than 10 paths, expected at most 10' })
      .refine(unique, { error: 'names a path twice, expected each once' })
      .default(['/static/*'])
      .meta({ description: 'Paths that the CDN serves from the bucket instead of the application' }),
  })
  .meta({
    description: 'Files that the CDN caches and reads from the buckets of both regions; needs a CDN',
    ...cel(uniqueRule('paths', 'path')),
  });

const weights = z
  .strictObject({
    home: count(0, 255, 'Weight of the home region'),
    peer: count(0, 255, 'Weight of the peer region'),
  })
  .refine(({ home, peer }) => home + peer > 0, { error: 'both weights 0, expected at least one above 0' })
  .meta({
    description: 'Shares of the traffic under weighted routing; left out: equal',
    ...cel({ rule: 'self.home + self.peer > 0', message: 'at least one weight is above 0' }),
  });

const spec = z
  .strictObject({
    hosts,
    static: statics.optional(),
    shield: z
      .boolean()
      .default(false)
      .meta({ description: 'A further cache in front of the buckets, which merges equal requests' }),
    http: z
      .enum(['redirect', 'refuse'])
      .default('redirect')
      .meta({ description: 'What the CDN does with plain HTTP' }),
    /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html (2026-11) */
    tls: z
      .enum(['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'])
      .default('TLSv1.3_2025')
      .meta({ description: 'Security policy of the CDN; TLSv1.3_2025 shuts out clients without TLS 1.3' }),
    /** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based-high-level-settings.html (2026-11) */
    rateLimit: count(
      10,
      2_000_000_000,
      'Requests that one address may send in 5 minutes; needs a WAF',
    ).default(2000),
    weights: weights.optional(),
    adopt: z
      .strictObject({
        distribution: z
          .string()
          .min(1)
          .optional()
          .meta({ description: 'Id of the existing CDN distribution' }),
        accelerator: z.string().min(1).optional().meta({ description: 'ARN of the existing accelerator' }),
        buckets: z
          .strictObject({ home: z.string().min(3), peer: z.string().min(3).optional() })
          .optional()
          .meta({ description: 'Names of the buckets, where the Bucket claim takes over existing ones' }),
      })
      .optional()
      .meta({ description: 'Existing resources to take over; existing DNS records are always taken over' }),
  })
  .refine(({ shield, static: files }) => !shield || files !== undefined, {
    path: ['shield'],
    error: 'nothing to cache, expected static beside it or shield: false',
  })
  .meta(
    cel(uniqueRule('hosts', 'host'), {
      rule: '!self.shield || has(self.static)',
      message: 'shield needs static: the application is never cached',
    }),
  );

/** Shape of a `Site` claim. */
export const siteSchema = claimSchema('Site', spec);
/** Spec of a `Site`, defaults filled in. */
export type SiteSpec = z.output<typeof spec>;
/** A `Site` claim. */
export type Site = Claim<SiteSpec>;

/** A value of a claim that does not fit its estate. */
export interface SiteProblem {
  /** Path in the claim's file. */
  readonly path: readonly (string | number)[];
  /** `<current>, expected <allowed>` */
  readonly half: string;
}

/** First labels below the domain that the platform's own names or another environment's zone have. */
const RESERVED = /^(entry-[a-z0-9-]+|origin|direct|dev|staging)$/;

/** What in a valid `Site` does not fit the estate that it is committed to. */
export function siteProblems(site: SiteSpec, estate: Pick<Estate, 'domain' | 'traffic'>): SiteProblem[] {
  return [
    ...site.hosts.flatMap((host, index) => hostProblem(host, index, estate.domain)),
    ...trafficProblems(site, estate.traffic),
  ];
}

function hostProblem(host: string, index: number, domain: string): SiteProblem[] {
  const path = ['spec', 'hosts', index];
  if (host === domain) return [];
  if (!host.endsWith(`.${domain}`))
    return [
      {
        path,
        half: `outside the domain of the estate, expected ${domain} or a name that ends in .${domain}`,
      },
    ];
  const last =
    host
      .slice(0, -domain.length - 1)
      .split('.')
      .at(-1) ?? '';
  if (!RESERVED.test(last)) return [];
  return [
    { path, half: `"${last}" is taken by the platform, expected another name, for example www.${domain}` },
  ];
}

function trafficProblems(site: SiteSpec, { cdn, routing, accelerator }: Estate['traffic']): SiteProblem[] {
  const problems: [boolean, string, string][] = [
    [
      site.static !== undefined && !cdn,
      'static',
      'the estate has no CDN, expected traffic.cdn: true in estate.yaml',
    ],
    [
      site.weights !== undefined && routing !== 'weighted',
      'weights',
      `the estate routes by ${routing}, expected no weights or traffic.routing: weighted in estate.yaml`,
    ],
    [
      site.weights !== undefined && accelerator,
      'weights',
      'the accelerator leads each user to the nearest region, expected no weights or traffic.accelerator: false in estate.yaml',
    ],
  ];
  return problems.flatMap(([wrong, field, half]) => (wrong ? [{ path: ['spec', field], half }] : []));
}
