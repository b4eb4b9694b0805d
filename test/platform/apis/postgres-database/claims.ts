/** Claims for tests: a plain one, and any valid one. */
import * as fc from 'fast-check';
import { type PostgresDatabase, postgresDatabaseSchema } from '../../../../spec/claims';
import type { Placement } from '../../../../spec/placement';
import { alone, home, peer } from '../../../helpers/placement';

type Input = Record<string, unknown>;

const file = (spec: Input, metadata = { name: 'orders', namespace: 'shop' }) => ({
  apiVersion: 'platform.flipside.dev/v1',
  kind: 'PostgresDatabase',
  metadata,
  spec,
});

/** A valid claim, defaults filled in. */
export const claimOf = (spec: Input = {}, metadata?: { name: string; namespace: string }): PostgresDatabase =>
  postgresDatabaseSchema.parse(file({ size: 'medium', version: '16', ...spec }, metadata));

/** A claim's file as written, valid or not. */
export const fileOf = file;

const word = (max: number) =>
  fc.stringMatching(/^[a-z][a-z0-9]*$/, { maxLength: max }).filter((text) => text.length <= max);

/** Labels with single hyphens: names of estates and claims. */
export const label = (max: number) =>
  fc
    .array(word(8), { minLength: 1, maxLength: 4 })
    .map((words) => words.join('-'))
    .filter((text) => text.length <= max);

/** Team names, which have no hyphen. */
export const team = word(20);

const rdsId = label(60);
const bounds = (min: number, max: number) =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => ({
    min: Math.min(a, b),
    max: Math.max(a, b),
  }));

const halves = bounds(1, 512).map(({ min, max }) => ({ min: min / 2, max: max / 2 }));

const time = (minutes: number) =>
  [Math.floor(minutes / 60) % 24, minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const backupWindow = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 30, max: 180 }))
  .map(([start, length]) => `${time(start)}-${time(start + length)}`);

const parameters = fc.record(
  {
    work_mem: fc.integer({ min: 64, max: 8_388_608 }),
    random_page_cost: fc.constantFrom(1, 1.1, 4),
    jit: fc.boolean(),
    log_statement: fc.constantFrom('none', 'ddl', 'mod', 'all'),
    max_connections: fc.integer({ min: 20, max: 16_000 }),
    'rds.logical_replication': fc.boolean(),
    shared_preload_libraries: fc.subarray(['pgaudit', 'pg_cron', 'pg_stat_statements'], { minLength: 1 }),
  },
  { requiredKeys: [] },
);

const ids = fc.array(rdsId, { maxLength: 3 });

const adopt = fc.oneof(
  fc.record({ home: rdsId }),
  fc.record({ home: rdsId, instances: fc.record({ home: ids, peer: ids }) }),
  fc.record({ home: rdsId, globalCluster: rdsId }),
  fc.record({ home: rdsId, globalCluster: rdsId, peer: rdsId }),
);

const origin = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.record({ restore: fc.record({ snapshot: rdsId }) }),
  fc.record({ adopt }),
);

const sized = fc.oneof(
  fc.record({ size: fc.constantFrom('small', 'medium', 'large', 'xlarge') }),
  fc.record({ capacity: halves }),
);

const rest = fc.record(
  {
    instances: fc.integer({ min: 1, max: 15 }),
    readers: bounds(1, 15).chain(({ min, max }) =>
      fc.integer({ min: 20, max: 90 }).map((cpu) => ({ min, max, cpu })),
    ),
    database: fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/),
    username: fc.stringMatching(/^[a-z][a-z0-9_]{0,15}$/),
    login: fc.constantFrom('iam', 'password'),
    backup: fc.record({ days: fc.integer({ min: 7, max: 35 }), window: backupWindow }, { requiredKeys: [] }),
    parameters,
    deletionProtection: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Any valid spec as people may write it. */
export const anySpec: fc.Arbitrary<Input> = fc
  .tuple(sized, fc.constantFrom('15', '16', '17'), rest, origin)
  .map(([one, version, others, birth]) => ({ ...one, version, ...others, ...birth }));

/** Any valid claim of any team. */
export const anyClaim: fc.Arbitrary<PostgresDatabase> = fc
  .tuple(anySpec, label(30), team)
  .map(([spec, name, namespace]) => claimOf({ size: undefined, ...spec }, { name, namespace }));

/** The three kinds of cluster there are. */
export const placements: Readonly<Record<string, Placement>> = { home, peer, alone };

/** Any of them, with any estate's name. */
export const anyPlacement: fc.Arbitrary<Placement> = fc
  .tuple(fc.constantFrom(home, peer, alone), label(20))
  .map(([placement, estate]) => ({ ...placement, estate }));
