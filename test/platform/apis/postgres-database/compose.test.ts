import type { Manifest } from '../../../../platform/kind';
import { validateManifest } from '../../../helpers/validate';
import { alone, home, peer } from '../../../helpers/placement';
import { claimOf, placements } from './claims';
import { awsName, manifestsIn, settled, specOf } from './observed';

const KEEP = ['Observe', 'Create', 'Update'];

const resources = (spec: Record<string, unknown>, placement = home) =>
  manifestsIn(settled(claimOf(spec), placement).composition);

const instancesIn = (all: Record<string, Manifest>) =>
  Object.keys(all)
    .filter((key) => key.startsWith('instance-'))
    .map((key) => specOf(all[key]).forProvider);

describe('sizes', () => {
  const cases = {
    small: { reason: 'the smallest class that a global database takes', class: 'db.r6g.large' },
    medium: { reason: 'twice as large', class: 'db.r6g.xlarge' },
    large: { reason: 'twice as large', class: 'db.r6g.2xlarge' },
    xlarge: { reason: 'twice as large', class: 'db.r6g.4xlarge' },
  };
  test.each(Object.entries(cases))('%s is the same class in both regions', (size, expected) => {
    for (const placement of [home, peer]) {
      const classes = instancesIn(resources({ size }, placement)).map((one) => one['instanceClass']);
      expect(classes).toEqual([expected.class, expected.class]);
    }
  });

  test('capacity is serverless in both regions', () => {
    for (const placement of [home, peer]) {
      const all = resources({ size: undefined, capacity: { min: 0.5, max: 8 } }, placement);
      expect(instancesIn(all).map((one) => one['instanceClass'])).toEqual(['db.serverless', 'db.serverless']);
      expect(specOf(all['cluster']).forProvider['serverlessv2ScalingConfiguration']).toEqual({
        minCapacity: 0.5,
        maxCapacity: 8,
      });
    }
  });
});

describe('in a region', () => {
  const cases = {
    home: {
      placement: home,
      region: 'us-east-1',
      key: 'mrk-1',
      group: 'sg-00000000000000031',
      policies: KEEP,
    },
    peer: {
      placement: peer,
      region: 'eu-west-1',
      key: 'mrk-2',
      group: 'sg-00000000000000032',
      policies: ['Observe'],
    },
  };
  test.each(Object.entries(cases))('%s has its own key, network and zones', (_, one) => {
    const all = resources({ instances: 4 }, one.placement);
    const cluster = specOf(all['cluster']).forProvider;
    expect(cluster).toMatchObject({ region: one.region, vpcSecurityGroupIds: [one.group] });
    expect(cluster['kmsKeyId']).toBe(`arn:aws:kms:${one.region}:111111111111:key/${one.key}`);
    const { data } = one.placement[one.placement.position]!.facts.subnets;
    expect(specOf(all['subnets']).forProvider['subnetIds']).toEqual(data);
    expect(cluster['dbSubnetGroupName']).toBe(awsName(all['subnets']));
    expect(instancesIn(all).map((instance) => instance['availabilityZone'])).toEqual(
      ['a', 'b', 'c', 'a'].map((zone) => `${one.region}${zone}`),
    );
    expect(specOf(all['global']).managementPolicies).toEqual(one.policies);
  });
});

