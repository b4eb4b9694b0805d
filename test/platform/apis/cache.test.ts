import { cacheKind } from '../../../platform/apis/cache';
import { type Cache, cacheSchema } from '../../../spec/claims/cache';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { asked, cache, named, resources } from './cache-claims';

const group = (claim: Cache, placement: Placement) => asked(claim, placement, 'group');

describe('a regional cache', () => {
  test.each([
    ['home', home],
    ['peer', peer],
    ['an environment of one region', alone],
  ])('stands on its own in %s', (_, placement) => {
    expect(Object.keys(resources(cache(), placement))).toEqual(
      expect.arrayContaining(['subnet-group', 'parameter-group', 'group', 'token', 'connection']),
    );
    expect(resources(cache(), placement)['global-group']).toBeUndefined();
    expect(group(cache(), placement).forProvider).toMatchObject({
      engine: 'valkey',
      clusterMode: 'enabled',
      numNodeGroups: 1,
      replicasPerNodeGroup: 1,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: 'true',
    });
  });

  test('is what a global one becomes where there is no peer region', () => {
    expect(resources(cache({ scope: 'global' }), alone)).toEqual(resources(cache(), alone));
  });

  test('lies in the data subnets and opens to the cache security group only', () => {
    const { facts } = home.home;
    expect(asked(cache(), home, 'subnet-group').forProvider['subnetIds']).toEqual(facts.subnets.data);
    expect(group(cache(), home).forProvider['securityGroupIds']).toEqual([facts.securityGroups.cache]);
  });
});

const options: Record<string, { reason: string; spec: object; key: string; holds: object }> = {
  size: {
    reason: 'a size is a node type, never a burstable one',
    spec: { size: 'xlarge' },
    key: 'group',
    holds: { nodeType: 'cache.r7g.4xlarge' },
  },
  shards: {
    reason: 'cluster mode spreads the keys',
    spec: { shards: 3, replicas: 2 },
    key: 'group',
    holds: { numNodeGroups: 3, replicasPerNodeGroup: 2 },
  },
  snapshots: {
    reason: 'days are kept as asked',
    spec: { snapshot: { days: 0 } },
    key: 'group',
    holds: { snapshotRetentionLimit: 0 },
  },
  cache: {
    reason: 'any key may go when the memory is full',
    spec: { purpose: 'cache' },
    key: 'parameter-group',
    holds: { parameter: expect.arrayContaining([{ name: 'maxmemory-policy', value: 'allkeys-lru' }]) },
  },
  sessions: {
    reason: 'a login goes only if it expires anyway',
    spec: { purpose: 'sessions' },
    key: 'parameter-group',
    holds: { parameter: expect.arrayContaining([{ name: 'maxmemory-policy', value: 'volatile-lru' }]) },
  },
  'cluster mode': {
    reason: 'the parameter group has to agree with the group',
    spec: {},
    key: 'parameter-group',
    holds: {
      family: 'valkey8',
      parameter: expect.arrayContaining([{ name: 'cluster-enabled', value: 'yes' }]),
    },
  },
};

test.each(Object.entries(options))('option %s', (_, { spec, key, holds }) => {
  expect(asked(cache(spec), home, key).forProvider).toMatchObject(holds);
});

test('the two regions are maintained on different days', () => {
  const days = [home, peer].map((one) => group(cache(), one).forProvider['maintenanceWindow']);
  expect(new Set(days).size).toBe(2);
});

describe('the AUTH token', () => {
  test('is generated once, in the home region, and replicated with the peer’s own key', () => {
    expect(asked(cache(), home, 'secret').forProvider['replica']).toEqual([
      { region: 'eu-west-1', kmsKeyId: home.peer?.facts.keys.data },
    ]);
    expect(Object.keys(resources(cache(), peer))).not.toContain('secret');
  });

  test('is given to a group at birth only', () => {
    expect(group(cache(), home).initProvider['authTokenSecretRef']).toEqual({
      name: 'sessions-token',
      key: 'token',
    });
    expect(group(cache(), home).forProvider).not.toHaveProperty('authTokenSecretRef');
  });

  test('reaches the application with the address, and nothing else holds it', () => {
    const text = JSON.stringify(resources(cache(), home));
    expect(text).toContain('rediss://:{{ .token }}@clustercfg.');
    expect(resources(cache(), home)['connection']?.manifest.spec).toMatchObject({
      target: {
        name: 'sessions-connection',
        template: { data: { PORT: '6379', TLS: 'true', TOKEN: '{{ .token }}' } },
      },
    });
  });
});

describe('an adopted cache', () => {
  const adopting = cache({
    scope: 'global',
    adopt: { home: 'old-home', peer: 'old-peer', global: 'ldgnf-old', secret: 'old/token' },
  });

  test('is found before anything about it is changed', () => {
    for (const placement of [home, peer]) {
      const { resources: first } = cacheKind.compose(adopting, {}, placement);
      expect(Object.keys(first)).toEqual(['group']);
      expect(first['group']?.manifest.spec).toMatchObject({ managementPolicies: ['Observe'] });
    }
  });

  test('keeps what AWS cannot change and the token it has', () => {
    const { forProvider, initProvider } = group(adopting, home);
    expect(Object.keys(forProvider)).not.toContain('kmsKeyId');
    expect(initProvider).toMatchObject({ kmsKeyId: expect.anything(), port: 6379 });
    expect(resources(adopting, home)['secret']).toBeUndefined();
    expect(JSON.stringify(resources(adopting, peer)['connection'])).toContain('old/token');
    expect(named(resources(adopting, peer)['global-group']?.manifest)).toBe('ldgnf-old');
  });

  test('is production’s: another environment gets a group of its own', () => {
    expect(named(resources(adopting, alone)['group']?.manifest)).toBe(
      'dev-us-east-1-storefront-shop-sessions',
    );
  });
});

const refused: Record<string, { reason: string; spec: object; path: string }> = {
  'no shard': { reason: 'keys need a place', spec: { shards: 0 }, path: 'spec.shards' },
  'no replica': {
    reason: 'the loss of a zone would lose the cache',
    spec: { replicas: 0 },
    path: 'spec.replicas',
  },
  'no size': { reason: 'a size has no default', spec: { size: undefined }, path: 'spec.size' },
  'unknown scope': { reason: 'two scopes exist', spec: { scope: 'world' }, path: 'spec.scope' },
  'long snapshots': {
    reason: 'ElastiCache keeps 35 days',
    spec: { snapshot: { days: 36 } },
    path: 'spec.snapshot.days',
  },
  'a team twice': { reason: 'one delivery each', spec: { teams: ['web', 'web'] }, path: 'spec.teams' },
  'a field of AWS': { reason: 'claims speak in sizes', spec: { nodeType: 'cache.t4g.micro' }, path: 'spec' },
  'a datastore without scope global': {
    reason: 'a regional cache is in no datastore',
    spec: { adopt: { home: 'old', global: 'ldgnf-old', secret: 'old' } },
    path: 'spec.adopt.global',
  },
};

test.each(Object.entries(refused))('refuses %s', (_, { spec, path }) => {
  const { error } = cacheSchema.safeParse({ ...cache(), spec: { size: 'small', ...spec } });
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
