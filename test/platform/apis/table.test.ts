import { tableKind } from '../../../platform/apis/table';
import { type Table, tableSchema } from '../../../spec/claims/table';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { asked, BY_OWNER, delivered, named, PROVISIONED, resources, settled, table } from './table-claims';

const name = (claim: Table, placement: Placement, resource: string) =>
  named(resources(claim, placement)[resource]?.manifest);

describe('a table', () => {
  test('has its replica from the home region, with stream, backup, protection and the peer’s own key', () => {
    expect(asked(table(), home, 'table')).toMatchObject({
      managementPolicies: ['Observe', 'Create', 'Update'],
      forProvider: {
        region: 'us-east-1',
        streamEnabled: true,
        streamViewType: 'NEW_AND_OLD_IMAGES',
        deletionProtectionEnabled: true,
        pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
        serverSideEncryption: { enabled: true, kmsKeyArn: home.home.facts.keys.data },
        replica: [
          {
            regionName: 'eu-west-1',
            kmsKeyArn: home.peer?.facts.keys.data,
            pointInTimeRecovery: true,
            deletionProtectionEnabled: true,
            consistencyMode: 'EVENTUAL',
          },
        ],
      },
    });
  });

  test('is only observed in the peer region, under the same name', () => {
    expect(asked(table(), peer, 'table')).toMatchObject({
      managementPolicies: ['Observe'],
      forProvider: { region: 'eu-west-1' },
    });
    expect(name(table(), peer, 'table')).toBe(name(table(), home, 'table'));
  });

  test('has no replica in an environment of one region', () => {
    expect(asked(table(), alone, 'table').forProvider).not.toHaveProperty('replica');
    expect(
      settled(table({ consistency: 'strong', witness: 'us-east-2' }), alone).composition.status.reason,
    ).toBe('');
  });

  test('is never of the kind GlobalTable, the version of 2017', () => {
    const kinds = [home, peer].flatMap((one) =>
      Object.values(resources(table(), one)).map((r) => r.manifest.kind),
    );
    expect(kinds).not.toContain('GlobalTable');
  });

  test('is found by the application under its name in its region', () => {
    expect(delivered(table(), peer)).toEqual({ TABLE: 'prod-storefront-shop-carts', REGION: 'eu-west-1' });
  });
});

const options: Record<string, { reason: string; spec: object; holds: object }> = {
  'a key': {
    reason: 'only attributes of keys are declared',
    spec: {},
    holds: {
      hashKey: 'id',
      rangeKey: 'at',
      attribute: [
        { name: 'id', type: 'S' },
        { name: 'at', type: 'N' },
      ],
    },
  },
  'an index on demand': {
    reason: 'indexes can come and go',
    spec: { indexes: [BY_OWNER] },
    holds: {
      billingMode: 'PAY_PER_REQUEST',
      globalSecondaryIndex: [
        { name: 'by-owner', hashKey: 'owner', projectionType: 'INCLUDE', nonKeyAttributes: ['title'] },
      ],
    },
  },
  'time to live': {
    reason: 'DynamoDB deletes expired items itself',
    spec: { ttl: 'expires' },
    holds: { ttl: { attributeName: 'expires', enabled: true } },
  },
  'no protection': {
    reason: 'a test environment is thrown away',
    spec: { deletionProtection: false },
    holds: { deletionProtectionEnabled: false },
  },
};

test.each(Object.entries(options))('option %s', (_, { spec, holds }) => {
  expect(asked(table(spec), home, 'table').forProvider).toMatchObject(holds);
});

