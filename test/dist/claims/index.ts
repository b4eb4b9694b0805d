/** The table of changes: for each rule of each claim kind, what it refuses and what it lets pass. */
import { appSecret } from './app-secret';
import { bucket } from './bucket';
import { cache } from './cache';
import type { Change, Changes } from './change';
import { postgresDatabase } from './postgres-database';
import { primaryRegion } from './primary-region';
import { site } from './site';
import { table } from './table';

export * from './change';

const names: Record<string, Change> = {
  'two hyphens in its name': {
    reason: 'names are joined with hyphens and must not collide',
    name: 'two--hyphens',
    refused:
      'the name takes lower-case letters, digits and single hyphens, starting with a letter',
  },
};

/** The changes of every kind, those of any name included. */
export const tables: readonly Changes[] = [
  postgresDatabase,
  cache,
  bucket,
  table,
  appSecret,
  site,
  primaryRegion,
].map((one) => ({ ...one, changes: { ...one.changes, ...names } }));
