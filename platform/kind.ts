/**
 * The contract of a claim kind. Each lives in `apis/<kind>/`: `compose.ts` decides what exists, `upjet.ts` spells it
 * as managed resources, `definition.ts` is the XRD and the Composition.
 */
import type { CelRule, Claim } from '../spec/claims';
import type { Placement } from '../spec/placement';

/** A Kubernetes object as plain data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/** What the API server holds for each composed resource, by the key it was composed under. */
export type Observed = Readonly<Record<string, Manifest>>;

/** A resource that the claim becomes. */
export interface Composed {
  readonly manifest: Manifest;
  /** True once the observed object does what the claim asked for. */
  readonly ready: boolean;
}

/** A condition of the claim besides Ready and Synced, which Crossplane sets. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message?: string;
}

/** What a claim is composed of. */
export interface Composition {
  /** By key; a key is the resource's identity for Crossplane and never changes. */
  readonly resources: Readonly<Record<string, Composed>>;
  /** Fields of the claim's status; always holds `reason`, empty when nothing is waited for. */
  readonly status: Readonly<Record<string, unknown>> & { readonly reason: string };
  readonly conditions: readonly Condition[];
}

/** Composes one claim in one region. Pure: same claim, same observed, same placement, same answer. */
export type Compose<C extends Claim> = (claim: C, observed: Observed, placement: Placement) => Composition;

/** A column of `kubectl get <kind>`. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date' | 'boolean';
  readonly jsonPath: string;
}

/**
 * A claim kind as the registry lists it.
 */
export interface Kind<C extends Claim = Claim> {
  readonly kind: string;
  readonly plural: string;
  readonly columns: readonly PrinterColumn[];
  /** OpenAPI properties of the claim's status, besides `reason` and what Crossplane adds. */
  readonly status: Readonly<Record<string, unknown>>;
  /** What the API server of a cluster checks besides the schema, where it depends on the cluster. @default none */
  readonly rules?: (placement: Placement) => readonly CelRule[];
  readonly compose: Compose<C>;
  /** Kinds of managed resources it may compose, as `<plural>.<group>`, for the activation policy. */
  readonly activates: readonly string[];
  /**
   * What AWS would answer for a composed resource once it stands: `status.atProvider`, invented but well-formed.
   * The golden render and the tests settle claims with it; nothing in a cluster calls it.
   */
  readonly example: (key: string, manifest: Manifest, placement: Placement) => Record<string, unknown>;
}
