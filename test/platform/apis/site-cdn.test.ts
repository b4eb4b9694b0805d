import type { Placement } from '../../../spec/placement';
import { alone } from '../../helpers/placement';
import { inHome, placements, recordsOf, settledSite, siteClaim, wish, wishesOf } from '../../helpers/site';

const [HOME, PEER] = ['us-east-1', 'eu-west-1'];
const STATIC = { static: { bucket: 'assets' } };

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
  expect(wishesOf(manifests, 'Distribution')).toHaveLength(1);
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
  const buckets = cdn.origin.filter((origin: { originId: string }) => origin.originId.startsWith('static-'));
  expect(buckets.map((b: { domainName: string }) => b.domainName)).toEqual(
    [HOME, PEER].map((r) => `prod-${r}-storefront-shop-assets-111111111111.s3.${r}.amazonaws.com`),
  );
  for (const bucket of buckets) expect(bucket.originAccessControlId).toBeTruthy();
  expect(wish(manifests['origin-access'])).toMatchObject({
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  });
});

const shields = (spec: object, placement: Placement) =>
  wish(settledSite(siteClaim({ ...STATIC, ...spec }), placement).distribution).origin.map(
    (origin: { originShield?: { originShieldRegion: string } }) => origin.originShield?.originShieldRegion,
  );

test("S4-52: the shield is in the bucket's region, or the nearest that has one", () => {
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
