import { BEACON_PATH } from '../../../model/site-hosts';
import { site as kind } from '../../../platform/apis/site';
import type { Manifest, Observed } from '../../../platform/kind';
import { observedFrom, settle } from '../../../platform/settle';
import type { Placement } from '../../../spec/placement';
import { alone, home } from '../../helpers/placement';
import { placements, settledSite, siteClaim, wish, withTraffic } from '../../helpers/site';
import { validateManifest } from '../../helpers/validate';

const [HOME, PEER] = ['us-east-1', 'eu-west-1'];
const STATIC = { static: { bucket: 'assets' } };

const ofKind = (manifests: Record<string, Manifest>, name: string) =>
  Object.values(manifests).filter((manifest) => manifest.kind === name);
const wishes = (manifests: Record<string, Manifest>, name: string) => ofKind(manifests, name).map(wish);
const inHome = (traffic: Partial<Placement['traffic']>, spec = {}) =>
  settledSite(siteClaim(spec), placements(traffic)[0]);
const recordsOf = (manifests: Record<string, Manifest>, name: string) =>
  wishes(manifests, 'Record').filter((record) => record.name === name);

describe('records', () => {
  test('S0-08, S1-04: latency routing has one record for each region, each with a health check', () => {
    const records = recordsOf(inHome({ routing: 'latency' }), 'shop.example.com');
    expect(records.map((r) => [r.setIdentifier, r.latencyRoutingPolicy.region])).toEqual([
      [HOME, HOME],
      [PEER, PEER],
    ]);
    expect(records.every((r) => r.healthCheckId)).toBe(true);
    expect(new Set(records.map((r) => r.healthCheckId)).size).toBe(2);
  });

  test("S0-09: they are alias A records in the estate's zone that evaluate the target's health", () => {
    const records = recordsOf(inHome({ routing: 'latency' }), 'shop.example.com');
    for (const record of records) {
      expect(record.type).toBe('A');
      expect(record.zoneId).toBe(home.home.facts.hostedZone.id);
      expect(record.alias.evaluateTargetHealth).toBe(true);
    }
    expect(records.map((r) => r.alias.name)).toEqual(
      [home.home, home.peer].map((place) => place?.facts.loadBalancer.dnsName),
    );
  });

  test('S2-05, S2-08, S4-32: under failover routing apex and www have a PRIMARY and a SECONDARY record', () => {
    const manifests = inHome(
      { routing: 'failover' },
      { hosts: ['shop.example.com', 'www.shop.example.com'] },
    );
    for (const name of ['shop.example.com', 'www.shop.example.com'])
      expect(recordsOf(manifests, name).map((r) => [r.setIdentifier, r.failoverRoutingPolicy.type])).toEqual([
        [HOME, 'PRIMARY'],
        [PEER, 'SECONDARY'],
      ]);
  });

  test('weights are those of the claim, or equal', () => {
    const weights = (spec: object) =>
      recordsOf(inHome({ routing: 'weighted' }, spec), 'shop.example.com').map(
        (r) => r.weightedRoutingPolicy.weight,
      );
    expect(weights({ weights: { home: 90, peer: 10 } })).toEqual([90, 10]);
    expect(weights({})).toEqual([100, 100]);
  });

  test('S3-09: names and references are the same on every creation, so what exists is taken over', () => {
    const manifests = inHome({ routing: 'failover' });
    expect(manifests['record-shop.example.com-home']?.metadata.annotations).toEqual({
      'crossplane.io/external-name': `Z00000000000000000001_shop.example.com_A_${HOME}`,
    });
    for (const check of wishes(manifests, 'HealthCheck'))
      expect(check.referenceName.length).toBeLessThanOrEqual(27);
  });

  test('an environment of one region has a simple record with one check, below its own zone', () => {
    const manifests = settledSite(siteClaim(), withTraffic(alone, { cdn: false, waf: false }));
    const [record, ...others] = recordsOf(manifests, 'dev.shop.example.com');
    expect(others).toEqual([]);
    expect(record?.setIdentifier).toBeUndefined();
    expect(record?.healthCheckId).toBeTruthy();
    expect(ofKind(manifests, 'HealthCheck')).toHaveLength(1);
  });
});

