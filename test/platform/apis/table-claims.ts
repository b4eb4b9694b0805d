/** Table claims for tests: written ones, random ones, and ways to look at what they become. */
import * as fc from 'fast-check';
import { tableKind } from '../../../platform/apis/table';
import type { Manifest } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { settle } from '../../../platform/settle';
import { type Table, tableSchema } from '../../../spec/claims/table';
import type { Placement } from '../../../spec/placement';
import { home, peer } from '../../helpers/placement';

const key = { partition: { name: 'id' }, sort: { name: 'at', type: 'N' } };

/** A table `shop/carts` with these fields. */
export const table = (spec: object = {}): Table =>
  tableSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'Table',
    metadata: { name: 'carts', namespace: 'shop' },
    spec: { key, ...spec },
  });

export const PROVISIONED = { capacity: { provisioned: { min: 1, max: 10 } } };
export const BY_OWNER = { name: 'by-owner', partition: { name: 'owner' }, include: ['title'] };

const west = { ...peer.home, region: 'us-west-2' };
/** Home and peer in two regions in which every consistency is possible. */
export const PAIR: readonly [home: Placement, peer: Placement] = [
  { ...home, peer: west },
  { ...peer, peer: west },
];

/** What a managed resource asks AWS for. */
export interface Asked {
  readonly forProvider: Readonly<Record<string, unknown>>;
  readonly initProvider?: Readonly<Record<string, unknown>>;
  readonly managementPolicies: readonly string[];
}

export const settled = (claim: Table, placement: Placement) => settle(tableKind, claim, placement);
export const resources = (claim: Table, placement: Placement) =>
  settled(claim, placement).composition.resources;
export const manifestsIn = (claim: Table, placement: Placement): Readonly<Record<string, Manifest>> =>
  Object.fromEntries(
    Object.entries(resources(claim, placement)).map(([one, { manifest }]) => [one, manifest]),
  );
export const asked = (claim: Table, placement: Placement, resource: string) =>
  resources(claim, placement)[resource]?.manifest.spec as Asked;
export const named = (manifest: Manifest | undefined) =>
  manifest?.metadata.annotations?.[EXTERNAL_NAME] ?? '';
export const said = (manifest: Manifest | undefined): Readonly<Record<string, unknown>> =>
  ((manifest?.spec ?? {}) as Partial<Asked>).forProvider ?? {};

/** What the application reads, decoded. */
export function delivered(claim: Table, placement: Placement): Readonly<Record<string, string>> {
  const { data = {} } = (resources(claim, placement)['connection']?.manifest ?? {}) as {
    data?: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]),
  );
}

/** Names of their own keep the attributes of a claim apart, so that none has two types. */
const attribute = (name: string) =>
  fc.record({ name: fc.constant(name), type: fc.constantFrom('S', 'N', 'B') });
const pair = (name: string) =>
  fc.record(
    { partition: attribute(`${name}-p`), sort: attribute(`${name}-s`) },
    { requiredKeys: ['partition'] },
  );
const index = (name: string) => pair(name).map((one) => ({ name, ...one }));
const indexes = fc
  .tuple(fc.integer({ min: 0, max: 3 }), index('by-owner'), index('By_2'), index('x.3'))
  .map(([most, ...all]) => all.slice(0, most));

const units = fc.integer({ min: 1, max: 40_000 });
const capacity = fc.option(
  fc.tuple(units, units).map(([a, b]) => ({ provisioned: { min: Math.min(a, b), max: Math.max(a, b) } })),
  { nil: {} },
);

const dax = fc.record(
  { size: fc.constantFrom('small', 'medium', 'large', 'xlarge'), nodes: fc.integer({ min: 1, max: 11 }) },
  { requiredKeys: [] },
);

const spec = fc.record(
  {
    key: pair('own'),
    indexes,
    capacity,
    backup: fc.record({ days: fc.integer({ min: 1, max: 35 }) }),
    ttl: fc.constantFrom('expires', 'gone at'),
    deletionProtection: fc.boolean(),
    dax,
    adopt: fc.record({ table: fc.stringMatching(/^[A-Za-z0-9_.-]{3,20}$/) }),
  },
  { requiredKeys: ['key'] },
);

/** Of a strong claim, what excludes the other is left out. */
const orStrong = fc.tuple(spec, fc.boolean()).map(([one, strong]) => {
  if (!strong) return one;
  const { ttl: _, dax: __, ...rest } = one;
  return { ...rest, consistency: 'strong', witness: 'us-east-2' };
});

/** Any valid claim. */
export const claims = fc
  .record({
    metadata: fc.record({
      name: fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,14}$/),
      namespace: fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/),
    }),
    spec: orStrong,
  })
  .map((one): Table => tableSchema.parse({ apiVersion: 'platform.flipside.dev/v1', kind: 'Table', ...one }));
