import { tableProblems } from '../../../spec/claims/table-regions';
import { home, peer } from '../../helpers/placement';
import { asked, PAIR, resources, settled, table } from './table-claims';

describe('a strongly consistent table', () => {
  const claim = table({ consistency: 'strong', witness: 'us-east-2' });
  const [inUs] = PAIR;

  test('has a witness in a third region of the set', () => {
    expect(asked(claim, inUs, 'table').forProvider).toMatchObject({
      globalTableWitness: { regionName: 'us-east-2' },
      replica: [{ regionName: 'us-west-2', consistencyMode: 'STRONG' }],
    });
    expect(resources(claim, inUs)['lag-alarm']).toBeUndefined();
  });

  test('is nothing, and says why, where the regions lie in no common set', () => {
    const { resources: none, status, conditions } = settled(claim, home).composition;
    expect(none).toEqual({});
    expect(status.reason).toBe('not possible in these regions');
    expect(conditions[0]?.message).toContain('EU (eu-west-1, eu-west-2, eu-west-3, eu-central-1)');
  });
});

const sets: Record<
  string,
  { reason: string; at: [home: string, peer: string, witness: string]; problem: string }
> = {
  US: { reason: 'all in one set', at: ['us-east-1', 'us-west-2', 'us-east-2'], problem: '' },
  EU: { reason: 'any two of four', at: ['eu-west-1', 'eu-central-1', 'eu-west-3'], problem: '' },
  AP: { reason: 'a set of three', at: ['ap-northeast-1', 'ap-northeast-3', 'ap-northeast-2'], problem: '' },
  'over the ocean': {
    reason: 'no set has both',
    at: ['us-east-1', 'eu-west-1', 'us-east-2'],
    problem: 'strong in us-east-1 and eu-west-1, expected both in one of the region sets US (',
  },
  'witness elsewhere': {
    reason: 'the witness is of the set too',
    at: ['us-east-1', 'us-west-2', 'eu-west-1'],
    problem: 'strong in us-east-1 and us-west-2 with witness eu-west-1, expected witness us-east-2',
  },
  'witness is home': {
    reason: 'three regions, not two',
    at: ['eu-west-1', 'eu-west-2', 'eu-west-1'],
    problem: 'with witness eu-west-1, expected witness eu-west-3 or eu-central-1',
  },
};

describe('the regions of a strongly consistent table', () => {
  test.each(Object.entries(sets))('regions: %s', (_, { at: [first, second, witness], problem }) => {
    const problems = tableProblems({ consistency: 'strong', witness }, { home: first, peer: second });
    expect(problems.join()).toContain(problem);
    expect(problems).toHaveLength(problem ? 1 : 0);
  });

  test('no region is wrong for an eventually consistent one', () => {
    expect(tableProblems(table().spec, { home: 'us-east-1', peer: 'eu-west-1' })).toEqual([]);
  });
});

describe('replication', () => {
  test.each([
    [home, 'eu-west-1'],
    [peer, 'us-east-1'],
  ])('is watched from each region', (placement, to) => {
    expect(asked(table(), placement, 'lag-alarm').forProvider).toMatchObject({
      metricName: 'ReplicationLatency',
      dimensions: { TableName: 'prod-storefront-shop-carts', ReceivingRegion: to },
      threshold: 60_000,
    });
  });
});
