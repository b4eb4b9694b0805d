import { BEACON_PATH } from '../../../model/site-hosts';
import type { Placement } from '../../../spec/placement';
import { alone, home } from '../../helpers/placement';
import { inHome, recordsOf, settledSite, siteClaim, wishesOf, withTraffic } from '../../helpers/site';

const [HOME, PEER] = ['us-east-1', 'eu-west-1'];

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
  const manifests = inHome({ routing: 'failover' }, { hosts: ['shop.example.com', 'www.shop.example.com'] });
  for (const name of ['shop.example.com', 'www.shop.example.com'])
    expect(recordsOf(manifests, name).map((r) => [r.setIdentifier, r.failoverRoutingPolicy.type])).toEqual([
      [HOME, 'PRIMARY'],
      [PEER, 'SECONDARY'],
    ]);
});

const weights = (spec: object) =>
  recordsOf(inHome({ routing: 'weighted' }, spec), 'shop.example.com').map(
    (r) => r.weightedRoutingPolicy.weight,
  );

test('weights are those of the claim, or equal', () => {
  expect(weights({ weights: { home: 90, peer: 10 } })).toEqual([90, 10]);
  expect(weights({})).toEqual([100, 100]);
});

test('S3-09: names and references are the same on every creation, so what exists is taken over', () => {
  const manifests = inHome({ routing: 'failover' });
  expect(manifests['record-shop.example.com-home']?.metadata.annotations).toEqual({
    'crossplane.io/external-name': `Z00000000000000000001_shop.example.com_A_${HOME}`,
  });
  for (const check of wishesOf(manifests, 'HealthCheck'))
    expect(check.referenceName.length).toBeLessThanOrEqual(27);
});

test('an environment of one region has a simple record with one check, below its own zone', () => {
  const manifests = settledSite(siteClaim(), withTraffic(alone, { cdn: false, waf: false }));
  const [record, ...others] = recordsOf(manifests, 'dev.shop.example.com');
  expect(others).toEqual([]);
  expect(record?.setIdentifier).toBeUndefined();
  expect(record?.healthCheckId).toBeTruthy();
  expect(wishesOf(manifests, 'HealthCheck')).toHaveLength(1);
});

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
    const checks = wishesOf(inHome({ routing: 'latency', healthCheck }), 'HealthCheck');
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
  const beacons = wishesOf(inHome({ routing: 'failover' }), 'HealthCheck').filter((c) => c.invertHealthcheck);
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
