/**
 * What a request of Crossplane says, freed from what Crossplane and the API server add.
 *
 * Its objects are Go's maps, each time in another order: a text or a list made of them would differ from the last one
 * although nothing has changed, and Crossplane composes again whenever one differs. So their keys are put in order.
 */
import type { RunFunctionRequest } from '@crossplane-org/function-sdk-typescript';
import { ordered } from '../../model/ordered';
import type { Manifest, Observed } from '../../platform/kind';

/** The claim as the API server holds it, not yet checked. */
export interface Asked {
  readonly kind: string;
  /** `<namespace>/<name>` */
  readonly name: string;
  /** Only what its owner may write: the rest would not fit the claim's schema. */
  readonly claim: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The claim that is to be composed. */
export function askedOf({ observed }: RunFunctionRequest): Asked {
  const { apiVersion, kind, metadata, spec } = fields(ordered(observed?.composite?.resource));
  const { name, namespace, labels, annotations } = fields(metadata);
  return {
    kind: String(kind),
    name: `${String(namespace)}/${String(name)}`,
    claim: {
      apiVersion,
      kind,
      metadata: {
        name,
        namespace,
        ...(labels !== undefined && { labels }),
        ...(annotations !== undefined && { annotations }),
      },
      spec: written(spec),
    },
  };
}

/** `spec.crossplane` holds what Crossplane keeps in a composite. https://docs.crossplane.io/v2.3/composition/composite-resources/ (2026-11) */
function written(spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null) return spec;
  const { crossplane: _, ...own } = fields(spec);
  return own;
}

/** The region's facts as the Composition has them, not yet checked. */
export const placedOf = ({ input }: RunFunctionRequest): unknown => ordered(input);

/** What the API server holds for each composed resource. */
export function observedOf({ observed }: RunFunctionRequest): Observed {
  const entries = Object.entries(ordered(observed?.resources ?? {}));
  // Crossplane observed them from the API server, so each is an object with apiVersion, kind and metadata.
  return Object.fromEntries(entries.map(([key, { resource }]) => [key, resource as unknown as Manifest]));
}

const fields = (value: unknown): Fields => (value ?? {}) as Fields;
