import * as fc from 'fast-check';
import { cacheKind } from '../../../platform/apis/cache';
import type { Manifest, Observed } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type Cache, cacheSchema } from '../../../spec/claims/cache';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';

const groupId = fc.stringMatching(/^[a-z][a-z0-9]{2,30}$/);

const spec = fc
  .record(
    {
      size: fc.constantFrom('small', 'medium', 'large', 'xlarge'),
      scope: fc.constantFrom('regional', 'global'),
      purpose: fc.constantFrom('cache', 'sessions'),
      shards: fc.integer({ min: 1, max: 90 }),
      replicas: fc.integer({ min: 1, max: 5 }),
      snapshot: fc.record({ days: fc.integer({ min: 0, max: 35 }) }),
      teams: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/), { maxLength: 5 }),
      adopt: fc.record(
        { home: groupId, peer: groupId, secret: groupId },
        { requiredKeys: ['home', 'secret'] },
      ),
    },
    { requiredKeys: ['size'] },
  )
  .filter(({ adopt }) => adopt === undefined || adopt.home !== adopt.peer);

const claims = fc
  .record({
    metadata: fc.record({
      name: fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,14}$/),
      namespace: fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/),
    }),
    spec,
  })
  .map((one): Cache => cacheSchema.parse({ apiVersion: 'platform.flipside.dev/v1', kind: 'Cache', ...one }));

const holds = (property: (claim: Cache) => void) =>
  fc.assert(fc.property(claims, property), { numRuns: 1000 });
const manifestsIn = (claim: Cache, placement: Placement): Record<string, Manifest> =>
  Object.fromEntries(
    Object.entries(settle(cacheKind, claim, placement).composition.resources).map(([key, { manifest }]) => [
      key,
      manifest,
    ]),
  );

interface Spec {
  readonly managementPolicies?: readonly string[];
  readonly forProvider?: Readonly<Record<string, unknown>>;
  readonly initProvider?: Readonly<Record<string, unknown>>;
}
const specOf = (manifest: Manifest | undefined) => (manifest?.spec ?? {}) as Spec;
const said = (manifest: Manifest | undefined) => ({
  ...specOf(manifest).initProvider,
  ...specOf(manifest).forProvider,
});
const named = (manifest: Manifest | undefined) => manifest?.metadata.annotations?.[EXTERNAL_NAME] ?? '';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const GROUP_ID = /^(?!.*--)[a-z][a-z0-9-]{0,38}[a-z0-9]$|^[a-z]$/;

describe('any valid claim', () => {
  test('composes valid manifests in every placement, and the same ones again', () => {
    holds((claim) => {
      for (const placement of [home, peer, alone]) {
        const { composition, observed } = settle(cacheKind, claim, placement);
        const manifests = Object.values(composition.resources).map(({ manifest }) => manifest);
        expect(manifests.flatMap(validateManifest)).toEqual([]);
        expect(JSON.stringify(cacheKind.compose(claim, observed, placement))).toBe(
          JSON.stringify(composition),
        );
        expect(composition.status.reason).toBe('');
      }
    });
  });

  test('deletes nothing, learns nothing late, and activates what it composes', () => {
    holds((claim) => {
      for (const manifest of [home, peer].flatMap((one) => Object.values(manifestsIn(claim, one)))) {
        const [group] = manifest.apiVersion.split('/');
        if (!group?.endsWith('.upbound.io')) continue;
        expect(specOf(manifest).managementPolicies).not.toContain('Delete');
        expect(specOf(manifest).managementPolicies).not.toContain('LateInitialize');
        expect(cacheKind.activates).toContain(`${manifest.kind.toLowerCase()}s.${group}`);
      }
    });
  });

  test('has names that AWS takes, and no two groups have one name', () => {
    holds((claim) => {
      const names = [home, peer].map((placement) => named(manifestsIn(claim, placement)['group']));
      for (const name of names) expect(name).toMatch(GROUP_ID);
      expect(new Set(names).size).toBe(2);
    });
  });

  test('is encrypted with the key of its own region, survives a zone and lies in data subnets', () => {
    holds((claim) => {
      for (const placement of [home, peer]) {
        const { group, 'subnet-group': subnets } = manifestsIn(claim, placement);
        const facts = placement[placement.position]?.facts;
        expect(said(group)).toMatchObject({
          kmsKeyId: facts?.keys.data,
          multiAzEnabled: true,
          automaticFailoverEnabled: true,
        });
        expect(said(subnets)['subnetIds']).toEqual(facts?.subnets.data);
        const joins = 'globalReplicationGroupId' in said(group);
        if (!joins)
          expect(said(group)).toMatchObject({
            transitEncryptionMode: 'required',
            atRestEncryptionEnabled: 'true',
          });
        expect(joins).toBe(claim.spec.scope === 'global' && placement === peer);
      }
    });
  });

  test('agrees between the regions: what one refers to stands in the other', () => {
    holds((claim) => {
      const [first, second] = [manifestsIn(claim, home), manifestsIn(claim, peer)];
      expect(Object.keys(second).includes('global-group')).toBe(claim.spec.scope === 'global');
      if (claim.spec.scope === 'regional') return;
      expect(said(second['group'])['globalReplicationGroupId']).toBe(named(first['global-group']));
      expect(said(first['global-group'])['primaryReplicationGroupId']).toBe(named(first['group']));
    });
  });

  test('never throws, whatever part of it has been observed', () => {
    const partial = fc.tuple(claims, fc.constantFrom(home, peer, alone), fc.func(fc.boolean()));
    fc.assert(
      fc.property(partial, ([claim, placement, sees]) => {
        const { observed } = settle(cacheKind, claim, placement);
        const some: Observed = Object.fromEntries(Object.entries(observed).filter(([key]) => sees(key)));
        const { resources } = cacheKind.compose(claim, some, placement);
        if (some['group'] && !claim.spec.adopt) expect(resources['group']).toBeDefined();
      }),
      { numRuns: 1000 },
    );
  });
});
