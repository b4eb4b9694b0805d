/** The registry: every claim kind, by which the render, the function and the simulation find them. */
import type * as z from 'zod';
import { type Claim, claimSchemas, primaryRegionSchema } from '../../spec/claims';
import type { Placement } from '../../spec/placement';
import { composition } from '../composition';
import type { Kind, Manifest } from '../kind';
import { xrd } from '../xrd';
import { appSecretKind } from './app-secret';
import { bucketKind } from './bucket';
import { cacheKind } from './cache';
import { postgresDatabaseKind } from './postgres-database';
import { primaryRegionKind } from './primary-region';
import { siteKind } from './site';
import { tableKind } from './table';

/** Kinds are called only with claims that the loader or the API server checked against the schema of that kind. */
const listed = <C extends Claim>(kind: Kind<C>) => kind as unknown as Kind;

/** Every claim kind; the order is the order of rendered files. */
export const kinds: readonly Kind[] = [
  listed(postgresDatabaseKind),
  listed(cacheKind),
  listed(bucketKind),
  listed(tableKind),
  listed(appSecretKind),
  listed(siteKind),
  listed(primaryRegionKind),
];

const schemas: Readonly<Record<string, z.ZodType>> = { ...claimSchemas, PrimaryRegion: primaryRegionSchema };

/** The claim kind of a name. */
export function kindOf(name: string): Kind {
  const found = kinds.find(({ kind }) => kind === name);
  if (!found) throw new Error(`Cannot compose "${name}": no such kind, expected ${known()}`);
  return found;
}

const known = () => kinds.map(({ kind }) => kind).join(', ');

/** What a cluster needs before claims can be applied: the definition and the composition of every kind. */
export function definitions(placement: Placement): Manifest[] {
  return kinds.flatMap((kind) => [
    xrd(kind, schemaOf(kind), kind.rules?.(placement)),
    composition(kind, inputOf(kind, placement)),
  ]);
}

/** The zod schema of a kind's claim file. */
export function schemaOf({ kind }: Pick<Kind, 'kind'>): z.ZodType {
  const schema = schemas[kind];
  if (!schema) throw new Error(`Cannot define "${kind}": no schema, expected one in spec/claims/index.ts`);
  return schema;
}

/** The plan of a flip is for the regional claim alone. */
function inputOf({ kind }: Kind, { flip, ...placement }: Placement): Placement {
  return kind === 'PrimaryRegion' && flip ? { ...placement, flip } : placement;
}
