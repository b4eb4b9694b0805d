import { postgresDatabaseKind } from '../../../../platform/apis/postgres-database';
import type { Observed } from '../../../../platform/kind';
import type { Placement } from '../../../../spec/placement';
import { home, peer } from '../../../helpers/placement';
import { claimOf } from './claims';
import { answering, manifestsIn, settled, silent } from './observed';

const claim = claimOf({ login: 'password' });
const HOME = 'arn:aws:rds:us-east-1:111111111111:cluster:prod-us-east-1-storefront-shop-orders';
const PEER = 'arn:aws:rds:eu-west-1:111111111111:cluster:prod-eu-west-1-storefront-shop-orders';

const compose = (observed: Observed, placement: Placement) =>
  postgresDatabaseKind.compose(claim, observed, placement);

const steady = { home: settled(claim, home).observed, peer: settled(claim, peer).observed };

const only = (observed: Observed, ...keys: string[]): Observed =>
  Object.fromEntries(keys.map((key) => [key, observed[key]!]));

const members = (...arns: string[]) => ({
  globalClusterMembers: arns.map((dbClusterArn, index) => ({ dbClusterArn, isWriter: index === 0 })),
});

const groups = ['subnets', 'cluster-parameters-16', 'parameters-16'];

const begun = ['global', ...groups, 'secret', 'secret-generator'];
const cases: Record<
  string,
  { reason: string; placement: Placement; observed: Observed; waits: string; cluster: boolean }
> = {
  'first reconcile in home': {
    reason: 'no cluster before its password and the global database',
    placement: home,
    observed: {},
    waits: 'waiting for secret',
    cluster: false,
  },
  'password pushed': {
    reason: 'it still has to be read back',
    placement: home,
    observed: only(steady.home, ...begun, 'secret-value'),
    waits: 'waiting for secret',
    cluster: false,
  },
  'global database missing': {
    reason: 'a cluster cannot join what is not there',
    placement: home,
    observed: silent(only(steady.home, ...begun, 'secret-value', 'master-password'), 'global'),
    waits: 'waiting for global database',
    cluster: false,
  },
  'cluster due': {
    reason: 'password and global database are there',
    placement: home,
    observed: only(steady.home, ...begun, 'secret-value', 'master-password'),
    waits: 'waiting for cluster',
    cluster: true,
  },
  'cluster ready': {
    reason: 'now its instances',
    placement: home,
    observed: only(steady.home, ...begun, 'secret-value', 'master-password', 'cluster'),
    waits: 'waiting for instances',
    cluster: true,
  },
  'ready in home': {
    reason: 'everything stands',
    placement: home,
    observed: steady.home,
    waits: '',
    cluster: true,
  },
  'first reconcile in peer': {
    reason: 'a cluster made before home’s would be the writer',
    placement: peer,
    observed: {},
    waits: 'waiting for home',
    cluster: false,
  },
  'peer sees an empty global database': {
    reason: 'home’s cluster is not a member yet',
    placement: peer,
    observed: answering(only(steady.peer, 'global', ...groups), 'global', members()),
    waits: 'waiting for home',
    cluster: false,
  },
  'peer sees home': {
    reason: 'home’s cluster is the writer',
    placement: peer,
    observed: only(steady.peer, 'global', ...groups),
    waits: 'waiting for cluster',
    cluster: true,
  },
  'rebuilt peer without home': {
    reason: 'home was removed after a disaster, the peer’s own cluster is a member',
    placement: peer,
    observed: answering(only(steady.peer, 'global', ...groups), 'global', members(PEER)),
    waits: 'waiting for cluster',
    cluster: true,
  },
  'standing peer and an empty list': {
    reason: 'leaving the cluster out would make Crossplane delete it',
    placement: peer,
    observed: answering(steady.peer, 'global', members()),
    waits: '',
    cluster: true,
  },
  'standing peer and no answer': {
    reason: 'a region that does not answer is no reason to delete anything',
    placement: peer,
    observed: silent(steady.peer, 'global'),
    waits: 'waiting for global database',
    cluster: true,
  },
  'ready in peer': {
    reason: 'everything stands',
    placement: peer,
    observed: steady.peer,
    waits: '',
    cluster: true,
  },
};

describe('what is composed, and what is waited for', () => {
  test.each(Object.entries(cases))('%s', (_, { placement, observed, waits, cluster }) => {
    const { resources, status } = compose(observed, placement);
    expect(status.reason).toBe(waits);
    expect('cluster' in resources).toBe(cluster);
  });
});

