/** A client that writes numbered rows without pause, as an application does, and the verdict on what became of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Resolver } from '../dns/resolver';
import { clientOf } from './server';

const ANSWER_MS = 2_000;
const AGAIN_MS = 50;

/** How a client writes. */
export interface WriterProps {
  /** Tells its rows from those of other clients. */
  readonly client: string;
  /** DNS name of the writer. */
  readonly name: string;
  readonly resolver: Resolver;
  readonly password: string;
  /** Milliseconds between two rows. @default 25 */
  readonly everyMs?: number;
}

/** A row that the client was told is written. Times are Unix milliseconds. */
export interface Acknowledged {
  readonly client: string;
  readonly row: number;
  readonly region: string;
  /** When the client was told. */
  readonly at: number;
  /** When the server took it, by the clock of this one machine. */
  readonly accepted: number;
  /** PostgreSQL's count of promotions. */
  readonly timeline: number;
  /** The row was there already: it had been written before, and the answer was lost. */
  readonly repeated: boolean;
}

/** A client that writes. */
export interface Writer {
  /** In the order they were acknowledged. */
  readonly acknowledged: readonly Acknowledged[];
  /** Attempts that failed. */
  readonly failures: () => number;
  /** Lets the attempt under way end. */
  readonly stop: () => Promise<void>;
}

/** The table that rows go to. */
export const TABLE = `create table if not exists writes (
  client text, row bigint, accepted timestamptz default clock_timestamp(), primary key (client, row))`;

/** A row that is sent again must not be written twice. The timeline is the first eight digits of a log file's name. */
const INSERT = `with written as (
  insert into writes (client, row) values ($1, $2) on conflict do nothing returning accepted)
select current_setting('flipside.region') as region,
  (select count(*) from written) = 0 as repeated,
  extract(epoch from coalesce((select accepted from written), clock_timestamp()))::float8 * 1000 as accepted,
  ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as timeline`;

type Row = Pick<Acknowledged, 'region' | 'repeated' | 'accepted' | 'timeline'>;

/** Starts writing. Whatever fails, it connects again and sends the same row until somebody takes it. */
export function startWriter(props: WriterProps): Writer {
  const acknowledged: Acknowledged[] = [];
  let failures = 0;
  const ended = new AbortController();
  const write = async () => {
    let connection: Client | undefined;
    while (!ended.signal.aborted) {
      try {
        connection ??= await connected(props);
        acknowledged.push(await sent(connection, props.client, acknowledged.length + 1));
        await sleep(props.everyMs ?? 25);
      } catch {
        failures += 1;
        await connection?.end().catch(() => undefined);
        connection = undefined;
        await sleep(AGAIN_MS);
      }
    }
    await connection?.end().catch(() => undefined);
  };
  const done = write();
  return {
    acknowledged,
    failures: () => failures,
    stop: async () => {
      ended.abort();
      await done;
    },
  };
}

async function connected({ resolver, name, password }: WriterProps): Promise<Client> {
  const { port } = await resolver.locate('postgresql', name);
  const client = clientOf({ port, password }, ANSWER_MS);
  await client.connect();
  return client;
}

async function sent(connection: Client, client: string, row: number): Promise<Acknowledged> {
  const { rows } = await connection.query<Row>(INSERT, [client, row]);
  if (!rows[0]) throw new Error('no answer');
  return { client, row, at: Date.now(), ...rows[0] };
}

/** What became of the rows. Times are milliseconds. */
export interface Verdict {
  readonly acknowledged: number;
  /** Acknowledged, and not on the writer that is left. */
  readonly lost: readonly Acknowledged[];
  /** Taken by a server after a later writer had taken one: two writers at the same time. */
  readonly stale: readonly Acknowledged[];
  /** Sent again because no answer came, though they had been written: twice without a key. */
  readonly repeated: number;
  /** Longest time in which a client that wrote was told of no row. */
  readonly longestGap: number;
  /** From the loss to the first row that another region took; undefined when none did. */
  readonly resumedAfter: number | undefined;
}

/** What a verdict is given on. */
export interface VerdictProps {
  readonly writers: readonly Pick<Writer, 'acknowledged'>[];
  /** The server that holds the writer now. */
  readonly survivor: { readonly port: number; readonly password: string };
  /** When the old writer was lost or asked to go, in Unix milliseconds. */
  readonly lossAt: number;
}

/** Compares what was acknowledged with what is there. The clients have stopped. */
export async function verdict({ writers, survivor, lossAt }: VerdictProps): Promise<Verdict> {
  const rows = writers.flatMap(({ acknowledged }) => acknowledged);
  const kept = await rowsOn(survivor);
  const gaps = writers.flatMap(({ acknowledged }) =>
    acknowledged.slice(1).map(({ at }, index) => at - (acknowledged[index]?.at ?? at)),
  );
  return {
    acknowledged: rows.length,
    lost: rows.filter((row) => !kept.has(keyOf(row.client, row.row))),
    stale: staleOf(rows),
    repeated: rows.filter(({ repeated }) => repeated).length,
    longestGap: Math.max(0, ...gaps),
    resumedAfter: resumedAfter(rows, lossAt),
  };
}

const keyOf = (client: string, row: number | string) => `${client} ${row}`;

async function rowsOn(survivor: VerdictProps['survivor']): Promise<ReadonlySet<string>> {
  const client = clientOf(survivor);
  await client.connect();
  try {
    const { rows } = await client.query<{ client: string; row: string }>('select client, row from writes');
    return new Set(rows.map(({ client: by, row }) => keyOf(by, row)));
  } finally {
    await client.end();
  }
}

/** In the order they were taken, timelines never go back while there is one writer at a time. */
function staleOf(rows: readonly Acknowledged[]): Acknowledged[] {
  let newest = 0;
  return rows
    .toSorted((one, other) => one.accepted - other.accepted)
    .filter(({ timeline }) => {
      newest = Math.max(newest, timeline);
      return timeline < newest;
    });
}

function resumedAfter(rows: readonly Acknowledged[], lossAt: number): number | undefined {
  const old = rows
    .filter(({ accepted }) => accepted <= lossAt)
    .toSorted((one, other) => one.accepted - other.accepted);
  const from = old.at(-1)?.region;
  const after = rows
    .filter(({ accepted, region }) => accepted > lossAt && region !== from)
    .map(({ at }) => at);
  return after.length > 0 ? Math.min(...after) - lossAt : undefined;
}