describe('health checks', () => {
  const cases: Record<string, { reason: string; healthCheck: Placement['traffic']['healthCheck'] }> = {
    'S0-10, S3-08': {
      reason: 'every 10 s, 3 failures',
      healthCheck: { interval: 10, failures: 3, path: '/health' },
    },
    'S4-34': {
      reason: 'every 30 s, 3 failures',
      healthCheck: { interval: 30, failures: 3, path: '/health' },
    },
    other: { reason: 'estate decides', healthCheck: { interval: 10, failures: 1, path: '/up' } },
  };
  test.each(Object.entries(cases))(
    '%s: each region is asked by HTTPS under its own name',
    (_, { healthCheck }) => {
      const checks = wishes(inHome({ routing: 'latency', healthCheck }), 'HealthCheck');
      expect(checks.map((check) => check.fqdn)).toEqual([
        `entry-${HOME}.shop.example.com`,
        `entry-${PEER}.shop.example.com`,
      ]);
      for (const check of checks)
        expect(check).toMatchObject({
          type: 'HTTPS',
          port: 443,
          resourcePath: healthCheck.path,
          requestInterval: healthCheck.interval,
          failureThreshold: healthCheck.failures,
          invertHealthcheck: false,
        });
    },
  );

  test('the name that is asked leads to its own region only', () => {
    const manifests = inHome({ routing: 'failover' });
    const [entry, ...others] = recordsOf(manifests, `entry-${PEER}.shop.example.com`);
    expect(others).toEqual([]);
    expect(entry?.alias.name).toBe(home.peer?.facts.loadBalancer.dnsName);
    expect(entry?.healthCheckId).toBeUndefined();
  });

  test("X-14: the standby's beacon decides, asked through its own entry and inverted", () => {
    const beacons = wishes(inHome({ routing: 'failover' }), 'HealthCheck').filter((c) => c.invertHealthcheck);
    expect(beacons).toHaveLength(1);
    expect(beacons[0]).toMatchObject({ fqdn: `entry-${PEER}.shop.example.com`, resourcePath: BEACON_PATH });
  });

  test('another interval makes another check, as Route 53 cannot change it', () => {
    const keys = [10, 30].map((interval) =>
      Object.keys(inHome({ healthCheck: { interval, failures: 3, path: '/health' } })).filter((k) =>
        /check-home/.test(k),
      ),
    );
    expect(keys[0]).not.toEqual(keys[1]);
  });
});

