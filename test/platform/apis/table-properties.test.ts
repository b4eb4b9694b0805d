import * as fc from 'fast-check';
import { tableKind } from '../../../platform/apis/table';
import type { Manifest, Observed } from '../../../platform/kind';
import type { Table } from '../../../spec/claims/table';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';
import { type Asked, claims, manifestsIn, named, PAIR, said, settled } from './table-claims';

const holds = (property: (claim: Table) => void) =>
  fc.assert(fc.property(claims, property), { numRuns: 1000 });

const PLURALS: Readonly<Record<string, string>> = { Policy: 'policies', RolePolicy: 'rolepolicies' };

/** What would delete data or learn a wish from AWS, and what no activation policy covers. */
function unsafe(manifest: Manifest): string[] {
  const [group] = manifest.apiVersion.split('/');
  if (!group?.endsWith('.upbound.io')) return [];
  const { managementPolicies } = manifest.spec as Asked;
  const plural = PLURALS[manifest.kind] ?? `${manifest.kind.toLowerCase()}s`;
  const inactive = tableKind.activates.includes(`${plural}.${group}`) ? [] : [`${plural} is not activated`];
  return [...managementPolicies.filter((one) => one === 'Delete' || one === 'LateInitialize'), ...inactive];
}

/** DynamoDB, DAX (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_dax_CreateCluster.html), IAM, CloudWatch */
const NAMES: Readonly<Record<string, RegExp>> = {
  table: /^[A-Za-z0-9_.-]{3,255}$/,
  dax: /^(?!.*--)[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
  'dax-role': /^[\w+=,.@-]{1,64}$/,
  'lag-alarm': /^.{1,255}$/,
};
const misnamed = (manifests: Readonly<Record<string, Manifest>>) =>
  Object.entries(NAMES).filter(([key, name]) => manifests[key] && !name.test(named(manifests[key])));

/** The autoscaling of each resource, without its region. */
const bounds = (manifests: Readonly<Record<string, Manifest>>) =>
  Object.entries(manifests)
    .filter(([key]) => key.endsWith('-target'))
    .map(([key, one]) => [key, said(one)['minCapacity'], said(one)['maxCapacity']]);

describe('any valid claim', () => {
  test('composes valid and safe manifests in every placement, and the same ones again', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...PAIR, alone), (claim, placement) => {
        const { composition, observed } = settled(claim, placement);
        const manifests = Object.values(composition.resources).map(({ manifest }) => manifest);
        expect(manifests.flatMap((one) => [...validateManifest(one), ...unsafe(one)])).toEqual([]);
        const again = tableKind.compose(claim, observed, placement);
        expect(JSON.stringify(again)).toBe(JSON.stringify(composition));
        expect(composition.status.reason).toBe('');
      }),
      { numRuns: 1500 },
    );
  });

  test('is encrypted, restorable and as protected as asked, in both regions', () => {
    const [first] = PAIR;
    holds((claim) => {
      const protectedBy = { deletionProtectionEnabled: claim.spec.deletionProtection };
      expect(said(manifestsIn(claim, first)['table'])).toMatchObject({
        ...protectedBy,
        serverSideEncryption: { enabled: true, kmsKeyArn: first.home.facts.keys.data },
        pointInTimeRecovery: { enabled: true },
        replica: [{ ...protectedBy, kmsKeyArn: first.peer?.facts.keys.data, pointInTimeRecovery: true }],
      });
    });
  });
});

describe('any pair of regions', () => {
  test('has names that AWS takes and refers to what stands in the other region', () => {
    holds((claim) => {
      const [own, other] = [manifestsIn(claim, PAIR[0]), manifestsIn(claim, PAIR[1])];
      expect([...misnamed(own), ...misnamed(other)]).toEqual([]);
      expect(named(other['table'])).toBe(named(own['table']));
      expect(said(own['table'])['replica']).toMatchObject([{ regionName: said(other['table'])['region'] }]);
      expect(named(other['dax-role'])).toBe(named(own['dax-role']));
      expect(bounds(other)).toEqual(bounds(own));
      const clusters = [own, other].map(({ dax }) => named(dax));
      expect(new Set(clusters).size).toBe(claim.spec.dax ? 2 : 1);
    });
  });
});

describe('whatever part of it has been observed', () => {
  const partial = fc.record({
    claim: claims,
    placement: fc.constantFrom(home, peer, alone, ...PAIR),
    sees: fc.func(fc.boolean()),
  });

  test('never throws, never takes the replica out of its words, never withdraws DAX', () => {
    fc.assert(
      fc.property(partial, ({ claim, placement, sees }) => {
        const { observed } = settled(claim, placement);
        const some: Observed = Object.fromEntries(Object.entries(observed).filter(([key]) => sees(key)));
        const { resources } = tableKind.compose(claim, some, placement);
        const waits = claim.spec.adopt !== undefined && !some['table'];
        expect(some['dax'] && !waits && !resources['dax']).toBeFalsy();
        const manages = placement.position === 'home' && placement.peer !== undefined;
        const table = resources['table']?.manifest;
        expect(table && manages && !said(table)['replica']).toBeFalsy();
      }),
      { numRuns: 1000 },
    );
  });
});
