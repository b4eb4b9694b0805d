import { directHost, entryHost, originHost } from '../../../model/site-hosts';
import { siteProblems, siteSchema } from '../../../spec/claims/site';
import type { Placement } from '../../../spec/placement';
import { home } from '../../helpers/placement';
import { siteClaim } from '../../helpers/site';

const DOMAIN = 'shop.example.com';

function refusal(spec: Record<string, unknown>) {
  const result = siteSchema.safeParse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'Site',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { hosts: [DOMAIN], ...spec },
  });
  return (result.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('a claim that is wrong in itself', () => {
  const cases: Record<string, { reason: string; spec: Record<string, unknown>; says: string }> = {
    'no host': {
      reason: 'nothing to serve',
      spec: { hosts: [] },
      says: 'spec.hosts: no host, expected at least one',
    },
    'duplicate hosts': {
      reason: 'one record each',
      spec: { hosts: [DOMAIN, DOMAIN] },
      says: 'spec.hosts: names a host twice, expected each once',
    },
    'not a host': {
      reason: 'a URL is no name',
      spec: { hosts: ['https://shop.example.com'] },
      says: 'spec.hosts.0: expected a lower-case DNS name, for example shop.example.com',
    },
    'rate limit 9': {
      reason: "S4-60: AWS's minimum is 10",
      spec: { rateLimit: 9 },
      says: 'expected 10 to 2000000000',
    },
    'weights of 0': {
      reason: 'nobody would be served',
      spec: { weights: { home: 0, peer: 0 } },
      says: 'spec.weights: both weights 0, expected at least one above 0',
    },
    'weight 256': {
      reason: 'Route 53 has 0 to 255',
      spec: { weights: { home: 256, peer: 0 } },
      says: 'expected 0 to 255',
    },
    'shield without files': {
      reason: 'S4-52: the application is not cached',
      spec: { shield: true },
      says: 'spec.shield: nothing to cache, expected static beside it or shield: false',
    },
    'path without /': {
      reason: 'CloudFront path pattern',
      spec: { static: { bucket: 'assets', paths: ['static/*'] } },
      says: 'spec.static.paths.0: expected a path that starts with /',
    },
    'older TLS': { reason: 'X-27: a field, with safe values', spec: { tls: 'TLSv1_2016' }, says: 'spec.tls' },
    'unknown field': { reason: 'spelling', spec: { host: DOMAIN }, says: 'Unrecognized key: "host"' },
  };
  test.each(Object.entries(cases))('%s', (_, { spec, says }) => {
    expect(refusal(spec).join('\n')).toContain(says);
  });
});

type Misfit = {
  reason: string;
  spec: Record<string, unknown>;
  traffic?: Partial<Placement['traffic']>;
  says: string;
};
const misfits: Record<string, Misfit> = {
  'host outside the zone': {
    reason: 'S0-09: the zone is the estate',
    spec: { hosts: [DOMAIN, 'other.example.com'] },
    says: `spec.hosts.1: outside the domain of the estate, expected ${DOMAIN} or a name that ends in .${DOMAIN}`,
  },
  'host that only ends alike': {
    reason: 'no label boundary',
    spec: { hosts: [`my${DOMAIN}`] },
    says: 'outside the domain',
  },
  'name of the platform': {
    reason: 'S0-10: the entry has a name of its own',
    spec: { hosts: [`entry-us-east-1.${DOMAIN}`] },
    says: '"entry-us-east-1" is taken by the platform, expected another name',
  },
  "name in another environment's zone": {
    reason: 'dev has its own zone',
    spec: { hosts: [`a.dev.${DOMAIN}`] },
    says: '"dev" is taken',
  },
  'static without a CDN': {
    reason: 'only the CDN reads buckets',
    spec: { static: { bucket: 'assets' } },
    traffic: { cdn: false },
    says: 'spec.static: the estate has no CDN, expected traffic.cdn: true in estate.yaml',
  },
  'weights without weighted routing': {
    reason: 'they would say nothing',
    spec: { weights: { home: 1, peer: 1 } },
    says: 'spec.weights: the estate routes by latency, expected no weights or traffic.routing: weighted',
  },
  'weights behind an accelerator': {
    reason: 'X-16: one layer decides',
    spec: { weights: { home: 1, peer: 1 } },
    traffic: { routing: 'weighted', accelerator: true },
    says: 'the accelerator leads each user to the nearest region',
  },
};
const said = (spec: Record<string, unknown>, traffic: Partial<Placement['traffic']> = {}) =>
  siteProblems(siteClaim(spec).spec, {
    domain: DOMAIN,
    traffic: { ...home.traffic, ...traffic } as never,
  }).map(
    // the estate's interval is a literal type
    ({ path, half }) => `${path.join('.')}: ${half}`,
  );

test.each(Object.entries(misfits))('it does not fit its estate: %s', (_, { spec, traffic, says }) => {
  expect(said(spec, traffic).join('\n')).toContain(says);
});

test('apex, names below it and names below those fit', () => {
  expect(said({ hosts: [DOMAIN, `www.${DOMAIN}`, `a.b.${DOMAIN}`] })).toEqual([]);
});

test("no host can be one of the platform's own names", () => {
  for (const host of [entryHost('ap-southeast-2', DOMAIN), originHost(DOMAIN), directHost(DOMAIN)])
    expect(said({ hosts: [host] })).toHaveLength(1);
});
