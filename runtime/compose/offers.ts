/** The claim kinds that the function composes, each with the schema that its claims must fit. */
import type * as z from 'zod';
import type { Kind } from '../../platform/kind';

/** A kind and the schema of its claims. */
export interface Offer {
  readonly kind: Kind;
  readonly schema: z.ZodType;
}

/** By kind. A map, so that a kind named `constructor` is as unknown as any other. */
export type Offers = ReadonlyMap<string, Offer>;

/** Every kind with its schema. */
export const offersOf = (kinds: readonly Kind[], schemaOf: (kind: Kind) => z.ZodType): Offers =>
  new Map(kinds.map((kind) => [kind.kind, { kind, schema: schemaOf(kind) }]));
