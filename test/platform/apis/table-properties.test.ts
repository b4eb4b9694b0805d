import * as fc from 'fast-check';
import { tableKind } from '../../../platform/apis/table';
import type { Manifest, Observed } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type Table, tableSchema } from '../../../spec/claims/table';
import type { Placement } from '../../../spec/placement';
import { alone, home, peer } from '../../helpers/placement';
import { validateManifest } from '../../helpers/validate';

const attribute = (prefix: string) =>
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `${prefix}${name}`),
    type: fc.constantFrom('S', 'N', 'B'),
  });
/** Prefixes keep the attributes of a claim apart, so that none has two types. */
const pair = (prefix: string) =>
  fc.record(
    { partition: attribute(`${prefix}p`), sort: attribute(`${prefix}s`) },
    { requiredKeys: ['partition'] },
  );

const indexes = fc
  .uniqueArray(fc.stringMatching(/^[A-Za-z0-9_.-]{3,20}$/), { maxLength: 4 })
  .chain((names) => fc.tuple(...names.map((name, at) => pair(`i${at}`).map((one) => ({ name, ...one })))));

const capacity = fc.record(
  {
    provisioned: fc
      .record({ min: fc.integer({ min: 1, max: 40_000 }), max: fc.integer({ min: 1, max: 40_000 }) })
      .map(({ min, max }) => ({ min: Math.min(min, max), max: Math.max(min, max) })),
  },
  { requiredKeys: [] },
);

const dax = fc.record(
  { size: fc.constantFrom('small', 'medium', 'large', 'xlarge'), nodes: fc.integer({ min: 1, max: 11 }) },
  { requiredKeys: [] },
);

const spec = fc.record(
  {
    key: pair('k'),
    indexes,
    capacity,
    backup: fc.record({ days: fc.integer({ min: 1, max: 35 }) }),
    ttl: fc.stringMatching(/^[a-z]{1,10}$/),
    deletionProtection: fc.boolean(),
    dax,
    adopt: fc.record({ table: fc.stringMatching(/^[A-Za-z0-9_.-]{3,40}$/) }),
  },
  { requiredKeys: ['key'] },
);

/** Of a strong claim, what excludes the other is left out. */
const orStrong = fc.tuple(spec, fc.boolean()).map(([one, strong]) => {
  if (!strong) return one;
  const { ttl: _, dax: __, ...rest } = one;
  return { ...rest, consistency: 'strong', witness: 'us-east-2' };
});

const claims = fc
  .record({
    metadata: fc.record({
      name: fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,14}$/),
      namespace: fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/),
    }),
    spec: orStrong,
  })
  .map((one): Table => tableSchema.parse({ apiVersion: 'platform.flipside.dev/v1', kind: 'Table', ...one }));

/** A pair of regions in which every consistency is possible. */
const west = { ...peer.home, region: 'us-west-2' };
const pairOf: readonly Placement[] = [
  { ...home, peer: west },
  { ...peer, peer: west },
];
const [first, second] = pairOf as [Placement, Placement];

const holds = (property: (claim: Table) => void) =>
  fc.assert(fc.property(claims, property), { numRuns: 1000 });
const manifestsIn = (claim: Table, placement: Placement): Record<string, Manifest> =>
  Object.fromEntries(
    Object.entries(settle(tableKind, claim, placement).composition.resources).map(([key, { manifest }]) => [
      key,
      manifest,
    ]),
  );

interface Spec {
  readonly managementPolicies?: readonly string[];
  readonly forProvider?: Readonly<Record<string, unknown>>;
}
const specOf = (manifest: Manifest | undefined) => (manifest?.spec ?? {}) as Spec;
const said = (manifest: Manifest | undefined) => specOf(manifest).forProvider ?? {};
const named = (manifest: Manifest | undefined) => manifest?.metadata.annotations?.[EXTERNAL_NAME] ?? '';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_dax_CreateCluster.html, IAM and DynamoDB alike */
const NAMES: Readonly<Record<string, RegExp>> = {
  table: /^[A-Za-z0-9_.-]{3,255}$/,
  dax: /^(?!.*--)[a-z][a-z0-9-]{0,18}[a-z0-9]$/,
  'dax-role': /^[\w+=,.@-]{1,64}$/,
  'lag-alarm': /^.{1,255}$/,
};

