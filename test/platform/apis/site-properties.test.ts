/** What holds for any valid claim under any traffic settings. */
import * as fc from 'fast-check';
import { siteKind as kind } from '../../../platform/apis/site';
import type { Manifest } from '../../../platform/kind';
import { settle } from '../../../platform/settle';
import type { Placement } from '../../../spec/placement';
import { alone, home } from '../../helpers/placement';
import { settledSite, siteClaim, wish, wishesOf, withTraffic } from '../../helpers/site';

const DOMAIN = 'shop.example.com';

const host = fc.constantFrom('', 'www.', 'app.', 'a.b.', 'm.').map((head) => `${head}${DOMAIN}`);
const spec = fc.record(
  {
    hosts: fc.uniqueArray(host, { minLength: 1, maxLength: 4 }),
    static: fc.record({ bucket: fc.constantFrom('assets', 'files') }),
    http: fc.constantFrom('redirect', 'refuse'),
    tls: fc.constantFrom('TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'),
    rateLimit: fc.integer({ min: 10, max: 2_000_000_000 }),
    weights: fc.record({ home: fc.integer({ min: 1, max: 255 }), peer: fc.integer({ min: 0, max: 255 }) }),
  },
  { requiredKeys: ['hosts'] },
);
const traffic = fc.record({
  routing: fc.constantFrom('latency', 'failover', 'weighted'),
  cdn: fc.boolean(),
  waf: fc.boolean(),
  accelerator: fc.boolean(),
  ttl: fc.integer({ min: 1, max: 3600 }),
  healthCheck: fc.record({
    interval: fc.constantFrom(10, 30),
    failures: fc.integer({ min: 1, max: 10 }),
    path: fc.constantFrom('/health', '/up', '/a.b(c)'),
  }),
});
const spread = fc.constantFrom<Placement>(home, { ...home, position: 'peer' }, alone);
const keyOf = ({ name, type, setIdentifier }: ReturnType<typeof wish>) =>
  [name, type, setIdentifier].join('|');
test('it settles, is pure, and never gives one name twice', () => {
  fc.assert(
    fc.property(spec, traffic, spread, (wished, settings, placement) => {
      const claim = siteClaim(wished);
      const at = withTraffic(placement, settings as Placement['traffic']);
      const frozen = JSON.stringify([claim, at]);
      const { composition, observed } = settle(kind, claim, at);
      expect(JSON.stringify(kind.compose(claim, observed, at))).toBe(JSON.stringify(composition));
      expect(JSON.stringify([claim, at])).toBe(frozen);
      expect(composition.status.reason).toBe('');
      const manifests = Object.values(composition.resources).map(({ manifest }) => manifest);
      const records = manifests.filter((one) => one.kind === 'Record').map((one) => keyOf(wish(one)));
      expect(new Set(records).size).toBe(records.length);
      const references = manifests
        .filter((one) => one.kind === 'HealthCheck')
        .map((one) => wish(one).referenceName);
      expect(new Set(references).size).toBe(references.length);
      expect(manifests.every((one) => one.metadata.name === undefined)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

const certified = (manifests: Record<string, Manifest>) =>
  new Set(wishesOf(manifests, 'Certificate').map((c) => [c.domainName, c.subjectAlternativeNames].join()));

test('both regions agree: same web ACL rules, same certificate names, records in home alone', () => {
  fc.assert(
    fc.property(spec, traffic, (wished, settings) => {
      const claim = siteClaim(wished);
      const at = withTraffic(home, settings as Placement['traffic']);
      const [one, two] = [settledSite(claim, at), settledSite(claim, { ...at, position: 'peer' })];
      expect(wish(one['web-acl']).ruleJson).toBe(wish(two['web-acl']).ruleJson);
      expect(certified(one)).toEqual(certified(two));
      expect(wishesOf(two, 'Record')).toEqual([]);
      const referenced = wishesOf(one, 'Record').flatMap((record) => record.healthCheckId ?? []);
      expect(referenced.length).toBeGreaterThanOrEqual(settings.accelerator ? 0 : 1);
    }),
    { numRuns: 200 },
  );
});
