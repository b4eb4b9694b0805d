import type * as z from 'zod';
import { appSecretSchema } from './app-secret';
import { bucketSchema } from './bucket';
import { cacheSchema } from './cache';
import { postgresDatabaseSchema } from './postgres-database';
import { siteSchema } from './site';
import { tableSchema } from './table';

export * from './app-secret';
export * from './bucket';
export * from './cache';
export * from './claim';
export * from './postgres-database';
export * from './primary-region';
export * from './site';
export * from './sizes';
export * from './table';
export * from './table-regions';

/** The schema of every claim kind that a team may commit under `claims/<team>/`. */
export const claimSchemas = {
  PostgresDatabase: postgresDatabaseSchema,
  Cache: cacheSchema,
  Bucket: bucketSchema,
  Table: tableSchema,
  AppSecret: appSecretSchema,
  Site: siteSchema,
} as const satisfies Record<string, z.ZodType>;

/** Name of a claim kind. */
export type ClaimKind = keyof typeof claimSchemas;
/** A claim that a team committed, of any kind, with defaults filled in. */
export type AnyClaim = z.output<(typeof claimSchemas)[ClaimKind]>;
