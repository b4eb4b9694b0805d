import * as fc from 'fast-check';
import { cacheKind } from '../../../platform/apis/cache';
import type { Manifest, Observed } from '../../../platform/kind';
import type { Cache } from '../../../spec/claims/cache';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';
import { type Asked, claims, manifestsIn, named, said, settled } from './cache-claims';

const holds = (property: (claim: Cache) => void) =>
  fc.assert(fc.property(claims, property), { numRuns: 1000 });

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const GROUP_ID = /^(?!.*--)[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** What would delete data or learn a wish from AWS, and what no activation policy covers. */
function unsafe(manifest: Manifest): string[] {
  const [group] = manifest.apiVersion.split('/');
  if (!group?.endsWith('.upbound.io')) return [];
  const { managementPolicies } = manifest.spec as Asked;
  const inactive = cacheKind.activates.includes(`${manifest.kind.toLowerCase()}s.${group}`)
    ? []
    : [`${manifest.kind} is not activated`];
  return [...managementPolicies.filter((one) => one === 'Delete' || one === 'LateInitialize'), ...inactive];
}

describe('any valid claim', () => {
  test('composes valid and safe manifests in every placement, and the same ones again', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(home, peer, alone), (claim, placement) => {
        const { composition, observed } = settled(claim, placement);
        const manifests = Object.values(composition.resources).map(({ manifest }) => manifest);
        expect(manifests.flatMap((one) => [...validateManifest(one), ...unsafe(one)])).toEqual([]);
        const again = cacheKind.compose(claim, observed, placement);
        expect(JSON.stringify(again)).toBe(JSON.stringify(composition));
        expect(composition.status.reason).toBe('');
      }),
      { numRuns: 1500 },
    );
  });

  test('is encrypted with the key of its own region, survives a zone and lies in data subnets', () => {
    holds((claim) => {
      for (const placement of [home, peer]) {
        const { group, 'subnet-group': subnets } = manifestsIn(claim, placement);
        const facts = placement[placement.position]?.facts;
        const { kmsKeyId, multiAzEnabled, automaticFailoverEnabled } = said(group);
        expect([kmsKeyId, multiAzEnabled, automaticFailoverEnabled]).toEqual([facts?.keys.data, true, true]);
        expect(said(subnets)['subnetIds']).toEqual(facts?.subnets.data);
        const joins = claim.spec.scope === 'global' && placement === peer;
        expect('globalReplicationGroupId' in said(group)).toBe(joins);
        expect(said(group)['transitEncryptionMode']).toBe(joins ? undefined : 'required');
      }
    });
  });
});

describe('any pair of regions', () => {
  test('has names that AWS takes and refers to what stands in the other region', () => {
    holds((claim) => {
      const [first, second] = [manifestsIn(claim, home), manifestsIn(claim, peer)];
      const groups = [first, second].map(({ group }) => named(group));
      expect(groups.filter((name) => !GROUP_ID.test(name))).toEqual([]);
      expect(new Set(groups).size).toBe(2);
      const global = claim.spec.scope === 'global' ? named(first['global-group']) : '';
      expect(named(second['global-group'])).toBe(global);
      expect(said(second['group'])['globalReplicationGroupId'] ?? '').toBe(global);
      expect(said(first['global-group'])['primaryReplicationGroupId'] ?? groups[0]).toBe(groups[0]);
    });
  });
});

describe('whatever part of it has been observed', () => {
  const partial = fc.record({
    claim: claims.filter(({ spec }) => !spec.adopt),
    placement: fc.constantFrom(home, peer, alone),
    sees: fc.func(fc.boolean()),
  });

  test('never throws and never withdraws a group', () => {
    fc.assert(
      fc.property(partial, ({ claim, placement, sees }) => {
        const { observed } = settled(claim, placement);
        const some: Observed = Object.fromEntries(Object.entries(observed).filter(([key]) => sees(key)));
        const { resources } = cacheKind.compose(claim, some, placement);
        const kept = ['group', 'global-group'].filter((key) => some[key] && !resources[key]);
        expect(kept).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
