import type { z } from 'zod';
import { postgresDatabaseSchema } from './postgres-database';

export * from './claim';
export * from './postgres-database';
export * from './primary-region';
export * from './sizes';

/** The schema of every claim kind that a team may commit under `claims/<team>/`. */
export const claimSchemas = {
  PostgresDatabase: postgresDatabaseSchema,
} as const satisfies Record<string, z.ZodType>;

/** Name of a claim kind. */
export type ClaimKind = keyof typeof claimSchemas;
/** A claim that a team committed, of any kind, with defaults filled in. */
export type AnyClaim = z.output<(typeof claimSchemas)[ClaimKind]>;
