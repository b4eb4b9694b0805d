/**
 * The PostgreSQL parameters that a claim may set. Values are in PostgreSQL's own units.
 *
 * Absent on purpose: what the platform sets itself (`rds.force_ssl`), and `rds.global_db_rpo`, which stops commits in
 * both regions as soon as the only secondary lags.
 */
import * as z from 'zod';
import { count } from '../scalars';
import { cel } from './claim';

const MAX_INT = 2_147_483_647;
const EIGHT_GIB_IN_KB = 8_388_608;

/** The API server cuts fractions off a lower bound, so a rule repeats it. */
const atLeast = (min: number) => cel({ rule: `self >= ${min}`, message: `expected at least ${min}` });

const flag = (description: string) => z.boolean().meta({ description });

/** Taken over by running instances. */
const dynamic = {
  autovacuum_naptime: count(1, 86_400, 'Seconds between two runs of autovacuum in a database'),
  autovacuum_vacuum_scale_factor: z
    .number()
    .min(0.001, { error: 'expected 0.001 to 1' })
    .max(1, { error: 'expected 0.001 to 1' })
    .meta({ description: 'Share of changed rows at which a table is vacuumed', ...atLeast(0.001) }),
  default_statistics_target: count(1, 10_000, 'Detail of the planner statistics'),
  idle_in_transaction_session_timeout: count(0, MAX_INT, 'Milliseconds; 0 waits for ever'),
  idle_session_timeout: count(0, MAX_INT, 'Milliseconds; 0 waits for ever'),
  jit: flag('Compile expensive queries'),
  lock_timeout: count(0, MAX_INT, 'Milliseconds; 0 waits for ever'),
  log_lock_waits: flag('Log waits for locks'),
  log_min_duration_statement: count(-1, MAX_INT, 'Milliseconds from which a statement is logged; -1 never'),
  log_statement: z.enum(['none', 'ddl', 'mod', 'all']).meta({ description: 'Statements that are logged' }),
  log_temp_files: count(-1, MAX_INT, 'Kilobytes from which a temporary file is logged; -1 never'),
  maintenance_work_mem: count(1024, EIGHT_GIB_IN_KB, 'Kilobytes for VACUUM and CREATE INDEX'),
  random_page_cost: z
    .number()
    .min(0.1, { error: 'expected 0.1 to 100' })
    .max(100, { error: 'expected 0.1 to 100' })
    .meta({ description: 'Price of a random page read for the planner', ...atLeast(0.1) }),
  statement_timeout: count(0, MAX_INT, 'Milliseconds; 0 waits for ever'),
  work_mem: count(64, EIGHT_GIB_IN_KB, 'Kilobytes for each sort or hash'),
} as const;

/** Read at start: they take effect when an instance restarts. */
const atStart = {
  autovacuum_max_workers: count(1, 64, 'Autovacuum processes at a time; needs a restart'),
  max_connections: count(20, 16_000, 'Connections to an instance; needs a restart'),
  max_worker_processes: count(8, 1024, 'Background processes; needs a restart'),
  'rds.logical_replication': flag('Write ahead log for logical decoding; needs a restart'),
  shared_preload_libraries: z
    .array(z.enum(['auto_explain', 'pg_cron', 'pg_hint_plan', 'pg_stat_statements', 'pgaudit']))
    .min(1, { error: 'no library, expected at least one' })
    .max(5, { error: 'more than five libraries, expected each at most once' })
    .meta({ description: 'Libraries loaded by every instance; needs a restart' }),
  track_activity_query_size: count(1024, 102_400, 'Bytes kept of a running query; needs a restart'),
} as const;

/** Shape of the parameters of a `PostgresDatabase`. */
export const postgresParameters = z
  .strictObject({ ...dynamic, ...atStart })
  .partial()
  .meta({ description: 'PostgreSQL parameters, the same in both regions' });

/** The parameters that a running instance takes over only when it restarts. */
export const RESTART_PARAMETERS: ReadonlySet<string> = new Set(Object.keys(atStart));

/** A value of a parameter as a claim writes it. */
export type ParameterValue = string | number | boolean | readonly string[];