describe('in every environment', () => {
  test('parameters are equal in both regions, force TLS and bound no lag', () => {
    const spec = {
      parameters: { jit: false, work_mem: 8192, shared_preload_libraries: ['pgaudit', 'pg_cron'] },
    };
    const [ours, theirs] = [home, peer].map(
      (placement) => specOf(resources(spec, placement)['cluster-parameters-16']).forProvider,
    );
    expect(ours?.['parameter']).toEqual(theirs?.['parameter']);
    expect(ours).toMatchObject({
      family: 'aurora-postgresql16',
      parameter: [
        { name: 'jit', value: '0', applyMethod: 'immediate' },
        { name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' },
        { name: 'shared_preload_libraries', value: 'pgaudit,pg_cron', applyMethod: 'pending-reboot' },
        { name: 'work_mem', value: '8192', applyMethod: 'immediate' },
      ],
    });
  });

  test('an environment of one region has a cluster of the same safety and nothing global', () => {
    const all = resources({}, alone);
    expect(all['global']).toBeUndefined();
    const { forProvider, initProvider, managementPolicies } = specOf(all['cluster']);
    expect(managementPolicies).toEqual(KEEP);
    expect(forProvider).toMatchObject({
      engineVersion: '16.8',
      storageEncrypted: true,
      deletionProtection: true,
      skipFinalSnapshot: false,
      deleteAutomatedBackups: false,
      backupRetentionPeriod: 35,
    });
    expect(initProvider).not.toHaveProperty('globalClusterIdentifier');
  });
});

describe('birth', () => {
  test('home is born with what AWS refuses for a secondary, and with the keys that keep the provider still', () => {
    expect(specOf(resources({ database: 'products' })['cluster']).initProvider).toEqual({
      globalClusterIdentifier: 'prod-storefront-shop-orders',
      replicationSourceIdentifier: '',
      engineVersion: '16.8',
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      databaseName: 'products',
      masterUsername: 'dbadmin',
      masterPasswordSecretRef: { name: 'orders-master', key: 'password' },
      tags: { 'flipside.dev/epoch': '0', 'flipside.dev/promoted': '0' },
    });
  });

  test('peer joins without user, password or database', () => {
    expect(specOf(resources({}, peer)['cluster']).initProvider).toEqual({
      globalClusterIdentifier: 'prod-storefront-shop-orders',
      replicationSourceIdentifier: '',
      sourceRegion: 'us-east-1',
      engineVersion: '16.8',
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      tags: { 'flipside.dev/epoch': '0', 'flipside.dev/promoted': '0' },
    });
  });

  test('a member of a global database takes its version from there, and instances have none', () => {
    for (const placement of [home, peer]) {
      const all = resources({}, placement);
      expect(specOf(all['cluster']).forProvider).not.toHaveProperty('engineVersion');
      expect(specOf(all['global']).forProvider['engineVersion']).toBe('16.8');
      for (const instance of instancesIn(all)) {
        expect(instance).not.toHaveProperty('engineVersion');
        expect(instance['autoMinorVersionUpgrade']).toBe(false);
      }
    }
  });
});

describe('birth from what was there', () => {
  test('a snapshot gives birth to home, and home to the global database', () => {
    const all = resources({ restore: { snapshot: 'orders-2026-11-20' } });
    expect(specOf(all['cluster']).initProvider['snapshotIdentifier']).toBe('orders-2026-11-20');
    const { forProvider, initProvider } = specOf(all['global']);
    expect(initProvider).toEqual({
      sourceDbClusterIdentifier:
        'arn:aws:rds:us-east-1:111111111111:cluster:prod-us-east-1-storefront-shop-orders',
    });
    expect(forProvider).not.toHaveProperty('engine');
    expect(
      specOf(resources({ restore: { snapshot: 'x' } }, peer)['cluster']).initProvider,
    ).not.toHaveProperty('snapshotIdentifier');
  });

  test('snapshots and existing clusters are prod’s: another environment begins empty', () => {
    const restored = specOf(resources({ restore: { snapshot: 'x' } }, alone)['cluster']).initProvider;
    expect(restored).not.toHaveProperty('snapshotIdentifier');
    const adopted = resources({ adopt: { home: 'legacy' } }, alone)['cluster'];
    expect(awsName(adopted)).toBe('dev-us-east-1-storefront-shop-orders');
  });
});

describe('readers', () => {
  const readers = { min: 1, max: 5, cpu: 70 };
  test('scale in home', () => {
    const all = resources({ readers });
    expect(specOf(all['readers-target']).forProvider).toMatchObject({
      resourceId: 'cluster:prod-us-east-1-storefront-shop-orders',
      scalableDimension: 'rds:cluster:ReadReplicaCount',
      minCapacity: 1,
      maxCapacity: 5,
    });
  });
  test('do not scale in peer, where Aurora cannot', () => {
    expect(Object.keys(resources({ readers }, peer))).not.toContain('readers-target');
  });
});

test('everything that is composed fits the schema of its kind', () => {
  const specs = [{ login: 'password', readers: { min: 1, max: 2 } }, { adopt: { home: 'legacy' } }];
  const problems = specs.flatMap((spec) =>
    Object.values(placements).flatMap((placement) =>
      Object.entries(resources(spec, placement)).flatMap(([key, one]) =>
        validateManifest(one).map((problem) => `${key}: ${problem}`),
      ),
    ),
  );
  expect(problems).toEqual([]);
});
