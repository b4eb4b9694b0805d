/** A global database with everything a client finds its writer by, and nothing left of it afterwards. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { resolverOf } from '../../../lab/dns/resolver';
import { startDns } from '../../../lab/dns/server';
import type { Names } from '../../../lab/dns/records';
import { clusterIn } from '../../../lab/postgres/cluster';
import { createGlobal, type GlobalDatabase } from '../../../lab/postgres/global';
import { dataDir, owner, programsDir } from '../../../lab/postgres/programs';
import { startWriter, TABLE, type Writer } from '../../../lab/postgres/writer';
import { clientOf } from '../../../lab/postgres/server';
import { scratch } from '../../helpers/cli';

export const HOME = 'us-east-1';
export const PEER = 'eu-west-1';
export const ENDPOINT = 'orders.global-lab.global.rds.amazonaws.com';

const serverName = (region: string) => `orders.cluster-lab.${region}.rds.amazonaws.com`;

/** In continuous integration PostgreSQL has to be there. */
export const hasPostgres = isInstalled() || process.env['CI'] === 'true';
if (!hasPostgres) {
  console.warn(
    'SKIPPED: PostgreSQL is not installed; run "apt-get install postgresql" to test what becomes of rows',
  );
}
export const postgresSuite = hasPostgres ? describe : describe.skip;

function isInstalled(): boolean {
  try {
    return programsDir() !== '';
  } catch {
    return false;
  }
}

/** What a test has to do with. */
export interface Lab {
  readonly state: string;
  readonly database: GlobalDatabase;
  /** A client that stands nowhere in particular and follows the global writer endpoint. */
  readonly write: (client: string, everyMs?: number) => Writer;
  /** One that always goes to the server of one region, as if its network were cut off. */
  readonly writeIn: (client: string, region: string) => Writer;
  readonly stop: () => Promise<void>;
}

/** Two of them over one state folder share the empty database that is copied; one after the other. */
export async function startLab(state = scratch()): Promise<Lab> {
  const cluster = await clusterIn(state);
  const database = await createGlobal({ cluster, name: 'orders', regions: [HOME, PEER] });
  const names = (): Names => ({
    zone: { name: 'shop.example.com', records: [] },
    health: {},
    targets: Object.fromEntries(
      [HOME, PEER].map((region) => [
        serverName(region),
        { is: 'address', address: '127.0.0.1', port: database.port(region), ttl: 5, healthy: true },
      ]),
    ),
    writers: { [ENDPOINT]: serverName(database.writer()) },
  });
  const dns = await startDns({ names, regions: [HOME, PEER] });
  // Five seconds of an application's cache become a quarter of one.
  const resolver = () => resolverOf({ port: dns.port, speed: 20 });
  const begin = (client: string, name: string, everyMs = 5) =>
    startWriter({ client, name, everyMs, resolver: resolver(), password: database.password });
  await prepared(database);
  return {
    state,
    database,
    write: (client, everyMs) => begin(client, ENDPOINT, everyMs),
    writeIn: (client, region) => begin(client, serverName(region)),
    stop: async () => {
      await dns.stop();
      await database.stop();
    },
  };
}

async function prepared(database: GlobalDatabase): Promise<void> {
  const client = clientOf({ port: database.port(database.writer()), password: database.password });
  await client.connect();
  await client.query(TABLE);
  await client.end();
}

/** Removes the files of a lab; those of the servers may be elsewhere. */
export async function clear(state: string): Promise<void> {
  const dir = await dataDir(state, owner());
  for (const folder of [state, dir]) rmSync(folder, { recursive: true, force: true });
}

/** Whether any of these processes is there and no zombie. */
export const alive = (pids: readonly number[]) =>
  pids.filter((pid) => {
    try {
      return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });

/** Processes that were started over a folder, by their command line. */
export const processesOver = (dir: string) =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => commandOf(pid).includes(dir));

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
