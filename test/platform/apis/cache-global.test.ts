import { cacheKind } from '../../../platform/apis/cache';
import type { Observed } from '../../../platform/kind';
import type { Cache } from '../../../spec/claims/cache';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { asked, cache, named, resources, saying, settled, without } from './cache-claims';

const GLOBAL = cache({ scope: 'global' });
const group = (claim: Cache, placement: Placement) => asked(claim, placement, 'group');
const compose = (claim: Cache, observed: Observed, placement: Placement) =>
  cacheKind.compose(claim, observed, placement);
const keys = (claim: Cache, observed: Observed, placement: Placement) =>
  Object.keys(compose(claim, observed, placement).resources);

describe('a global cache', () => {
  test('is born from the group in the home region', () => {
    const global = asked(GLOBAL, home, 'global-group');
    expect(global.managementPolicies).toEqual(['Observe', 'Create', 'Update']);
    expect(global.initProvider).toEqual({
      primaryReplicationGroupId: named(resources(GLOBAL, home)['group']?.manifest),
    });
    expect(global.forProvider).toMatchObject({
      cacheNodeType: 'cache.r7g.large',
      numNodeGroups: 1,
      automaticFailoverEnabled: true,
    });
  });

  test('is joined by the group in the peer region, which observes it by the full id of the home region', () => {
    const id = named(resources(GLOBAL, home)['global-group']?.manifest);
    expect(id).toBe('ldgnf-prod-storefront-shop-sessions');
    expect(named(resources(GLOBAL, peer)['global-group']?.manifest)).toBe(id);
    expect(asked(GLOBAL, peer, 'global-group').managementPolicies).toEqual(['Observe']);
    expect(group(GLOBAL, peer).initProvider['globalReplicationGroupId']).toBe(id);
  });

  test.each(['nodeType', 'engine', 'engineVersion', 'numNodeGroups', 'automaticFailoverEnabled'])(
    'decides %s for both members',
    (field) => {
      expect(group(GLOBAL, home).forProvider).not.toHaveProperty(field);
      expect(group(GLOBAL, peer).forProvider).not.toHaveProperty(field);
    },
  );

  /** The provider refuses these beside `globalReplicationGroupId`, wherever they stand. */
  test.each([
    'nodeType',
    'engine',
    'engineVersion',
    'numNodeGroups',
    'parameterGroupName',
    'transitEncryptionEnabled',
    'transitEncryptionMode',
    'atRestEncryptionEnabled',
    'authTokenSecretRef',
  ])('the joining group does not say %s', (field) => {
    const { forProvider, initProvider } = group(GLOBAL, peer);
    expect({ ...forProvider, ...initProvider }).not.toHaveProperty(field);
  });

  test('both members carry the fence and the keys of their own regions', () => {
    for (const placement of [home, peer]) {
      const { forProvider, initProvider } = group(GLOBAL, placement);
      expect(initProvider['tags']).toEqual({ 'flipside.dev/epoch': '0', 'flipside.dev/promoted': '0' });
      expect(forProvider['kmsKeyId']).toBe(placement[placement.position]?.facts.keys.data);
      expect(Object.keys(forProvider['tags'] as object)).not.toContain('flipside.dev/epoch');
    }
  });
});

describe('step by step', () => {
  test('no group before its token: it would be born without AUTH', () => {
    expect(keys(cache(), {}, home)).not.toContain('group');
    expect(compose(cache(), {}, home).status.reason).toBe('waiting for secret');
    expect(compose(cache(), {}, peer).status.reason).toBe('waiting for home');
  });

  test('the peer region waits for the global datastore to exist', () => {
    const nothingYet = saying(GLOBAL, peer, 'global-group', { primaryReplicationGroupId: '' });
    const waiting = compose(GLOBAL, without(nothingYet, 'group', 'connection'), peer);
    expect(Object.keys(waiting.resources)).toEqual(['subnet-group', 'global-group']);
    expect(waiting.status.reason).toBe('waiting for home');
  });

  test('the peer’s group is kept once composed, whatever becomes unknown', () => {
    const { group: kept, connection } = settled(GLOBAL, peer).observed;
    const lonely: Observed = { ...(kept && { group: kept }), ...(connection && { connection }) };
    expect(keys(GLOBAL, lonely, peer)).toEqual(expect.arrayContaining(['group', 'connection']));
  });

  test('the address is kept when an answer lacks it', () => {
    const observed = saying(cache(), home, 'group', { configurationEndpointAddress: undefined });
    expect(compose(cache(), observed, home)).toEqual(settled(cache(), home).composition);
  });
});

describe('promotion and rest', () => {
  test('the global datastore waits for the group it is born from', () => {
    const { observed } = settled(GLOBAL, home);
    expect(keys(GLOBAL, without(observed, 'group', 'global-group'), home)).not.toContain('global-group');
    expect(keys(GLOBAL, without(observed, 'group'), home)).toContain('global-group');
  });

  test('a promotion changes the status and not one byte of what is composed', () => {
    const names = {
      home: 'prod-us-east-1-storefront-shop-sessions',
      peer: 'prod-eu-west-1-storefront-shop-sessions',
    };
    for (const placement of [home, peer]) {
      const before = saying(GLOBAL, placement, 'global-group', { primaryReplicationGroupId: names.home });
      const after = saying(GLOBAL, placement, 'global-group', { primaryReplicationGroupId: names.peer });
      const [was, is] = [compose(GLOBAL, before, placement), compose(GLOBAL, after, placement)];
      expect(JSON.stringify(is.resources)).toBe(JSON.stringify(was.resources));
      expect([was.status['primary'], is.status['primary']]).toEqual(['us-east-1', 'eu-west-1']);
    }
  });

  test.each([home, peer, alone])('comes to rest with nothing to wait for', (placement) => {
    expect(settled(GLOBAL, placement).composition.status.reason).toBe('');
    expect(settled(cache(), placement).composition.status.reason).toBe('');
  });
});