describe('CDN', () => {
  const manifests = inHome(
    { routing: 'latency', cdn: true, waf: true },
    { ...STATIC, shield: true, http: 'refuse' },
  );
  const cdn = wish(manifests.distribution);
  const certificate = wish(
    Object.entries(manifests).find(([key]) => key.startsWith('certificate-us-east-1'))?.[1],
  );

  test('S0-12: it has the names of the site and a certificate of us-east-1', () => {
    expect(cdn.aliases).toEqual(['shop.example.com']);
    expect(cdn.viewerCertificate.acmCertificateArn).toMatch(/^arn:aws:acm:us-east-1:/);
    expect(cdn.viewerCertificate.cloudfrontDefaultCertificate).toBe(false);
    expect(certificate.domainName).toBe('*.shop.example.com');
    expect(certificate.subjectAlternativeNames).toEqual(['shop.example.com']);
  });

  test('S0-14, X-03: there is one distribution, and its origin is a name that Route 53 leads to a region', () => {
    expect(ofKind(manifests, 'Distribution')).toHaveLength(1);
    const application = cdn.origin.find((origin: { originId: string }) => origin.originId === 'application');
    expect(application.domainName).toBe('origin.shop.example.com');
    expect(recordsOf(manifests, 'origin.shop.example.com').map((r) => r.setIdentifier)).toEqual([HOME, PEER]);
  });

  test('the public names lead to the distribution, whose health cannot be evaluated', () => {
    const records = recordsOf(manifests, 'shop.example.com');
    expect(records.map((r) => r.type)).toEqual(['A', 'AAAA']);
    for (const record of records)
      expect(record.alias).toEqual({
        name: expect.stringMatching(/\.cloudfront\.net$/),
        zoneId: 'Z2FDTNDATAQYW2',
        evaluateTargetHealth: false,
      });
  });

  test('S1-05, S4-50: plain HTTP is refused or redirected, as the claim says', () => {
    expect(cdn.defaultCacheBehavior.viewerProtocolPolicy).toBe('https-only');
    const redirecting = wish(inHome({ cdn: true }).distribution);
    expect(redirecting.defaultCacheBehavior.viewerProtocolPolicy).toBe('redirect-to-https');
  });

  test('S1-54, X-27: the security policy is a field, TLS 1.3 by default', () => {
    expect(cdn.viewerCertificate.minimumProtocolVersion).toBe('TLSv1.3_2025');
    const older = wish(inHome({ cdn: true }, { tls: 'TLSv1.2_2021' }).distribution);
    expect(older.viewerCertificate.minimumProtocolVersion).toBe('TLSv1.2_2021');
  });

  test('S0-16: static paths are cached, the application is not', () => {
    const [files] = cdn.orderedCacheBehavior;
    expect(files.pathPattern).toBe('/static/*');
    expect(files.cachePolicyId).toBe('658327ea-f89d-4fab-a63d-7e88639e58f6');
    expect(cdn.defaultCacheBehavior.cachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(cdn.defaultCacheBehavior.allowedMethods).toContain('POST');
  });

  test('S4-50, S4-53: static files come from the buckets of both regions, writes never do', () => {
    expect(cdn.originGroup[0].member.map((m: { originId: string }) => m.originId)).toEqual([
      'static-home',
      'static-peer',
    ]);
    expect(cdn.originGroup[0].failoverCriteria.statusCodes).toEqual(
      expect.arrayContaining([500, 502, 503, 504]),
    );
    expect(cdn.orderedCacheBehavior[0]).toMatchObject({
      targetOriginId: 'static',
      allowedMethods: ['GET', 'HEAD'],
    });
    expect(cdn.defaultCacheBehavior.targetOriginId).toBe('application');
    expect(cdn.priceClass).toBe('PriceClass_All');
  });

  test('S0-15, S4-51, X-04: buckets are read with origin access control, at their regional names', () => {
    const buckets = cdn.origin.filter((origin: { originId: string }) =>
      origin.originId.startsWith('static-'),
    );
    expect(buckets.map((b: { domainName: string }) => b.domainName)).toEqual(
      [HOME, PEER].map((r) => `prod-${r}-storefront-shop-assets-111111111111.s3.${r}.amazonaws.com`),
    );
    for (const bucket of buckets) expect(bucket.originAccessControlId).toBeTruthy();
    expect(wish(manifests['origin-access'])).toMatchObject({
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
  });

  test("S4-52: the shield is in the bucket's region, or the nearest that has one", () => {
    const shields = (spec: object, placement: Placement) =>
      wish(settledSite(siteClaim({ ...STATIC, ...spec }), placement).distribution).origin.map(
        (origin: { originShield?: { originShieldRegion: string } }) =>
          origin.originShield?.originShieldRegion,
      );
    const [placement] = placements({ cdn: true });
    expect(shields({ shield: true }, placement)).toEqual([undefined, HOME, PEER]);
    expect(shields({}, placement)).toEqual([undefined, undefined, undefined]);
    const west = { ...placement, home: { ...placement.home, region: 'us-west-1' } };
    expect(shields({ shield: true }, west)[1]).toBe('us-west-2');
  });

  test('with one region the static files have one origin and no group', () => {
    const own = wish(settledSite(siteClaim(STATIC), alone).distribution);
    expect(own.originGroup).toBeUndefined();
    expect(own.orderedCacheBehavior[0].targetOriginId).toBe('static-home');
  });

  test('adopted buckets and distributions are used by their own names', () => {
    const adopt = { distribution: 'E1ADOPTED', buckets: { home: 'old-home', peer: 'old-peer' } };
    const { distribution } = inHome({ cdn: true }, { ...STATIC, adopt });
    expect(distribution?.metadata.annotations).toEqual({ 'crossplane.io/external-name': 'E1ADOPTED' });
    expect(wish(distribution).origin[1].domainName).toBe(`old-home.s3.${HOME}.amazonaws.com`);
  });
});

describe('WAF', () => {
  const traffic = { cdn: true, waf: true } as const;
  const rules = (manifest: Manifest | undefined) => JSON.parse(wish(manifest).ruleJson);

  test('S0-13, S1-05, S1-56: the CDN carries a web ACL of us-east-1', () => {
    const manifests = inHome(traffic);
    expect(wish(manifests['web-acl-cdn'])).toMatchObject({ scope: 'CLOUDFRONT', region: 'us-east-1' });
    expect(wish(manifests.distribution).webAclId).toMatch(/^arn:aws:wafv2:us-east-1:.*global\/webacl\//);
  });

  test('S1-56, S2-30, S4-57: each region puts a web ACL in front of its own load balancer', () => {
    const associated = placements(traffic).map((placement) => {
      const manifests = settledSite(siteClaim(), placement);
      expect(wish(manifests['web-acl'])).toMatchObject({ scope: 'REGIONAL' });
      return wish(manifests['web-acl-association']).resourceArn;
    });
    expect(associated).toEqual([home.home, home.peer].map((place) => place?.facts.loadBalancer.arn));
  });

  test.each(['web-acl', 'web-acl-cdn'])(
    'S4-58, S4-59, S4-60: %s blocks by managed groups and by rate',
    (key) => {
      const all = rules(inHome(traffic, { rateLimit: 500 })[key]);
      const groups = all.flatMap((rule: any) => rule.Statement.ManagedRuleGroupStatement?.Name ?? []); // eslint-disable-line typescript/no-explicit-any -- AWS JSON
      expect(groups).toEqual([
        'AWSManagedRulesAmazonIpReputationList',
        'AWSManagedRulesCommonRuleSet',
        'AWSManagedRulesKnownBadInputsRuleSet',
        'AWSManagedRulesSQLiRuleSet',
      ]);
      expect(all.slice(1).every((rule: { OverrideAction: object }) => 'None' in rule.OverrideAction)).toBe(
        true,
      );
      expect(all[0].Statement.RateBasedStatement).toMatchObject({ Limit: 500, EvaluationWindowSec: 300 });
      expect(all[0].Action).toEqual({ Block: {} });
      expect(all.map((rule: { Priority: number }) => rule.Priority)).toEqual([0, 1, 2, 3, 4]);
    },
  );

  test('no limit stops the health checkers: a blocked one would fail the region over', () => {
    const [rate] = rules(
      inHome({ waf: true, healthCheck: { interval: 10, failures: 3, path: '/health.txt' } })['web-acl'],
    );
    const pattern = new RegExp(
      rate.Statement.RateBasedStatement.ScopeDownStatement.NotStatement.Statement.RegexMatchStatement
        .RegexString,
    );
    expect(['/health.txt', '/primary', '/healthXtxt', '/login'].map((path) => pattern.test(path))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('behind the CDN the limit counts the sender, not the CDN', () => {
    const key = (manifests: Record<string, Manifest>, acl: string) =>
      rules(manifests[acl])[0].Statement.RateBasedStatement.AggregateKeyType;
    expect(key(inHome(traffic), 'web-acl')).toBe('FORWARDED_IP');
    expect(key(inHome(traffic), 'web-acl-cdn')).toBe('IP');
    expect(key(inHome({ waf: true }), 'web-acl')).toBe('IP');
  });

  test('S2-30, S2-31: without the options there is no web ACL and no distribution', () => {
    const kinds = Object.values(inHome({ routing: 'failover' })).map((manifest) => manifest.kind);
    expect(kinds).not.toContain('WebACL');
    expect(kinds).not.toContain('Distribution');
  });
});

describe('accelerator', () => {
  const manifests = inHome({ routing: 'failover', accelerator: true });

  test('S3-16, X-16: it has one endpoint group for each region with the dial at 100', () => {
    const groups = wishes(manifests, 'EndpointGroup');
    expect(groups.map((g) => [g.endpointGroupRegion, g.trafficDialPercentage])).toEqual([
      [HOME, 100],
      [PEER, 100],
    ]);
    expect(groups.map((g) => g.endpointConfiguration[0])).toEqual(
      [home.home, home.peer].map((place) => ({
        endpointId: place?.facts.loadBalancer.arn,
        weight: 128,
        clientIpPreservationEnabled: true,
      })),
    );
  });

  test('S3-16: the name leads to the accelerator', () => {
    const primary = recordsOf(manifests, 'shop.example.com').find(
      (r) => r.failoverRoutingPolicy.type === 'PRIMARY',
    );
    expect(primary?.alias).toMatchObject({
      name: expect.stringMatching(/\.awsglobalaccelerator\.com$/),
      zoneId: 'Z2BJ6XQ5FK7U4H',
    });
    const [simple, ...others] = recordsOf(
      inHome({ routing: 'latency', accelerator: true }),
      'shop.example.com',
    );
    expect(simple?.alias.zoneId).toBe('Z2BJ6XQ5FK7U4H');
    expect(others).toEqual([]);
  });

  test('its addresses outlive the claim', () => {
    expect(
      (manifests.accelerator?.spec as { managementPolicies: string[] }).managementPolicies,
    ).not.toContain('Delete');
  });
});

describe('regions', () => {
  const traffic = { routing: 'failover', cdn: true, waf: true, accelerator: true } as const;

  test("X-46: the peer composes only what stands in its region, and manages nothing of home's", () => {
    const manifests = settledSite(siteClaim(STATIC), placements(traffic)[1]);
    expect(Object.values(manifests).map(({ kind }) => kind)).toEqual([
      'Certificate',
      'WebACL',
      'WebACLAssociation',
    ]);
    for (const manifest of Object.values(manifests)) expect(wish(manifest).region).toBe(PEER);
  });

  test("X-46: the proofs that home writes into the zone serve the peer's certificate too", () => {
    const [inHome, inPeer] = placements(traffic).map((placement) => settledSite(siteClaim(), placement));
    const peerCertificate = wish(Object.values(inPeer ?? {}).find(({ kind }) => kind === 'Certificate'));
    const names = [peerCertificate.domainName, ...(peerCertificate.subjectAlternativeNames ?? [])];
    for (const name of names)
      expect(Object.keys(inHome ?? {})).toContain(`validation-${String(name).replace('*.', '')}`);
  });

  test('a home region of us-east-1 needs one certificate for the load balancer and the CDN', () => {
    expect(ofKind(inHome(traffic), 'Certificate')).toHaveLength(1);
    const [placement] = placements(traffic);
    const west = { ...placement, home: { ...placement.home, region: 'us-west-2' } };
    expect(wishes(settledSite(siteClaim(), west), 'Certificate').map((c) => c.region)).toEqual([
      'us-west-2',
      'us-east-1',
    ]);
  });

  test('C-06, X-14: a promotion changes nothing that is composed', () => {
    for (const placement of placements(traffic)) {
      const { composition, observed } = settle(kind, siteClaim(STATIC), placement);
      const before = JSON.stringify(composition);
      for (const promoted of [HOME, PEER])
        for (const epoch of [0, 1, 7]) {
          const config = observedFrom(
            {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name: 'primary-region' },
              data: { region: promoted, epoch },
            },
            {},
          );
          expect(JSON.stringify(kind.compose(siteClaim(STATIC), { ...observed, config }, placement))).toBe(
            before,
          );
        }
    }
  });
});

describe('waiting', () => {
  const [placement, inPeer] = placements({ routing: 'failover', cdn: true, waf: true, accelerator: true });
  const claim = siteClaim(STATIC);
  const first = kind.compose(claim, {}, placement);

  test('nothing that needs an id of AWS is composed before AWS has given it', () => {
    const kinds = Object.values(first.resources).map(({ manifest }) => manifest.kind);
    for (const late of ['Distribution', 'Listener', 'EndpointGroup', 'WebACLAssociation'])
      expect(kinds).not.toContain(late);
    expect(Object.keys(first.resources)).not.toContain('check-home-serves');
    expect(first.status.reason).toBe('waiting for certificate');
  });

  test('everything is ready in the end, and the status names what AWS gave', () => {
    const { composition } = settle(kind, claim, placement);
    expect(Object.values(composition.resources).every(({ ready }) => ready)).toBe(true);
    expect(composition.status).toMatchObject({
      hosts: ['shop.example.com'],
      routing: 'failover',
      entry: 'entry-us-east-1.shop.example.com',
      distribution: expect.stringMatching(/cloudfront\.net$/),
      accelerator: expect.stringMatching(/awsglobalaccelerator\.com$/),
      reason: '',
    });
  });

  test('a certificate that is not signed is not ready, and the peer waits for home', () => {
    const { observed } = settle(kind, claim, inPeer);
    const unsigned: Observed = Object.fromEntries(
      Object.entries(observed).map(([key, object]) => [
        key,
        object.kind === 'Certificate'
          ? observedFrom(object, { id: 'arn', status: 'PENDING_VALIDATION' })
          : object,
      ]),
    );
    expect(kind.compose(claim, unsigned, inPeer).status.reason).toBe('waiting for home');
  });

  const losses: Record<string, { reason: string; kinds: readonly string[] }> = {
    'status of the checks': { reason: 'the API server was restored', kinds: ['HealthCheck'] },
    certificate: { reason: 'names changed, another one is being signed', kinds: ['Certificate'] },
    'web ACL': { reason: 'deleted by hand', kinds: ['WebACL'] },
    accelerator: { reason: 'deleted by hand', kinds: ['Accelerator', 'Listener'] },
    'origin access': { reason: 'deleted by hand', kinds: ['OriginAccessControl'] },
    distribution: { reason: 'deleted by hand', kinds: ['Distribution'] },
  };
  test.each(Object.entries(losses))('what stands is kept while an answer is lost: %s', (_, { kinds }) => {
    const { composition, observed } = settle(kind, claim, placement);
    const lost = Object.fromEntries(
      Object.entries(observed).filter(([, object]) => !kinds.includes(object.kind)),
    );
    const again = kind.compose(claim, lost, placement);
    for (const [key, { manifest }] of Object.entries(composition.resources))
      if (!kinds.includes(manifest.kind))
        expect([key, again.resources[key]?.manifest]).toEqual([key, manifest]);
  });

  test('other names make another certificate, and the distribution keeps the old one until it is signed', () => {
    const { observed, composition } = settle(kind, claim, placement);
    const wider = siteClaim({ ...STATIC, hosts: ['shop.example.com', 'a.b.shop.example.com'] });
    const next = kind.compose(wider, observed, placement);
    expect(wish(next.resources.distribution?.manifest)).toEqual(
      wish(composition.resources.distribution?.manifest),
    );
    expect(wish(settledSite(wider, placement).distribution).aliases).toHaveLength(2);
  });

  test('every field is one that the pinned provider has', () => {
    for (const one of [placement, inPeer, ...placements({ routing: 'weighted' }), alone])
      for (const manifest of Object.values(settledSite(siteClaim({ ...STATIC, shield: true }), one)))
        expect(validateManifest(manifest)).toEqual([]);
  });

  test('each kind it composes is activated', () => {
    const composed = [placement, inPeer].flatMap((one) =>
      Object.values(settledSite(claim, one)).map(
        (m) => `${m.kind.toLowerCase()}s.${m.apiVersion.split('/')[0]}`,
      ),
    );
    expect([...new Set(composed)].filter((name) => !kind.activates.includes(name))).toEqual([]);
  });
});
