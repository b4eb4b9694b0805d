/** `PostgresDatabase`: an Aurora PostgreSQL Global Database over both regions. */
import * as z from 'zod';
import { count } from '../scalars';
import { type CelRule, type Claim, cel, claimSchema, immutable } from './claim';
import { postgresParameters } from './postgres-parameters';
import { size } from './sizes';
import { dailyWindow } from './window';

const identifier = (description: string, fallback: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, { error: 'expected lower-case letters, digits and underscores' })
    .max(63, { error: 'longer than 63 characters, expected at most 63' })
    .default(fallback)
    .meta({ description, ...immutable(description) });

const units = (description: string) =>
  z
    .number()
    .min(0.5, { error: 'expected 0.5 to 256' })
    .max(256, { error: 'expected 0.5 to 256' })
    // No multipleOf: the API server cuts fractions off steps and bounds, and then refuses every whole number.
    .refine((value) => Number.isInteger(value * 2), { error: 'expected a multiple of 0.5' })
    .meta({
      description,
      ...cel({
        rule: 'self >= 0.5 && self * 2.0 == double(int(self * 2.0))',
        message: 'expected a multiple of 0.5, at least 0.5',
      }),
    });

const upwards: CelRule = { rule: 'self.min <= self.max', message: 'min must not be above max' };
const isUpwards = ({ min, max }: { min: number; max: number }) => min <= max;
const notUpwards = { path: ['min'], error: 'above max, expected at most max' };

const capacity = z
  .strictObject({ min: units('Fewest capacity units'), max: units('Most capacity units') })
  .refine(isUpwards, notUpwards)
  .meta({
    description:
      'Aurora Serverless v2 instead of a size: each instance scales between these capacity units (2 GiB each)',
    ...cel(upwards),
  });

const readers = z
  .strictObject({
    min: count(1, 15, 'Fewest readers, the ones of `instances` included'),
    max: count(1, 15, 'Most readers'),
    cpu: count(20, 90, 'Average CPU of the readers to keep, in percent').default(60),
  })
  .refine(isUpwards, notUpwards)
  .meta({
    description:
      'Readers that come and go with the load, in the home region only: Aurora does not scale the readers of a ' +
      'secondary cluster. While the writers are in the peer region this has no effect, so size `instances` for that',
    ...cel(upwards),
  });

const existing = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'expected the identifier of an RDS cluster or instance' })
  .max(63, { error: 'longer than 63 characters, expected at most 63' });

const existingInstances = (where: string) =>
  z
    .array(existing)
    .max(15, { error: 'more than 15 instances, expected at most 15' })
    .default([])
    .meta({ description: `Instances of the ${where} cluster to take over; no new ones are added` });

const adopt = z
  .strictObject({
    globalCluster: existing
      .optional()
      .meta({ description: 'Existing global database; left out, one is made from the home cluster' }),
    home: existing.meta({ description: 'Existing cluster in the home region' }),
    peer: existing
      .optional()
      .meta({ description: 'Existing member in the peer region; left out, a new one joins' }),
    instances: z
      .strictObject({ home: existingInstances('home'), peer: existingInstances('peer') })
      .prefault({}),
  })
  .refine((ids) => !ids.peer || ids.globalCluster, {
    path: ['globalCluster'],
    error: 'missing, expected the global database that peer is a member of',
  })
  .meta({
    description:
      'Existing clusters of prod to take over, by identifier. They are observed first, taken over once engine, ' +
      'version, encryption and instance class are what the claim says, and never replaced; key, subnets, security ' +
      'groups and parameters stay theirs. With login: password, the value belongs into the secret of the claim',
    ...cel({ rule: '!has(self.peer) || has(self.globalCluster)', message: 'peer needs globalCluster' }),
  });

const restore = z
  .strictObject({
    snapshot: z
      .string()
      .min(1)
      .max(255)
      .meta({ description: 'Name or ARN of a cluster snapshot in the home region' }),
  })
  .meta({
    description:
      'In prod the database is born from a snapshot; database and username are the ones of the snapshot',
  });

const backup = z
  .strictObject({
    days: count(7, 35, 'Days that a point in time can be restored').default(35),
    window: dailyWindow('03:00-04:00', 'Daily snapshot, UTC; maintenance keeps clear of it'),
  })
  .prefault({});

/** An optional field that is set at birth or never. */
const bornWith = (field: string): CelRule => ({
  rule: `has(self.${field}) == has(oldSelf.${field}) && (!has(self.${field}) || self.${field} == oldSelf.${field})`,
  message: `${field} cannot change: it says how the database was born`,
});

const spec = z
  .strictObject({
    size: size.optional().meta({ description: 'Size of each instance, the same in both regions' }),
    capacity: capacity.optional(),
    version: z.enum(['15', '16', '17']).meta({
      description: 'Major version; the platform pins the minor one',
      ...cel({ rule: 'self >= oldSelf', message: 'version cannot go down' }),
    }),
    instances: count(1, 15, 'Instances in each region; two or more survive the loss of a zone').default(2),
    readers: readers.optional(),
    database: identifier('Name of the first database', 'app'),
    username: identifier('Name of the administrator', 'dbadmin'),
    login: z
      .enum(['iam', 'password'])
      .default('iam')
      .meta({
        description:
          'How the application logs in. iam: with a token of its Pod Identity role; run once on the writer as the ' +
          'administrator: CREATE ROLE <name> LOGIN; GRANT rds_iam TO <name>; GRANT CONNECT ON DATABASE <database> ' +
          'TO <name>. password: as the administrator, with a generated, replicated and rotated password',
      }),
    backup,
    parameters: postgresParameters.prefault({}),
    deletionProtection: z.boolean().default(true).meta({ description: 'AWS refuses to delete the clusters' }),
    restore: restore.optional(),
    adopt: adopt.optional(),
  })
  .refine((self) => self.size !== undefined || self.capacity !== undefined, {
    path: ['size'],
    error: 'missing, expected size or capacity',
  })
  .refine((self) => self.size === undefined || self.capacity === undefined, {
    path: ['capacity'],
    error: 'size is set as well, expected one of the two',
  })
  .refine((self) => !self.restore || !self.adopt, {
    path: ['restore'],
    error: 'adopt is set as well, expected one of the two',
  })
  .meta(
    cel(
      { rule: 'has(self.size) != has(self.capacity)', message: 'set either size or capacity' },
      { rule: '!(has(self.restore) && has(self.adopt))', message: 'set restore or adopt, not both' },
      bornWith('restore'),
      bornWith('adopt'),
    ),
  );

/** Shape of a `PostgresDatabase` claim. */
export const postgresDatabaseSchema = claimSchema('PostgresDatabase', spec);
/** Spec of a `PostgresDatabase`, defaults filled in. */
export type PostgresDatabaseSpec = z.output<typeof spec>;
/** A `PostgresDatabase` claim. */
export type PostgresDatabase = Claim<PostgresDatabaseSpec>;