describe('any valid claim', () => {
  test('composes valid manifests in every placement, and the same ones again', () => {
    holds((claim) => {
      for (const placement of [first, second, alone]) {
        const { composition, observed } = settle(tableKind, claim, placement);
        const manifests = Object.values(composition.resources).map(({ manifest }) => manifest);
        expect(manifests.flatMap(validateManifest)).toEqual([]);
        expect(JSON.stringify(tableKind.compose(claim, observed, placement))).toBe(
          JSON.stringify(composition),
        );
        expect(composition.status.reason).toBe('');
      }
    });
  });

  test('deletes nothing, learns nothing late, and activates what it composes', () => {
    const plurals: Readonly<Record<string, string>> = { Policy: 'policies', RolePolicy: 'rolepolicies' };
    holds((claim) => {
      for (const manifest of pairOf.flatMap((one) => Object.values(manifestsIn(claim, one)))) {
        const [group] = manifest.apiVersion.split('/');
        if (!group?.endsWith('.upbound.io')) continue;
        expect(specOf(manifest).managementPolicies).not.toContain('Delete');
        expect(specOf(manifest).managementPolicies).not.toContain('LateInitialize');
        const plural = plurals[manifest.kind] ?? `${manifest.kind.toLowerCase()}s`;
        expect(tableKind.activates).toContain(`${plural}.${group}`);
      }
    });
  });

  test('has names that AWS takes, each once', () => {
    holds((claim) => {
      const all = pairOf.map((placement) => manifestsIn(claim, placement));
      for (const manifests of all) {
        for (const [key, name] of Object.entries(NAMES)) {
          if (manifests[key]) expect(named(manifests[key])).toMatch(name);
        }
      }
      const clusters = all.flatMap(({ dax: cluster }) => (cluster ? [named(cluster)] : []));
      expect(new Set(clusters).size).toBe(clusters.length);
    });
  });

  test('is encrypted, restorable and as protected as asked, in both regions', () => {
    holds((claim) => {
      const asks = said(manifestsIn(claim, first)['table']);
      const protectedBy = { deletionProtectionEnabled: claim.spec.deletionProtection };
      expect(asks).toMatchObject({
        ...protectedBy,
        serverSideEncryption: { enabled: true, kmsKeyArn: first.home.facts.keys.data },
        pointInTimeRecovery: { enabled: true },
        replica: [{ ...protectedBy, kmsKeyArn: west.facts.keys.data, pointInTimeRecovery: true }],
      });
    });
  });

  test('agrees between the regions: what one refers to stands in the other', () => {
    holds((claim) => {
      const [own, other] = [manifestsIn(claim, first), manifestsIn(claim, second)];
      expect(named(other['table'])).toBe(named(own['table']));
      expect(said(own['table'])['replica']).toMatchObject([{ regionName: said(other['table'])['region'] }]);
      expect(named(other['dax-role'])).toBe(named(own['dax-role']));
      const bounds = (manifests: Record<string, Manifest>) =>
        Object.entries(manifests)
          .filter(([key]) => key.endsWith('-target'))
          .map(([key, one]) => [key, said(one)['minCapacity'], said(one)['maxCapacity']]);
      expect(bounds(other)).toEqual(bounds(own));
    });
  });

  test('never throws, and never takes the replica out of its words', () => {
    const partial = fc.tuple(
      claims,
      fc.constantFrom(home, peer, alone, first, second),
      fc.func(fc.boolean()),
    );
    fc.assert(
      fc.property(partial, ([claim, placement, sees]) => {
        const { observed } = settle(tableKind, claim, placement);
        const some: Observed = Object.fromEntries(Object.entries(observed).filter(([key]) => sees(key)));
        const { resources } = tableKind.compose(claim, some, placement);
        const table = resources['table']?.manifest;
        if (table && placement === first) expect(said(table)).toHaveProperty('replica');
      }),
      { numRuns: 1000 },
    );
  });
});
