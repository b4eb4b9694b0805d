import { tableKind } from '../../../platform/apis/table';
import type { Observed } from '../../../platform/kind';
import type { Table } from '../../../spec/claims/table';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { asked, delivered, named, PROVISIONED, resources, settled, table } from './table-claims';

const name = (claim: Table, placement: Placement, resource: string) =>
  named(resources(claim, placement)[resource]?.manifest);

const only = (claim: Table, placement: Placement, ...keys: string[]): Observed =>
  Object.fromEntries(
    Object.entries(settled(claim, placement).observed).filter(([one]) => keys.includes(one)),
  );

describe('DAX', () => {
  const claim = table({ dax: { ttl: 60 } });

  test.each([home, peer])(
    'stands in each region: three nodes over the data subnets, encrypted',
    (placement) => {
      expect(asked(claim, placement, 'dax').forProvider).toMatchObject({
        replicationFactor: 3,
        nodeType: 'dax.r5.large',
        serverSideEncryption: { enabled: true },
        clusterEndpointEncryptionType: 'TLS',
      });
      expect(asked(claim, placement, 'dax-subnet-group').forProvider['subnetIds']).toEqual(
        placement[placement.position]?.facts.subnets.data,
      );
      expect(asked(claim, placement, 'dax-parameter-group').forProvider['parameters']).toEqual([
        { name: 'query-ttl-millis', value: '60000' },
        { name: 'record-ttl-millis', value: '60000' },
      ]);
      expect(delivered(claim, placement)['DAX_ENDPOINT']).toMatch(/^daxs:\/\/.+\.amazonaws\.com:9111$/);
    },
  );

  test('may touch this table in both regions and nothing else', () => {
    const { Statement } = JSON.parse(String(asked(claim, home, 'dax-role-policy').forProvider['policy']));
    expect(Statement[0].Resource).toEqual([
      'arn:aws:dynamodb:us-east-1:111111111111:table/prod-storefront-shop-carts',
      'arn:aws:dynamodb:us-east-1:111111111111:table/prod-storefront-shop-carts/index/*',
      'arn:aws:dynamodb:eu-west-1:111111111111:table/prod-storefront-shop-carts',
      'arn:aws:dynamodb:eu-west-1:111111111111:table/prod-storefront-shop-carts/index/*',
    ]);
    expect(JSON.stringify(Statement)).not.toContain('"*"');
  });

  test('takes the role that home manages and the peer region observes', () => {
    expect(name(claim, peer, 'dax-role')).toBe(name(claim, home, 'dax-role'));
    expect(asked(claim, peer, 'dax-role').managementPolicies).toEqual(['Observe']);
    expect(resources(claim, peer)['dax-role-policy']).toBeUndefined();
  });
});

const full = table({ ...PROVISIONED, dax: {} });

const steps: Record<
  string,
  {
    reason: string;
    observed: Observed;
    placement: Placement;
    waits: string;
    composed: string[];
    not: string[];
  }
> = {
  'first at home': {
    reason: 'the replica stands in the first words: left out, it would be deleted',
    observed: {},
    placement: home,
    waits: 'waiting for the table',
    composed: ['table', 'dax-role', 'dax-role-policy'],
    not: ['table-write-target', 'dax', 'connection'],
  },
  'first in the peer region': {
    reason: 'home makes the replica and the role',
    observed: {},
    placement: peer,
    waits: 'waiting for home',
    composed: ['table', 'dax-role'],
    not: ['table-write-target', 'dax', 'dax-role-policy', 'connection'],
  },
  'the replica stands': {
    reason: 'the peer region scales and serves it',
    observed: only(full, peer, 'table', 'dax-role'),
    placement: peer,
    waits: 'waiting for ',
    composed: ['table-read-target', 'table-write-policy', 'dax', 'connection'],
    not: [],
  },
  'home is out of reach': {
    reason: 'what stands in the peer region is never withdrawn',
    observed: only(full, peer, 'dax', 'table-write-target', 'connection'),
    placement: peer,
    waits: 'waiting for home',
    composed: ['dax', 'table-write-target', 'table-read-policy', 'connection'],
    not: [],
  },
};

describe('step by step', () => {
  test.each(Object.entries(steps))('%s', (_, { observed, placement, waits, composed, not }) => {
    const { resources: now, status } = tableKind.compose(full, observed, placement);
    expect(status.reason).toContain(waits);
    expect(Object.keys(now)).toEqual(expect.arrayContaining(composed));
    for (const one of not) expect(now[one]).toBeUndefined();
  });

  test('the peer region is ready without IAM once DAX stands', () => {
    const { 'dax-role': _, ...rest } = settled(full, peer).observed;
    const { resources: now, status } = tableKind.compose(full, rest, peer);
    expect(Object.values(now).every(({ ready }) => ready)).toBe(true);
    expect(status.reason).toBe('');
  });

  test.each([home, peer, alone])('comes to rest with nothing to wait for', (placement) => {
    const { status } = settled(full, placement).composition;
    expect(status).toMatchObject({ reason: '', capacity: '1-10 at 70%', consistency: 'eventual' });
  });
});
