/** Cache claims for tests: written ones, random ones, and ways to look at what they become. */
import * as fc from 'fast-check';
import { cacheKind } from '../../../platform/apis/cache';
import type { Manifest, Observed } from '../../../platform/kind';
import { EXTERNAL_NAME } from '../../../platform/managed';
import { observedFrom, settle } from '../../../platform/settle';
import { type Cache, cacheSchema } from '../../../spec/claims/cache';
import type { Placement } from '../../../spec/placement';

/** A small cache `shop/sessions` with these fields. */
export const cache = (spec: object = {}): Cache =>
  cacheSchema.parse({
    apiVersion: 'platform.flipside.dev/v1',
    kind: 'Cache',
    metadata: { name: 'sessions', namespace: 'shop' },
    spec: { size: 'small', ...spec },
  });

/** What a managed resource asks AWS for. */
export interface Asked {
  readonly forProvider: Readonly<Record<string, unknown>>;
  readonly initProvider: Readonly<Record<string, unknown>>;
  readonly managementPolicies: readonly string[];
}

export const settled = (claim: Cache, placement: Placement) => settle(cacheKind, claim, placement);
export const resources = (claim: Cache, placement: Placement) =>
  settled(claim, placement).composition.resources;
export const manifestsIn = (claim: Cache, placement: Placement): Readonly<Record<string, Manifest>> =>
  Object.fromEntries(
    Object.entries(resources(claim, placement)).map(([key, { manifest }]) => [key, manifest]),
  );
export const asked = (claim: Cache, placement: Placement, key: string) =>
  resources(claim, placement)[key]?.manifest.spec as Asked;
export const named = (manifest: Manifest | undefined) =>
  manifest?.metadata.annotations?.[EXTERNAL_NAME] ?? '';
/** Everything it asks for, at birth or always. */
export const said = (manifest: Manifest | undefined): Readonly<Record<string, unknown>> => {
  const { forProvider, initProvider } = (manifest?.spec ?? {}) as Partial<Asked>;
  return { ...initProvider, ...forProvider };
};

/** Observed as after `settle`, with other words of AWS for one resource. */
export function saying(claim: Cache, placement: Placement, key: string, words: object): Observed {
  const { observed, composition } = settled(claim, placement);
  const manifest = composition.resources[key]?.manifest;
  if (!manifest) throw new Error(`Cannot find resource "${key}"`);
  const said = cacheKind.example(key, manifest, placement);
  return { ...observed, [key]: observedFrom(manifest, { ...said, ...words }) };
}

export const without = (observed: Observed, ...gone: string[]): Observed =>
  Object.fromEntries(Object.entries(observed).filter(([key]) => !gone.includes(key)));

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
      teams: fc.uniqueArray(fc.constantFrom('web', 'search', 'mail'), { maxLength: 3 }),
      adopt: fc.record(
        { home: groupId, peer: groupId, secret: groupId },
        { requiredKeys: ['home', 'secret'] },
      ),
    },
    { requiredKeys: ['size'] },
  )
  .filter(({ adopt }) => adopt === undefined || adopt.home !== adopt.peer);

/** Any valid claim. */
export const claims = fc
  .record({
    metadata: fc.record({
      name: fc.stringMatching(/^[a-z]([a-z0-9]|-[a-z0-9]){0,14}$/),
      namespace: fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/),
    }),
    spec,
  })
  .map((one): Cache => cacheSchema.parse({ apiVersion: 'platform.flipside.dev/v1', kind: 'Cache', ...one }));
