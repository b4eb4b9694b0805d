import { postgresDatabaseKind } from '../../../../platform/apis/postgres-database';
import type { Observed } from '../../../../platform/kind';
import { observedFrom } from '../../../../platform/settle';
import type { Placement } from '../../../../spec/placement';
import { home, peer } from '../../../helpers/placement';
import { claimOf } from './claims';
import { awsName, manifestsIn, settled, specOf } from './observed';

const ids = { globalCluster: 'legacy', home: 'legacy-us', peer: 'legacy-eu' };
const claim = claimOf({ adopt: { ...ids, instances: { home: ['legacy-us-a'], peer: ['legacy-eu-a'] } } });
const single = claimOf({ adopt: { home: 'legacy-us' } });

const good = {
  engine: 'aurora-postgresql',
  engineVersionActual: '16.8',
  storageEncrypted: true,
  globalClusterIdentifier: 'legacy',
};

/** What is observed once the first step's cluster has been found. */
function found(one: typeof claim, placement: Placement, atProvider: Record<string, unknown>): Observed {
  const { resources } = postgresDatabaseKind.compose(one, {}, placement);
  return { cluster: observedFrom(resources['cluster']!.manifest, { ...good, ...atProvider }) };
}

const policies = (observed: Observed, one = claim, placement = home) =>
  specOf(postgresDatabaseKind.compose(one, observed, placement).resources['cluster']?.manifest)
    .managementPolicies;

test('the first step only observes the existing clusters', () => {
  const { resources, status } = postgresDatabaseKind.compose(claim, {}, home);
  expect(Object.keys(resources).toSorted()).toEqual(['cluster', 'global']);
  for (const manifest of Object.values(manifestsIn({ resources }))) {
    expect(specOf(manifest).managementPolicies).toEqual(['Observe']);
  }
  expect(awsName(resources['cluster']?.manifest)).toBe('legacy-us');
  expect(awsName(resources['global']?.manifest)).toBe('legacy');
  expect(status.reason).toBe('adopting: reading legacy-us');
});

test('the second step takes over what already is what the claim says', () => {
  const { resources, status } = postgresDatabaseKind.compose(claim, found(claim, home, {}), home);
  expect(status.reason).toBe('adopting: observed aurora-postgresql 16.8, managing from now on');
  expect(specOf(resources['cluster']?.manifest).managementPolicies).toEqual(['Observe', 'Create', 'Update']);
});

describe('what differs is not taken over', () => {
  const cases = {
    'another engine': {
      reason: 'it would have to be replaced',
      answer: { engine: 'aurora-mysql' },
      says: 'cannot adopt: engine is aurora-mysql, expected aurora-postgresql',
    },
    'another version': {
      reason: 'it would be upgraded, which restarts it',
      answer: { engineVersionActual: '16.4' },
      says: 'cannot adopt: version is 16.4, expected 16.8; upgrade it first',
    },
    'no encryption': {
      reason: 'it would have to be replaced',
      answer: { storageEncrypted: false },
      says: 'cannot adopt: storage is not encrypted, expected encrypted; restore a snapshot with a key instead',
    },
    'another global database': {
      reason: 'a cluster cannot change its global database',
      answer: { globalClusterIdentifier: 'other' },
      says: 'cannot adopt: member of other, expected legacy',
    },
  };
  test.each(Object.entries(cases))('%s', (_, { answer, says }) => {
    const observed = found(claim, home, answer);
    const { status, resources } = postgresDatabaseKind.compose(claim, observed, home);
    expect(status.reason).toBe(says);
    expect(Object.keys(resources).toSorted()).toEqual(['cluster', 'global']);
    expect(policies(observed)).toEqual(['Observe']);
  });

  test('a member of a global database that the claim does not name', () => {
    const { status } = postgresDatabaseKind.compose(single, found(single, home, {}), home);
    expect(status.reason).toBe('cannot adopt: member of legacy, expected adopt.globalCluster: legacy');
  });

  test('a peer cluster that is no member', () => {
    const observed = found(claim, peer, { globalClusterIdentifier: '' });
    expect(postgresDatabaseKind.compose(claim, observed, peer).status.reason).toBe(
      'cannot adopt: member of no global database, expected legacy',
    );
  });
});

test('what was taken over stays so when the platform moves on to another version', () => {
  const { observed } = settled(claim, home);
  const older = {
    ...observed,
    cluster: observedFrom(observed['cluster']!, { ...good, engineVersionActual: '16.6' }),
  };
  expect(policies(older)).toEqual(['Observe', 'Create', 'Update']);
  expect(postgresDatabaseKind.compose(claim, older, home).status.reason).toBe('');
});

test('key, subnets, security groups and parameters stay theirs; no password is set', () => {
  const all = manifestsIn(settled(claim, home).composition);
  const { forProvider, initProvider } = specOf(all['cluster']);
  const theirs = [
    'kmsKeyId',
    'dbSubnetGroupName',
    'dbClusterParameterGroupName',
    'vpcSecurityGroupIds',
    'port',
  ];
  for (const field of theirs) {
    expect(forProvider).not.toHaveProperty(field);
    expect(initProvider).toHaveProperty(field);
  }
  expect(initProvider).not.toHaveProperty('masterPasswordSecretRef');
  expect(Object.keys(all).toSorted()).toEqual(['cluster', 'connection', 'global', 'instance-0']);
});

test('instances are taken over by name, once their class is the claim’s', () => {
  const { observed, composition } = settled(claim, home);
  expect(awsName(composition.resources['instance-0']?.manifest)).toBe('legacy-us-a');
  const fresh = manifestsIn(composition)['instance-0']!;
  const other = observedFrom(
    { ...fresh, spec: { ...(fresh.spec as object), managementPolicies: ['Observe'] } },
    { instanceClass: 'db.r5.large' },
  );
  const { resources, status } = postgresDatabaseKind.compose(
    claim,
    { ...observed, 'instance-0': other },
    home,
  );
  expect(specOf(resources['instance-0']?.manifest).managementPolicies).toEqual(['Observe']);
  expect(status.reason).toBe('cannot adopt: instance legacy-us-a is db.r5.large, expected db.r6g.xlarge');
});

test('a cluster that stands alone becomes the first member of a new global database', () => {
  const alone = found(single, home, { globalClusterIdentifier: '' });
  const { resources } = postgresDatabaseKind.compose(single, alone, home);
  const { forProvider, initProvider, managementPolicies } = specOf(resources['global']?.manifest);
  expect(managementPolicies).toEqual(['Observe', 'Create', 'Update']);
  expect(initProvider).toEqual({
    sourceDbClusterIdentifier: 'arn:aws:rds:us-east-1:111111111111:cluster:legacy-us',
  });
  expect(forProvider).not.toHaveProperty('engineVersion');
});

test('a peer without an existing cluster gets a new one, once the adopted one is a member', () => {
  expect(postgresDatabaseKind.compose(single, {}, peer).status.reason).toBe('waiting for home');
  const all = manifestsIn(settled(single, peer).composition);
  expect(awsName(all['cluster'])).toBe('prod-eu-west-1-storefront-shop-orders');
});
