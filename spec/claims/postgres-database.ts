/** `PostgresDatabase`: an Aurora PostgreSQL Global Database over both regions. */
import { z } from 'zod';
import { count } from '../scalars';
import { type Claim, claimSchema, immutable } from './claim';
import { size } from './sizes';

const identifier = (description: string, fallback: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, { error: 'expected lower-case letters, digits and underscores' })
    .default(fallback)
    .meta({ description, ...immutable(description) });

const window = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected hh:mm-hh:mm in UTC' });

const spec = z.strictObject({
  size,
  version: z.enum(['15', '16', '17']).meta({ description: 'Major version; the platform pins the minor one' }),
  instances: count(1, 15, 'Instances in each region; two or more survive the loss of a zone').default(2),
  database: identifier('Name of the first database', 'app'),
  username: identifier('Name of the administrator', 'dbadmin'),
  login: z.enum(['iam', 'password']).default('iam').meta({
    description: 'How the application logs in: a token of its Pod Identity role, or a replicated password',
  }),
  backup: z
    .strictObject({
      days: count(7, 35, 'Days that a point in time can be restored').default(35),
      window: window.default('03:00-04:00').meta({ description: 'Daily snapshot, UTC' }),
    })
    .prefault({}),
  deletionProtection: z.boolean().default(true).meta({ description: 'AWS refuses to delete the clusters' }),
  adopt: z
    .strictObject({
      globalCluster: z.string().min(1).optional(),
      home: z.string().min(1).meta({ description: 'Identifier of the existing cluster in the home region' }),
      peer: z.string().min(1).optional(),
    })
    .optional()
    .meta({
      description:
        'Existing clusters to take over, by identifier; they are observed first and never replaced',
    }),
});

/** Shape of a `PostgresDatabase` claim. */
export const postgresDatabaseSchema = claimSchema('PostgresDatabase', spec);
/** Spec of a `PostgresDatabase`, defaults filled in. */
export type PostgresDatabaseSpec = z.output<typeof spec>;
/** A `PostgresDatabase` claim. */
export type PostgresDatabase = Claim<PostgresDatabaseSpec>;
