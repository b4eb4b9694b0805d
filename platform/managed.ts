/** How every managed resource is dressed: its AWS name, its policies, and readiness as the provider reports it. */
import type { Composed, Manifest, Observed } from './kind';

/** What a provider may do with an AWS resource. https://docs.crossplane.io/latest/managed-resources/managed-resources/#managementpolicies */
export const POLICIES = {
  /**
   * For everything that holds data or that data depends on. No Delete: removing a claim leaves the data. No
   * LateInitialize: a value AWS changed in a promotion must not become a wish of ours.
   */
  keep: ['Observe', 'Create', 'Update'],
  /** For what the other region manages, and for the first step of an adoption. */
  observe: ['Observe'],
  /** For what holds nothing and can be made again. */
  own: ['Observe', 'Create', 'Update', 'Delete'],
} as const;

/** One of the policy sets. */
export type Policy = keyof typeof POLICIES;

/** Where Crossplane keeps the name that AWS knows a resource by. */
export const EXTERNAL_NAME = 'crossplane.io/external-name';

/** What a managed resource is dressed with. */
export interface Dress {
  readonly policy: Policy;
  /** The name or id in AWS; absent where AWS assigns it. */
  readonly externalName?: string;
}

/** A managed resource as `<Kind>.manifest()` of `imports/` gives it, with policies, provider and AWS name. */
export function managed(manifest: unknown, { policy, externalName }: Dress): Manifest {
  const bare = manifest as Manifest & { spec: object };
  const annotations = {
    ...bare.metadata.annotations,
    ...(externalName && { [EXTERNAL_NAME]: externalName }),
  };
  return {
    ...bare,
    metadata: { ...bare.metadata, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: {
      managementPolicies: [...POLICIES[policy]],
      providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' },
      ...bare.spec,
    },
  };
}

/** True when the observed object has the condition `type` with status True. */
export function hasCondition(observed: Manifest | undefined, type: string): boolean {
  const { conditions = [] } = (observed?.status ?? {}) as { conditions?: { type: string; status: string }[] };
  return conditions.some((condition) => condition.type === type && condition.status === 'True');
}

/** What AWS last said about a managed resource; empty before the first answer. */
export function atProvider(observed: Manifest | undefined): Readonly<Record<string, unknown>> {
  return ((observed?.status ?? {}) as { atProvider?: Record<string, unknown> }).atProvider ?? {};
}

/** True when the provider may already change the AWS resource: an adoption that got this far is over. */
export function isTakenOver(observed: Manifest | undefined): boolean {
  const { managementPolicies = [] } = (observed?.spec ?? {}) as { managementPolicies?: readonly string[] };
  return managementPolicies.includes('Update');
}

/** Each manifest with the readiness that its observed object reports. */
export function withReadiness(
  manifests: Readonly<Record<string, Manifest>>,
  observed: Observed,
): Record<string, Composed> {
  return Object.fromEntries(
    Object.entries(manifests).map(([key, manifest]) => [
      key,
      { manifest, ready: isReady(manifest, observed[key]) },
    ]),
  );
}

/** Objects without a Ready condition of their own are ready once they exist. */
const WITHOUT_CONDITIONS = new Set(['ConfigMap', 'Secret', 'ServiceAccount', 'NetworkPolicy', 'Password']);

function isReady(desired: Manifest, observed: Manifest | undefined): boolean {
  if (!observed) return false;
  if (WITHOUT_CONDITIONS.has(desired.kind)) return true;
  if (desired.kind === 'Job') return hasCondition(observed, 'Complete');
  return hasCondition(observed, 'Ready');
}
