import { rpoOf } from '../../../review/numbers/rpo';
import type { RenderedEstate } from '../../../review/rendered';
import { committed, declared, rewritten } from './_estates';

const storeOf = (estate: RenderedEstate, store: string) => {
  const found = rpoOf(estate).lines.find((line) => line.store === store);
  if (!found) throw new Error(`Cannot find the loss of ${store}`);
  return found;
};

test.each<[string, string, number | undefined, boolean, string]>([
  ['storefront', 'shop/orders', 1, true, 'a database follows by less than a second'],
  ['storefront', 'shop/media', 900, false, 'objects may take a quarter of an hour'],
  ['storefront', 'shop/sessions', undefined, false, 'logins of a regional cache are gone'],
  ['global-tables', 'app/sessions', undefined, true, 'what a cache holds besides can be made again'],
  ['warm-standby', 'shop/sessions', 1, true, 'a global cache follows'],
  ['warm-standby', 'shop/content', 900, false, 'objects may take a quarter of an hour'],
  ['global-tables', 'app/items', 5, true, 'a table follows within seconds'],
])('%s %s: %s s, %s: %s', (name, store, bound, meets) => {
  const line = storeOf(committed(name), store);
  expect([line.bound, line.meets]).toEqual([bound, meets]);
});

test('an estate without data has no line and no objective', () => {
  expect(rpoOf(committed('pilot-light'))).toEqual({ lines: [], meets: true });
});

test('a table that is strongly consistent loses nothing', () => {
  const strong = rewritten('global-tables', (object) => {
    if (object.kind === 'Table' && object.spec.forProvider?.replica)
      object.spec.forProvider.replica[0].consistencyMode = 'STRONG';
  });
  expect(storeOf(strong, 'app/items').bound).toBe(0);
});

test('without its replica a table has no bound', () => {
  const alone = rewritten('global-tables', (object) => {
    if (object.kind === 'Table') delete object.spec.forProvider?.replica;
  });
  expect(storeOf(alone, 'app/items')).toMatchObject({ meets: false });
  expect(storeOf(alone, 'app/items').bound).toBeUndefined();
});

test('a database whose peer stands alone has no bound', () => {
  const alone = rewritten('storefront', (object, cluster) => {
    if (object.kind === 'Cluster' && cluster === 'prod-eu-west-1')
      delete object.spec.initProvider?.globalClusterIdentifier;
  });
  expect(storeOf(alone, 'shop/orders').bound).toBeUndefined();
  expect(storeOf(alone, 'shop/orders').meets).toBe(false);
});

test('commits that wait give a hard bound', () => {
  const waiting = rewritten('storefront', (object) => {
    if (object.kind === 'ClusterParameterGroup')
      object.spec.forProvider.parameter.push({ name: 'rds.global_db_rpo', value: '30' });
  });
  expect(storeOf(waiting, 'shop/orders').bound).toBe(30);
});

test('replication without time control has no bound', () => {
  const slow = rewritten('warm-standby', (object) => {
    if (object.kind === 'BucketReplicationConfiguration')
      delete object.spec.forProvider.rule[0].destination.replicationTime;
  });
  expect(storeOf(slow, 'shop/content').bound).toBeUndefined();
});

test('a longer objective is met by the same mechanism', () => {
  const patient = declared('warm-standby', ({ estate }) => {
    estate.objectives.rpo = 900;
  });
  expect(rpoOf(patient).meets).toBe(true);
});
