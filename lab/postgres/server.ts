/** One PostgreSQL server on loopback. */
import { chownSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';
import { assertRuns, isAlive, start, statOf } from '../process';
import { until } from '../until';
import { as, type Owner, run } from './programs';

/** Master user of every server, and the database it is connected to. */
export const USER = 'flipside';
export const DATABASE = 'postgres';
const LOOPBACK = '127.0.0.1';
const READY_MS = 60_000;
const STOP_MS = 20_000;

/** What a server is made of. */
export interface ServerProps {
  /** State folder of the lab; its log goes there. */
  readonly state: string;
  /** Name of its log. */
  readonly name: string;
  readonly region: string;
  /** Its data directory. */
  readonly data: string;
  readonly programs: string;
  readonly owner: Owner;
  readonly port: number;
  readonly password: string;
}

/** A server that may run. */
export interface Server extends ServerProps {
  readonly isRunning: () => boolean;
  /** Process ids: the server's, then its children's. None when it does not run. */
  readonly pids: () => readonly number[];
  /** Starts it, as a replica when it is told the port that leads to its primary, and waits until it answers. */
  readonly start: (primary?: number) => Promise<void>;
  /** Ends it cleanly: connections are dropped, replicas get everything first. */
  readonly stop: () => Promise<void>;
  /** Ends all its processes at once, as the loss of its region does. */
  readonly kill: () => Promise<void>;
  readonly query: Query;
  /** Several queries over one connection, which costs the server a process and both sides a password's worth of work. */
  readonly session: <T>(use: (query: Query) => Promise<T>) => Promise<T>;
}

/** Runs one statement and gives its rows. */
export type Query = <Row extends QueryResultRow>(
  sql: string,
  values?: readonly unknown[],
) => Promise<readonly Row[]>;

/** A server over a data directory that exists. It does not run yet. */
export function serverOf(props: ServerProps): Server {
  let pid: number | undefined;
  const pids = () => (pid !== undefined && isAlive(pid) ? [pid, ...childrenOf(pid)] : []);
  const session: Server['session'] = async (use) => {
    const client = clientOf(props);
    await client.connect();
    try {
      return await use(async (sql, values = []) => (await client.query(sql, [...values])).rows);
    } finally {
      await client.end();
    }
  };
  const query: Query = (sql, values) => session((once) => once(sql, values));
  return {
    ...props,
    pids,
    query,
    session,
    isRunning: () => pids().length > 0,
    start: async (primary) => {
      configure(props, primary);
      pid = launch(props);
      await ready(props, pid, query);
    },
    stop: async () => {
      const all = pids();
      // SIGINT is PostgreSQL's fast shutdown.
      signal(all.slice(0, 1), 'SIGINT');
      await gone(all, STOP_MS).catch(() => signal(all, 'SIGKILL'));
      await gone(all, STOP_MS);
    },
    kill: async () => {
      const all = pids();
      signal(all, 'SIGKILL');
      await gone(all, STOP_MS);
      if (all.length > 0) await forgetMemory(props);
    },
  };
}

/** A client of a server; the caller connects and ends it. */
export function clientOf(
  { port, password }: Pick<ServerProps, 'port' | 'password'>,
  timeoutMs = 5_000,
): Client {
  const client = new Client({
    host: LOOPBACK,
    port,
    password,
    user: USER,
    database: DATABASE,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  // A connection that breaks between two queries is told by the next one.
  client.on('error', () => undefined);
  return client;
}

function launch({ state, name, region, owner, programs, data }: ServerProps): number {
  const [program, ...args] = as(owner, join(programs, 'postgres'), ['-D', data]);
  return start(program, args, { name, state, region, env: { LC_ALL: 'C' } }).pid;
}

/**
 * Written anew before each start. Nothing is forced to disk: a process that is killed loses nothing by that, a machine
 * that loses power would. No server waits for another one that is silent: wires are cut by closing them.
 */
function configure({ data, owner, port, password, region }: ServerProps, primary: number | undefined): void {
  const settings = {
    listen_addresses: LOOPBACK,
    port,
    unix_socket_directories: '',
    'flipside.region': region,
    fsync: 'off',
    full_page_writes: 'off',
    jit: 'off',
    dynamic_shared_memory_type: 'mmap',
    shared_buffers: '16MB',
    max_connections: 60,
    wal_level: 'replica',
    wal_keep_size: '256MB',
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    wal_sender_timeout: 0,
    wal_receiver_timeout: 0,
    wal_receiver_status_interval: '1s',
    wal_retrieve_retry_interval: '100ms',
    hot_standby: 'on',
    log_checkpoints: 'off',
    ...(primary !== undefined && { primary_conninfo: conninfo(primary, password, region) }),
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key} = '${value}'\n`);
  write(join(data, 'postgresql.auto.conf'), lines.join(''), owner);
  const marker = join(data, 'standby.signal');
  if (primary === undefined) return rmSync(marker, { force: true });
  write(marker, '', owner);
}

const conninfo = (port: number, password: string, region: string) =>
  `host=${LOOPBACK} port=${port} user=${USER} password=${password} application_name=${region}`;

function write(path: string, text: string, { uid, gid }: Owner): void {
  writeFileSync(path, text, { mode: 0o600 });
  chownSync(path, uid, gid);
}

async function ready(props: ServerProps, pid: number, query: Query): Promise<void> {
  const { name, state, port } = props;
  const answers = async () => {
    assertRuns(state, { pid, name });
    await query('select 1');
    return true;
  };
  await until(`PostgreSQL ${name} on port ${port}`, answers, READY_MS, 50);
}

const childrenOf = (pid: number) =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((child) => statOf(child)?.parent === pid);

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended by itself.
    }
  }
}

async function gone(pids: readonly number[], deadlineMs: number): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline)
      throw new Error(`Cannot stop PostgreSQL: ${pids.filter(isAlive).join(', ')} still run`);
    await sleep(20);
  }
}

/** A killed server leaves a piece of shared memory, which its lock file names: key and id in the seventh line. */
async function forgetMemory({ data, owner }: ServerProps): Promise<void> {
  try {
    const [, id] = (readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[6] ?? '')
      .trim()
      .split(/\s+/);
    if (id) await run(owner, 'ipcrm', ['-m', id]);
  } catch {
    // Freed already, or never made.
  }
}