describe('a provisioned table', () => {
  const claim = table({ ...PROVISIONED, indexes: [BY_OWNER] });

  test('names its units at birth only: the autoscaler changes them', () => {
    const { forProvider, initProvider } = asked(claim, home, 'table');
    expect(forProvider).not.toHaveProperty('readCapacity');
    expect(forProvider).not.toHaveProperty('globalSecondaryIndex');
    expect(initProvider).toMatchObject({
      readCapacity: 1,
      writeCapacity: 1,
      globalSecondaryIndex: [{ readCapacity: 1, writeCapacity: 1 }],
    });
  });

  test.each(['table-read', 'table-write', 'index-by-owner-read', 'index-by-owner-write'])(
    'scales %s between the same bounds in both regions',
    (dimension) => {
      for (const placement of [home, peer]) {
        expect(asked(claim, placement, `${dimension}-target`).forProvider).toMatchObject({
          minCapacity: 1,
          maxCapacity: 10,
          region: placement[placement.position]?.region,
        });
        expect(asked(claim, placement, `${dimension}-policy`).forProvider).toMatchObject({
          policyType: 'TargetTrackingScaling',
          targetTrackingScalingPolicyConfiguration: { targetValue: 70 },
        });
      }
    },
  );

  test('on demand needs none of that', () => {
    expect(Object.keys(resources(table(), home)).filter((one) => one.endsWith('-target'))).toEqual([]);
  });
});

describe('an adopted table', () => {
  const adopting = table({ adopt: { table: 'Carts' } });

  test('is found before anything about it is changed', () => {
    const { resources: first, status } = tableKind.compose(adopting, {}, home);
    expect(Object.keys(first)).toEqual(['table']);
    expect(first['table']?.manifest.spec).toMatchObject({ managementPolicies: ['Observe'] });
    expect(status.reason).toBe('waiting for table Carts to be found');
  });

  test('keeps its name, and another environment gets a table of its own', () => {
    expect([home, peer, alone].map((one) => name(adopting, one, 'table'))).toEqual([
      'Carts',
      'Carts',
      'dev-storefront-shop-carts',
    ]);
  });
});

const refused: Record<string, { reason: string; spec: object; path: string }> = {
  'no key': { reason: 'a table needs one', spec: { key: undefined }, path: 'spec.key' },
  'key without partition': {
    reason: 'items need a place',
    spec: { key: { sort: { name: 'at' } } },
    path: 'spec.key.partition',
  },
  'sort equal to partition': {
    reason: 'DynamoDB wants two attributes',
    spec: { key: { partition: { name: 'id' }, sort: { name: 'id' } } },
    path: 'spec.key.sort.name',
  },
  'two types of one attribute': {
    reason: 'an attribute of keys has one type',
    spec: { indexes: [{ name: 'by-at', partition: { name: 'at', type: 'S' } }] },
    path: 'spec.indexes',
  },
  'an index twice': {
    reason: 'names tell them apart',
    spec: { indexes: [BY_OWNER, BY_OWNER] },
    path: 'spec.indexes',
  },
  'min above max': {
    reason: 'bounds are in order',
    spec: { capacity: { provisioned: { min: 11, max: 10 } } },
    path: 'spec.capacity.provisioned.min',
  },
  'strong with dax': {
    reason: 'DAX would answer with old values',
    spec: { consistency: 'strong', witness: 'us-east-2', dax: {} },
    path: 'spec.dax',
  },
  'strong with ttl': {
    reason: 'DynamoDB has no TTL there',
    spec: { consistency: 'strong', witness: 'us-east-2', ttl: 'expires' },
    path: 'spec.ttl',
  },
  'strong without witness': {
    reason: 'three regions are needed',
    spec: { consistency: 'strong' },
    path: 'spec.witness',
  },
  'witness without strong': {
    reason: 'it would do nothing',
    spec: { witness: 'us-east-2' },
    path: 'spec.witness',
  },
  'backup of no days': {
    reason: 'point-in-time recovery is always on',
    spec: { backup: { days: 0 } },
    path: 'spec.backup.days',
  },
};

test.each(Object.entries(refused))('refuses %s', (_, { spec, path }) => {
  const { error } = tableSchema.safeParse({
    ...table(),
    spec: { key: { partition: { name: 'id' }, sort: { name: 'at', type: 'N' } }, ...spec },
  });
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
