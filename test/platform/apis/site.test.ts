import { siteKind as kind } from '../../../platform/apis/site';
import type { Observed } from '../../../platform/kind';
import { observedFrom, settle } from '../../../platform/settle';
import type { Placement } from '../../../spec/placement';
import { alone } from '../../helpers/placement';
import { inHome, placements, settledSite, siteClaim, wish, wishesOf, withTraffic } from '../../helpers/site';
import { validateManifest } from '../../helpers/validate';

const [HOME, PEER] = ['us-east-1', 'eu-west-1'];
const STATIC = { static: { bucket: 'assets' } };

/** What the API server holds after one more composition. */
const step = (claim: ReturnType<typeof siteClaim>, observed: Observed, placement: Placement): Observed =>
  Object.fromEntries(
    Object.entries(kind.compose(claim, observed, placement).resources).map(([key, { manifest }]) => [
      key,
      observedFrom(manifest, kind.example(key, manifest, placement)),
    ]),
  );

const TRAFFIC = { routing: 'failover', cdn: true, waf: true, accelerator: true } as const;

test("X-46: the peer composes only what stands in its region, and manages nothing of home's", () => {
  const manifests = settledSite(siteClaim(STATIC), placements(TRAFFIC)[1]);
  expect(Object.values(manifests).map(({ kind }) => kind)).toEqual([
    'Certificate',
    'WebACL',
    'WebACLAssociation',
  ]);
  for (const manifest of Object.values(manifests)) expect(wish(manifest).region).toBe(PEER);
});

test("X-46: the proofs that home writes into the zone serve the peer's certificate too", () => {
  const [inHome, inPeer] = placements(TRAFFIC).map((placement) => settledSite(siteClaim(), placement));
  const peerCertificate = wish(Object.values(inPeer ?? {}).find(({ kind }) => kind === 'Certificate'));
  const names = [peerCertificate.domainName, ...(peerCertificate.subjectAlternativeNames ?? [])];
  for (const name of names)
    expect(Object.keys(inHome ?? {})).toContain(`validation-${String(name).replace('*.', '')}`);
});

test('a home region of us-east-1 needs one certificate for the load balancer and the CDN', () => {
  expect(wishesOf(inHome(TRAFFIC), 'Certificate')).toHaveLength(1);
  const [placement] = placements(TRAFFIC);
  const west = { ...placement, home: { ...placement.home, region: 'us-west-2' } };
  expect(wishesOf(settledSite(siteClaim(), west), 'Certificate').map((c) => c.region)).toEqual([
    'us-west-2',
    'us-east-1',
  ]);
});

test('C-06, X-14: a promotion changes nothing that is composed', () => {
  for (const placement of placements(TRAFFIC)) {
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
  const others = Object.entries(composition.resources).filter(
    ([, { manifest }]) => !kinds.includes(manifest.kind),
  );
  expect(others.map(([key]) => [key, again.resources[key]?.manifest])).toEqual(
    others.map(([key, { manifest }]) => [key, manifest]),
  );
});

test('a check that another one replaces stays until no record refers to it', () => {
  const { observed } = settle(kind, claim, placement);
  const slower = withTraffic(placement, { healthCheck: { interval: 30, failures: 3, path: '/health' } });
  const keys = (objects: Observed) => Object.keys(kind.compose(claim, objects, slower).resources);
  expect(keys(observed)).toEqual(expect.arrayContaining(['check-home-10s', 'check-home-30s']));
  expect(keys(settle(kind, claim, slower).observed)).not.toContain('check-home-10s');
  let now = observed;
  for (let round = 0; round < 4; round += 1) now = step(claim, now, slower);
  expect(Object.keys(now)).not.toContain('check-home-10s');
});

test('S0-12: the distribution waits until its certificate is signed', () => {
  const { observed } = settle(kind, claim, placement);
  const unsigned = Object.entries(observed).flatMap(([key, object]) => {
    if (object.kind === 'Distribution') return [];
    if (object.kind !== 'Certificate') return [[key, object]];
    return [[key, observedFrom(object, { id: 'arn', status: 'PENDING_VALIDATION' })]];
  });
  const { resources, status } = kind.compose(claim, Object.fromEntries(unsigned), placement);
  expect(Object.keys(resources)).not.toContain('distribution');
  expect(status.reason).toBe('waiting for certificate');
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