test('nothing that was composed is ever left out, whatever is no longer answered', () => {
  for (const [placement, observed] of [
    [home, steady.home],
    [peer, steady.peer],
  ] as const) {
    const mute = Object.keys(observed).reduce(silent, observed);
    expect(Object.keys(compose(mute, placement).resources).toSorted()).toEqual(
      Object.keys(observed).toSorted(),
    );
  }
});

test('addresses that were known once stay in the connection', () => {
  for (const [placement, observed] of [
    [home, steady.home],
    [peer, steady.peer],
  ] as const) {
    const mute = silent(silent(observed, 'global'), 'cluster');
    expect(compose(mute, placement).resources['delivery']?.manifest).toEqual(
      compose(observed, placement).resources['delivery']?.manifest,
    );
  }
  const iam = claimOf();
  const { observed, composition } = settled(iam, home);
  const mute = silent(silent(observed, 'global'), 'cluster');
  expect(postgresDatabaseKind.compose(iam, mute, home).resources['connection']?.manifest).toEqual(
    composition.resources['connection']?.manifest,
  );
});

describe('a promotion', () => {
  const promoted = {
    home: answering(answering(steady.home, 'global', members(PEER, HOME)), 'cluster', {
      replicationSourceIdentifier: PEER,
      tags: { 'flipside.dev/epoch': '1', 'flipside.dev/promoted': '1' },
    }),
    peer: answering(answering(steady.peer, 'global', members(PEER, HOME)), 'cluster', {
      replicationSourceIdentifier: '',
      masterUsername: 'dbadmin',
      databaseName: 'app',
      tags: { 'flipside.dev/epoch': '1', 'flipside.dev/promoted': '1' },
    }),
  };
  test.each(['home', 'peer'] as const)('changes nothing that %s composes', (position) => {
    const placement = { home, peer }[position];
    const before = manifestsIn(compose(steady[position], placement));
    const after = manifestsIn(compose(promoted[position], placement));
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });
  test.each(['home', 'peer'] as const)('is told by the status of %s', (position) => {
    const placement = { home, peer }[position];
    expect(compose(promoted[position], placement).status).toMatchObject({
      writer: 'eu-west-1',
      reason: '',
      members: [
        { arn: PEER, region: 'eu-west-1', writer: true },
        { arn: HOME, region: 'us-east-1', writer: false },
      ],
    });
  });
  test('and its failback leave the same as before', () => {
    const back = answering(promoted.home, 'global', members(HOME, PEER));
    expect(manifestsIn(compose(back, home))).toEqual(manifestsIn(compose(steady.home, home)));
  });
});

describe('an upgrade to the next major version', () => {
  const next = claimOf({ login: 'password', version: '17' });
  test('goes through the global database and keeps the old parameters until it is done', () => {
    const { resources } = postgresDatabaseKind.compose(next, steady.home, home);
    expect(resources['global']?.manifest.spec).toMatchObject({ forProvider: { engineVersion: '17.4' } });
    expect(resources['cluster']?.manifest.spec).toMatchObject({
      forProvider: { dbClusterParameterGroupName: expect.stringMatching(/-cluster-pg16$/) },
    });
    expect(Object.keys(resources)).toEqual(
      expect.arrayContaining(['cluster-parameters-16', 'cluster-parameters-17', 'parameters-17']),
    );
  });
  test('moves to the new parameters afterwards', () => {
    const upgraded = answering(steady.home, 'cluster', { engineVersionActual: '17.4' });
    const { resources } = postgresDatabaseKind.compose(next, upgraded, home);
    expect(resources['cluster']?.manifest.spec).toMatchObject({
      forProvider: { dbClusterParameterGroupName: expect.stringMatching(/-cluster-pg17$/) },
    });
  });
});

test('fewer instances in the claim leave the others running, and say so', () => {
  const name = 'prod-us-east-1-storefront-shop-orders';
  const observed = answering(steady.home, 'cluster', {
    clusterMembers: [`${name}-0`, `${name}-1`, `${name}-2`, 'application-autoscaling-1'],
  });
  const [condition] = compose(observed, home).conditions;
  expect(condition).toMatchObject({ type: 'Surplus', status: 'True' });
  expect(condition?.message).toContain(`${name}-2;`);
});
