/** What a cluster would observe: steady states, and changes to them. */
import { postgresDatabaseKind } from '../../../../platform/apis/postgres-database';
import type { Manifest, Observed } from '../../../../platform/kind';
import { settle } from '../../../../platform/settle';
import type { PostgresDatabase } from '../../../../spec/claims';
import type { Placement } from '../../../../spec/placement';

/** The end of a claim's way in one region. */
export const settled = (claim: PostgresDatabase, placement: Placement) =>
  settle(postgresDatabaseKind, claim, placement);

/** The manifests of a composition, by key. */
export const manifestsIn = (composition: {
  readonly resources: Readonly<Record<string, { readonly manifest: Manifest }>>;
}): Record<string, Manifest> =>
  Object.fromEntries(Object.entries(composition.resources).map(([key, { manifest }]) => [key, manifest]));

/** The same, with AWS's answer for one resource changed; undefined takes a field away. */
export function answering(observed: Observed, key: string, atProvider: Record<string, unknown>): Observed {
  const before = observed[key] as Manifest & { status: { atProvider: object } };
  const status = { ...before.status, atProvider: { ...before.status.atProvider, ...atProvider } };
  return { ...observed, [key]: { ...before, status } };
}

/** The same, with a resource whose controller has said nothing yet. */
export function silent(observed: Observed, key: string): Observed {
  const { status: _, ...before } = observed[key] as Manifest;
  return { ...observed, [key]: before };
}

interface Spec {
  readonly managementPolicies: readonly string[];
  readonly forProvider: Readonly<Record<string, unknown>>;
  readonly initProvider: Readonly<Record<string, unknown>>;
}

/** The spec of a managed resource; absent parts are empty. */
export function specOf(manifest: Manifest | undefined): Spec {
  const spec = (manifest?.spec ?? {}) as Partial<Spec>;
  return {
    managementPolicies: spec.managementPolicies ?? [],
    forProvider: spec.forProvider ?? {},
    initProvider: spec.initProvider ?? {},
  };
}

/** The name that AWS knows it by. */
export const awsName = (manifest: Manifest | undefined) =>
  manifest?.metadata.annotations?.['crossplane.io/external-name'];
