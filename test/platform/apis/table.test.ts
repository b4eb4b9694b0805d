import { tableKind } from '../../../platform/apis/table';
import type { Observed } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type Table, tableSchema } from '../../../spec/claims/table';
import { tableProblems } from '../../../spec/claims/table-regions';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';

const key = { partition: { name: 'id' }, sort: { name: 'at', type: 'N' } };
const byOwner = { name: 'by-owner', partition: { name: 'owner' }, include: ['title'] };
const table = (spec: object = {}): Table =>
  tableSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'Table',
    metadata: { name: 'carts', namespace: 'shop' },
    spec: { key, ...spec },
  });

const PROVISIONED = { capacity: { provisioned: { min: 1, max: 10 } } };
const settled = (claim: Table, placement: Placement) => settle(tableKind, claim, placement);
const resources = (claim: Table, placement: Placement) => settled(claim, placement).composition.resources;

interface Asked {
  readonly forProvider: Record<string, unknown>;
  readonly initProvider?: Record<string, unknown>;
  readonly managementPolicies: readonly string[];
}
const asked = (claim: Table, placement: Placement, resource: string) =>
  resources(claim, placement)[resource]?.manifest.spec as Asked;
const named = (claim: Table, placement: Placement, resource: string) =>
  resources(claim, placement)[resource]?.manifest.metadata.annotations?.[EXTERNAL_NAME];
const delivered = (claim: Table, placement: Placement) => {
  const { data } = (resources(claim, placement)['connection']?.manifest ?? {}) as {
    data?: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]),
  );
};

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
    expect(named(table(), peer, 'table')).toBe(named(table(), home, 'table'));
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
    spec: { indexes: [byOwner] },
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
  const claim = table({ ...PROVISIONED, indexes: [byOwner] });

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

describe('a strongly consistent table', () => {
  const claim = table({ consistency: 'strong', witness: 'us-east-2' });
  const inUs: Placement = { ...home, peer: { ...peer.home, region: 'us-west-2' } };

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
    expect(named(claim, peer, 'dax-role')).toBe(named(claim, home, 'dax-role'));
    expect(asked(claim, peer, 'dax-role').managementPolicies).toEqual(['Observe']);
    expect(resources(claim, peer)['dax-role-policy']).toBeUndefined();
  });
});

describe('step by step', () => {
  const compose = (claim: Table, observed: Observed, placement: Placement) =>
    tableKind.compose(claim, observed, placement);
  const only = (claim: Table, placement: Placement, ...keys: string[]): Observed =>
    Object.fromEntries(
      Object.entries(settled(claim, placement).observed).filter(([one]) => keys.includes(one)),
    );
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

  test.each(Object.entries(steps))('%s', (_, { observed, placement, waits, composed, not }) => {
    const { resources: now, status } = compose(full, observed, placement);
    expect(status.reason).toContain(waits);
    expect(Object.keys(now)).toEqual(expect.arrayContaining(composed));
    for (const one of not) expect(now[one]).toBeUndefined();
  });

  test('the peer region is ready without IAM once DAX stands', () => {
    const { 'dax-role': _, ...rest } = settled(full, peer).observed;
    const { resources: now, status } = compose(full, rest, peer);
    expect(Object.values(now).every(({ ready }) => ready)).toBe(true);
    expect(status.reason).toBe('');
  });

  test.each([home, peer, alone])('comes to rest with nothing to wait for', (placement) => {
    const { status } = settled(full, placement).composition;
    expect(status).toMatchObject({ reason: '', capacity: '1-10 at 70%', consistency: 'eventual' });
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
    expect([home, peer, alone].map((one) => named(adopting, one, 'table'))).toEqual([
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
    spec: { indexes: [byOwner, byOwner] },
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
  const { error } = tableSchema.safeParse({ ...table(), spec: { key, ...spec } });
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
