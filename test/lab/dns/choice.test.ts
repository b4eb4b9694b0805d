/** Which record of several answers. */
import * as fc from 'fast-check';
import { chosen, recordsOf } from '../../../lab/dns/choice';
import type { RecordSet } from '../../../lab/dns/records';
import { zoneOf } from './_names';

const NAME = 'www.shop.example.com';

/** A record whose only value is also the id of its check. */
const record = (id: string, policy: Partial<RecordSet>): RecordSet => ({
  name: NAME,
  type: 'A',
  ttl: 60,
  records: [id],
  setIdentifier: id,
  healthCheckId: id,
  ...policy,
});

const weighted = (id: string, weight: number) => record(id, { weightedRoutingPolicy: { weight } });
const latency = (region: string) => record(region, { latencyRoutingPolicy: { region } });
const failover = (type: 'PRIMARY' | 'SECONDARY') => record(type, { failoverRoutingPolicy: { type } });

function answered(
  records: readonly RecordSet[],
  ill: readonly string[],
  client: { region?: string; draw?: number } = {},
): string | undefined {
  const names = zoneOf(records, { health: Object.fromEntries(ill.map((id) => [id, false])) });
  return chosen(names, recordsOf(names, NAME, 'A'), client)?.records?.[0];
}

const pair = [failover('SECONDARY'), failover('PRIMARY')];

test.each([
  { ill: [], to: 'PRIMARY', reason: 'both are healthy' },
  { ill: ['PRIMARY'], to: 'SECONDARY', reason: 'the primary is not' },
  { ill: ['SECONDARY'], to: 'PRIMARY', reason: 'the secondary does not matter' },
  { ill: ['PRIMARY', 'SECONDARY'], to: 'PRIMARY', reason: 'neither is, so both count as healthy' },
])('failover gives $to: $reason', ({ ill, to }) => {
  expect(answered(pair, ill)).toBe(to);
});

test('a secondary without a check is always healthy', () => {
  const bare = { ...failover('SECONDARY'), healthCheckId: undefined };
  expect(answered([failover('PRIMARY'), bare], ['PRIMARY'])).toBe('SECONDARY');
});

const regions = [latency('us-east-1'), latency('us-west-2'), latency('eu-west-1')];

test.each([
  { from: 'eu-west-1', ill: [], to: 'eu-west-1', reason: 'the same region' },
  { from: 'us-east-1', ill: ['us-east-1'], to: 'us-west-2', reason: 'the same continent' },
  { from: 'ap-south-1', ill: [], to: 'us-east-1', reason: 'as far as any other' },
  {
    from: undefined,
    ill: ['us-east-1'],
    to: 'us-west-2',
    reason: 'a client nobody knows gets the first healthy one',
  },
  {
    from: 'eu-west-1',
    ill: ['us-east-1', 'us-west-2', 'eu-west-1'],
    to: 'eu-west-1',
    reason: 'none is healthy',
  },
])('latency from $from gives $to: $reason', ({ from, ill, to }) => {
  expect(answered(regions, ill, { region: from })).toBe(to);
});

test.each([
  { weights: [3, 1], ill: [], draw: 0.74, to: 'a', reason: 'three quarters' },
  { weights: [3, 1], ill: [], draw: 0.76, to: 'b', reason: 'the last quarter' },
  { weights: [3, 1], ill: ['a'], draw: 0, to: 'b', reason: 'the other one is unhealthy' },
  { weights: [1, 0], ill: [], draw: 0.99, to: 'a', reason: 'weight 0 gets nothing while another may answer' },
  { weights: [1, 0], ill: ['a'], draw: 0, to: 'b', reason: 'weight 0 answers when no other may' },
  {
    weights: [1, 0],
    ill: ['a', 'b'],
    draw: 0.99,
    to: 'a',
    reason: 'none is healthy, so weights count again',
  },
  { weights: [0, 0], ill: [], draw: 0.6, to: 'b', reason: 'all weigh nothing: equals' },
])('weights $weights, draw $draw, ill $ill give $to: $reason', ({ weights, ill, draw, to }) => {
  const records = weights.map((weight, index) => weighted('ab'.charAt(index), weight));
  expect(answered(records, ill, { draw })).toBe(to);
});

test('one record alone answers though it is unhealthy', () => {
  expect(answered([record('only', {})], ['only'])).toBe('only');
});

const policies: Record<string, (id: string, index: number) => RecordSet> = {
  failover: (id, index) =>
    record(id, { failoverRoutingPolicy: { type: index === 0 ? 'PRIMARY' : 'SECONDARY' } }),
  latency: (id, index) =>
    record(id, { latencyRoutingPolicy: { region: ['us-east-1', 'eu-west-1'][index] ?? '' } }),
  weighted: (id, index) => weighted(id, index),
};

test('under any policy an unhealthy record never answers while a healthy one is there', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(policies)),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (policy, healthy, draw) => {
        const ids = healthy.map((_, index) => `r${index}`);
        const ill = ids.filter((_, index) => !healthy[index]);
        const to = answered(ids.map(policy), ill, { draw, region: 'eu-west-1' });
        expect(ids).toContain(to);
        expect(ill.length === ids.length || !ill.includes(to ?? '')).toBe(true);
      },
    ),
  );
});
