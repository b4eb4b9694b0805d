import * as fc from 'fast-check';
import { postgresDatabaseKind } from '../../../../platform/apis/postgres-database';
import type { Manifest } from '../../../../platform/kind';
import { here, type Placement } from '../../../../spec/placement';
import { windowOf } from '../../../../spec/claims/window';
import { validateManifest } from '../../../helpers/validate';
import { home, peer } from '../../../helpers/placement';
import { anyClaim, anyPlacement, claimOf, label, team } from './claims';
import { awsName, manifestsIn, settled, specOf } from './observed';

const RUNS = { numRuns: 1000 };

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

const steady = (claim: ReturnType<typeof claimOf>, placement: Placement) =>
  manifestsIn(settled(claim, placement).composition);

const kindOf = (all: Readonly<Record<string, Manifest>>, kind: string) =>
  Object.values(all).filter((manifest) => manifest.kind === kind);

/** RDS identifiers: letters, digits, single hyphens, a letter first, no hyphen last, at most 63. */
const RDS_NAME = /^(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

type Check = (
  claim: ReturnType<typeof claimOf>,
  placement: Placement,
  all: Readonly<Record<string, Manifest>>,
) => void;

const fitsSchemas: Check = (_claim, _placement, all) => {
  const entries = Object.entries(all);
  expect(
    entries.flatMap(([key, one]) => validateManifest(one).map((problem) => `${key}: ${problem}`)),
  ).toEqual([]);
  const named = entries.filter(
    ([, { metadata }]) => metadata.namespace !== undefined || metadata.name !== undefined,
  );
  expect(['connection', 'secret-generator']).toEqual(expect.arrayContaining(named.map(([key]) => key)));
};

const isKept: Check = (claim, placement, all) => {
  const { region, facts } = here(placement);
  const { forProvider, initProvider } = specOf(kindOf(all, 'Cluster')[0]);
  expect(forProvider).toMatchObject({
    region,
    storageEncrypted: true,
    deletionProtection: claim.spec.deletionProtection,
    skipFinalSnapshot: false,
    iamDatabaseAuthenticationEnabled: true,
    copyTagsToSnapshot: true,
  });
  expect({ ...initProvider, ...forProvider }).toMatchObject({
    kmsKeyId: facts.keys.data,
    vpcSecurityGroupIds: [facts.securityGroups.database],
  });
  const managed = Object.values(all).filter(({ apiVersion }) => apiVersion.includes('.m.upbound.io'));
  const policies = (group: string) =>
    managed
      .filter((one) => one.apiVersion.startsWith(group))
      .flatMap((one) => specOf(one).managementPolicies);
  expect(policies('rds.')).not.toContain('Delete');
  expect(policies('')).not.toContain('LateInitialize');
  expect(new Set(managed.map((one) => specOf(one).forProvider['region']))).toEqual(new Set([region]));
};

/** The keys whose values AWS changes in a promotion: born with them, never to be changed. */
const BORN = [
  'globalClusterIdentifier',
  'replicationSourceIdentifier',
  'masterUsername',
  'databaseName',
  'masterPasswordSecretRef',
];

const keepsStill: Check = (_claim, placement, all) => {
  const { forProvider, initProvider } = specOf(all['cluster']);
  for (const field of BORN) expect(forProvider).not.toHaveProperty(field);
  expect(initProvider['tags']).toEqual({ 'flipside.dev/epoch': '0', 'flipside.dev/promoted': '0' });
  expect(forProvider['tags']).not.toHaveProperty('flipside.dev/epoch');
  if (!placement.peer) return;
  expect(initProvider).toMatchObject({
    globalClusterIdentifier: awsName(all['global']),
    replicationSourceIdentifier: '',
  });
};

test('any claim in any place: pure, at rest, fits its schemas, protected and kept, and keeps the provider still', () => {
  fc.assert(
    fc.property(anyClaim, anyPlacement, (claim, placement) => {
      const { observed, composition } = settled(frozen(claim), frozen(placement));
      const again = postgresDatabaseKind.compose(claim, frozen(observed), placement);
      expect(JSON.stringify(again)).toBe(JSON.stringify(composition));
      expect(again.status.reason).toBe('');
      expect(Object.values(again.resources).every(({ ready }) => ready)).toBe(true);
      for (const check of [fitsSchemas, isKept, keepsStill])
        check(claim, placement, manifestsIn(composition));
    }),
    RUNS,
  );
});

test('what peer refers to is what home makes', () => {
  fc.assert(
    fc.property(anyClaim, (claim) => {
      const [ours, theirs] = [steady(claim, home), steady(claim, peer)];
      expect(awsName(theirs['global'])).toBe(awsName(ours['global']));
      const annotation = theirs['global']?.metadata.annotations?.['flipside.dev/home-member'];
      expect(annotation).toBe(`arn:aws:rds:us-east-1:111111111111:cluster:${awsName(ours['cluster'])}`);
      const read = theirs['delivery']?.spec as { data: { remoteRef: { key: string } }[] } | undefined;
      if (!read) return;
      expect(ours['secret']).toBeDefined();
      expect(read.data[0]?.remoteRef.key).toBe(specOf(ours['secret']).forProvider['name']);
    }),
    RUNS,
  );
});

/** Estates whose names do not extend one another by a hyphen, as the loader demands. */
const estates = fc
  .uniqueArray(label(20), { minLength: 1, maxLength: 3 })
  .filter((names) => !names.some((a) => names.some((b) => a !== b && a.startsWith(`${b}-`))));

test('names fit their services and no two claims share one', () => {
  const identity = fc.record({ team, name: label(30) });
  fc.assert(
    fc.property(
      estates,
      fc.uniqueArray(identity, { minLength: 2, maxLength: 4, selector: (one) => `${one.team}/${one.name}` }),
      (names, ids) => {
        const taken = new Set<string>();
        for (const estate of names) {
          for (const id of ids) {
            const claim = claimOf({ instances: 3 }, { name: id.name, namespace: id.team });
            for (const placement of [home, peer]) {
              const all = Object.values(steady(claim, { ...placement, estate }));
              for (const manifest of all.filter((one) => one.apiVersion.startsWith('rds.'))) {
                const name = awsName(manifest) ?? '';
                expect(name).toMatch(RDS_NAME);
                if (manifest.kind === 'GlobalCluster' && placement.position === 'peer') continue;
                expect(taken).not.toContain(`${manifest.kind}/${name}`);
                taken.add(`${manifest.kind}/${name}`);
              }
            }
          }
        }
      },
    ),
    { numRuns: 20 },
  );
});

/** Minutes since Monday of `ddd:hh:mm`. */
function minuteOfWeek(moment: string): number {
  const [day = '', hours = '', minutes = ''] = moment.split(':');
  return (
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(day) * 1440 +
    Number(hours) * 60 +
    Number(minutes)
  );
}

test('maintenance keeps clear of the backup, and comes to peer a day before home', () => {
  fc.assert(
    fc.property(anyClaim, (claim) => {
      const windows = [home, peer].map((placement) =>
        String(specOf(steady(claim, placement)['cluster']).forProvider['preferredMaintenanceWindow']),
      );
      const [ours = 0, theirs = 0] = windows.map((window) => minuteOfWeek(window.split('-')[0] ?? ''));
      expect((ours - theirs + 7 * 1440) % (7 * 1440)).toBe(1440);
      const backup = windowOf(claim.spec.backup.window);
      for (const window of windows) {
        const [start = 0, end = 0] = window.split('-').map(minuteOfWeek);
        expect((end - start + 7 * 1440) % (7 * 1440)).toBe(60);
        const sinceBackup = (start - backup.start + 7 * 1440) % 1440;
        expect(sinceBackup).toBeGreaterThanOrEqual(backup.length);
        expect(sinceBackup + 60).toBeLessThanOrEqual(1440);
      }
    }),
    { numRuns: 200 },
  );
});
