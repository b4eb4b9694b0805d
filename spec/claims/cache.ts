/** `Cache`: an ElastiCache (Valkey) replication group in each region, on its own or as one global datastore. */
import * as z from 'zod';
import { count, teamName } from '../scalars';
import { type Claim, cel, claimSchema, immutable } from './claim';
import { size } from './sizes';

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html (2026-11) */
const groupId = (description: string) =>
  z
    .string()
    .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, {
      error: 'expected the id of a replication group: lower-case letters, digits and hyphens',
    })
    .max(40, { error: 'longer than 40 characters, expected at most 40' })
    .meta({ description });

const adopt = z
  .strictObject({
    home: groupId('Existing replication group in the home region'),
    peer: groupId('Existing replication group in the peer region; left out: it is made').optional(),
    global: z
      .string()
      .regex(/^[a-z]{5}-[a-z0-9-]+$/, {
        error: 'expected the full id of a global datastore, for example ldgnf-sessions',
      })
      .max(63, { error: 'longer than 63 characters, expected at most 63' })
      .optional()
      .meta({ description: 'Existing global datastore of the group in the home region, by its full id' }),
    secret: z
      .string()
      .regex(/^[A-Za-z0-9/_+=.@-]+$/, { error: 'expected the name of a secret, not its ARN' })
      .max(512, { error: 'longer than 512 characters, expected at most 512' })
      .meta({
        description:
          'Secret in Secrets Manager with the AUTH token of the groups under the key token, replicated to the peer region; only read',
      }),
  })
  .meta({ description: 'Existing groups to take over, by id; found first, never replaced' });

const teams = z
  .array(teamName)
  .max(20, { error: 'names more than 20 teams, expected at most 20' })
  .refine((names) => new Set(names).size === names.length, {
    error: 'names a team twice, expected different ones',
  })
  .default([])
  .meta({
    description: 'Other teams whose namespaces receive the connection data',
    ...cel({
      rule: 'self.all(team, self.exists_one(other, other == team))',
      message: 'teams names a team twice, expected different ones',
    }),
  });

const rules = cel(
  {
    rule: "!has(self.adopt) || !has(self.adopt.global) || self.scope == 'global'",
    message: 'adopt.global is for scope global only',
  },
  {
    rule: 'has(self.adopt) == has(oldSelf.adopt) && (!has(self.adopt) || self.adopt == oldSelf.adopt)',
    message: 'adopt cannot change',
  },
);

const spec = z
  .strictObject({
    size,
    scope: z
      .enum(['regional', 'global'])
      .default('regional')
      .meta({
        description:
          'regional: a cache of its own in each region, filled again after a flip; global: the peer region has a copy, which the flip promotes',
        ...immutable('scope'),
      }),
    purpose: z.enum(['cache', 'sessions']).default('cache').meta({
      description: 'cache: can be filled again; sessions: users lose their login when it is lost',
    }),
    shards: count(1, 90, 'Parts that the keys are spread over (cluster mode)').default(1),
    replicas: count(1, 5, 'Copies of each shard in other zones; one takes over when a zone is lost').default(
      1,
    ),
    snapshot: z
      .strictObject({ days: count(0, 35, 'Days that daily snapshots are kept; 0: none').default(7) })
      .prefault({}),
    teams,
    adopt: adopt.optional(),
  })
  .refine(({ scope, adopt: ids }) => scope === 'global' || ids?.global === undefined, {
    path: ['adopt', 'global'],
    error: 'scope is regional, expected scope global or no adopt.global',
  })
  .meta(rules);

/** Shape of a `Cache` claim. */
export const cacheSchema = claimSchema('Cache', spec);
/** Spec of a `Cache`, defaults filled in. */
export type CacheSpec = z.output<typeof spec>;
/** A `Cache` claim. */
export type Cache = Claim<CacheSpec>;
