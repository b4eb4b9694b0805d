/**
 * A stand-in for an Aurora global database: a real PostgreSQL server in each of two regions, one streaming to the other.
 * What is lost and what is not is real; how long AWS takes is not: a promotion here takes as long as PostgreSQL does.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { UserError } from '../../scripts/answer';
import { freePorts } from '../ports';
import { until } from '../until';
import { type Cluster, copyPrimary, copyTemplate, dataOf, leftAt } from './cluster';
import { type Link, openLink } from './link';
import { type Query, type Server, serverOf } from './server';

const CATCH_UP_MS = 60_000;
const PROMOTE_MS = 60_000;

/** What a global database is made for. */
export interface GlobalProps {
  readonly cluster: Cluster;
  readonly name: string;
  /** The first one holds the writer. */
  readonly regions: readonly [string, string];
}

/** How the writer is moved, in Aurora's words: a switchover loses nothing, a failover what had not arrived. */
export type Move = 'switchover' | 'failover';

/** The writer has moved. */
export interface Promoted {
  /** Ends when the old writer, where it can be reached, follows the new one; whatever comes next waits for it. */
  readonly rejoined: Promise<void>;
}

/** A global database that runs. */
export interface GlobalDatabase {
  readonly name: string;
  readonly regions: readonly [string, string];
  readonly password: string;
  readonly port: (region: string) => number;
  /** The region whose server is the writer, whether it runs or not. */
  readonly writer: () => string;
  /** The regions whose servers take writes now: two of them is a split brain. */
  readonly writers: () => Promise<readonly string[]>;
  /** Whether the other region's server streams from the writer now. */
  readonly isFollowed: () => Promise<boolean>;
  /** Process ids of a region's server and its children. */
  readonly pids: (region: string) => readonly number[];
  /** Milliseconds that replication takes from now on. */
  readonly delay: (milliseconds: number) => void;
  /** Makes a region the writer; nothing happens where it is. Throws, with nothing changed, when it cannot. */
  readonly promote: (region: string, move: Move) => Promise<Promoted>;
  /** The region dies: its processes and what is under way from it. */
  readonly lose: (region: string) => Promise<void>;
  /** The region goes on, but nothing reaches it from outside: nobody can fence it. */
  readonly isolate: (region: string) => Promise<void>;
  /** The region is back: as it was, or as a replica made anew when the writer was moved away meanwhile. */
  readonly return: (region: string) => Promise<void>;
  /** Ends every process. Its files stay. */
  readonly stop: () => Promise<void>;
}

/** One region's part. */
interface Member {
  readonly region: string;
  readonly server: Server;
  /** What the server replicates through while it is a replica. */
  readonly link: Link;
  /** Gone, or out of reach. */
  apart: 'lost' | 'isolated' | undefined;
  /** Another region was promoted while this one was apart: its data has gone another way. */
  outdated: boolean;
}

/** Creates it, empty. Whatever fails, nothing is left running. */
export async function createGlobal({ cluster, name, regions }: GlobalProps): Promise<GlobalDatabase> {
  const ports = await freePorts(2);
  const [home, peer] = await Promise.all([
    memberOf(cluster, name, regions[0], [ports[0] ?? 0, ports[1] ?? 0]),
    memberOf(cluster, name, regions[1], [ports[1] ?? 0, ports[0] ?? 0]),
  ]);
  try {
    await copyTemplate(cluster, home.server.data);
    await home.server.start();
    await rebuild(cluster, peer, home);
  } catch (error) {
    await stopAll([home, peer]);
    throw error;
  }
  return databaseOf(cluster, name, home, peer);
}

async function memberOf(
  cluster: Cluster,
  name: string,
  region: string,
  [port, other]: readonly [number, number],
): Promise<Member> {
  const data = dataOf(cluster, name, region);
  const server = serverOf({ ...cluster, name: `${region}-postgres-${name}`, region, data, port });
  return { region, server, link: await openLink(other), apart: undefined, outdated: false };
}

function databaseOf(cluster: Cluster, name: string, home: Member, peer: Member): GlobalDatabase {
  const members = [home, peer];
  let writer = home;
  let queue: Promise<unknown> = Promise.resolve();
  /** One change at a time. */
  const alone = <T>(change: () => Promise<T>): Promise<T> => {
    const done = queue.then(change);
    queue = done.catch(() => undefined);
    return done;
  };
  const memberIn = (region: string) => {
    const found = members.find((member) => member.region === region);
    if (found) return found;
    const known = members.map((member) => member.region).join(' or ');
    throw new UserError(`Cannot use region "${region}" of "${name}": not a member, expected ${known}`);
  };
  const otherOf = (member: Member) => (member === home ? peer : home);
  const promote = async (region: string, move: Move, moved: () => void) => {
    const target = memberIn(region);
    if (target === writer) return;
    if (!target.server.isRunning()) {
      throw new UserError(
        `Cannot promote "${region}" of "${name}": its server does not run, expected a replica`,
      );
    }
    await (move === 'switchover' ? switchOver : failOver)(cluster, writer, target, () => {
      writer = target;
      moved();
    });
  };
  return {
    name,
    regions: [home.region, peer.region],
    password: cluster.password,
    port: (region) => memberIn(region).server.port,
    pids: (region) => memberIn(region).server.pids(),
    writer: () => writer.region,
    writers: () => writersOf(members),
    isFollowed: () => streams(writer, otherOf(writer)),
    delay: (milliseconds) => {
      for (const { link } of members) link.delay(milliseconds);
    },
    promote: (region, move) => untilMoved((moved) => alone(() => promote(region, move, moved))),
    lose: (region) => alone(() => part(members, memberIn(region), 'lost')),
    isolate: (region) => alone(() => part(members, memberIn(region), 'isolated')),
    return: (region) => alone(() => back(cluster, members, memberIn(region), writer)),
    stop: () => alone(() => stopAll(members)),
  };
}

/** Returns when the writer has moved, or need not; what `begin` started goes on. */
const untilMoved = (begin: (moved: () => void) => Promise<void>) =>
  new Promise<Promoted>((resolve, reject) => {
    const rejoined = begin(() => resolve({ rejoined }));
    rejoined.then(() => resolve({ rejoined }), reject);
  });

/** The whole of it waits for its slowest part. Wires first: a server that stops would wait for what is under way. */
async function stopAll(members: readonly Member[]): Promise<void> {
  await Promise.all(members.map(({ link }) => link.stop()));
  await Promise.all(members.map(({ server }) => server.stop()));
}

async function writersOf(members: readonly Member[]): Promise<readonly string[]> {
  const asked = await Promise.all(
    members.map(async ({ region, server }) => {
      if (!server.isRunning()) return [];
      const rows = await server
        .query<{ writes: boolean }>('select not pg_is_in_recovery() as writes')
        .catch(() => []);
      return rows[0]?.writes ? [region] : [];
    }),
  );
  return asked.flat();
}

async function part(members: readonly Member[], gone: Member, how: 'lost' | 'isolated'): Promise<void> {
  gone.apart = how;
  for (const { link } of members) link.cut();
  if (how === 'lost') await gone.server.kill();
}

async function back(
  cluster: Cluster,
  members: readonly Member[],
  member: Member,
  writer: Member,
): Promise<void> {
  if (member.apart === undefined) return;
  const wasLost = member.apart === 'lost';
  member.apart = undefined;
  if (members.every(({ apart }) => apart === undefined)) for (const { link } of members) link.mend();
  if (member.outdated) return rebuild(cluster, member, writer);
  if (wasLost) await member.server.start(member === writer ? undefined : member.link.port);
}

/** The old writer stops only when the replica has confirmed everything, and that is looked at before the promotion. */
async function switchOver(cluster: Cluster, from: Member, to: Member, moved: () => void): Promise<void> {
  await refuseUnlessStreaming(from, to);
  await to.server.session(async (query) => {
    await from.server.stop();
    if (!(await hasEverything(cluster, from, to, query))) {
      await from.server.start();
      throw new UserError(
        `Cannot switch over to "${to.region}": it has not received everything, expected no data loss`,
      );
    }
    await endRecovery(to, query);
  });
  moved();
  await from.server.start(from.link.port);
}

/** Whether a replica has all that a server had written when it stopped. */
async function hasEverything(cluster: Cluster, from: Member, to: Member, query: Query): Promise<boolean> {
  const { clean, checkpoint } = await leftAt(cluster, from.server.data);
  if (!clean) return false;
  const has = async () => {
    const [row] = await query<{ has: boolean }>(
      'select pg_last_wal_receive_lsn() > $1::pg_lsn and pg_last_wal_replay_lsn() > $1::pg_lsn as has',
      [checkpoint],
    );
    return row?.has ?? false;
  };
  return until(`${to.region} to catch up`, has, CATCH_UP_MS, 20).then(
    () => true,
    () => false,
  );
}

async function streams(from: Member, to: Member): Promise<boolean> {
  if (!from.server.isRunning()) return false;
  const rows = await from.server.query(
    "select 1 from pg_stat_replication where application_name = $1 and state = 'streaming'",
    [to.region],
  );
  return rows.length > 0;
}

async function refuseUnlessStreaming(from: Member, to: Member): Promise<void> {
  if (from.apart === undefined && to.apart === undefined && (await streams(from, to))) return;
  throw new UserError(
    `Cannot switch over to "${to.region}": it does not stream from "${from.region}", expected both regions up`,
  );
}

/**
 * Promotes what has arrived. The old writer is fenced where it can be reached, and made anew as a replica; what it had
 * not sent is lost.
 */
async function failOver(cluster: Cluster, from: Member, to: Member, moved: () => void): Promise<void> {
  if (to.apart !== undefined) {
    throw new UserError(`Cannot promote "${to.region}": it is ${to.apart}, expected a region in reach`);
  }
  to.link.cut();
  const fenced = from.apart === undefined;
  if (fenced) await from.server.kill();
  from.outdated = true;
  await to.server.session((query) => endRecovery(to, query));
  moved();
  if (!fenced) return;
  to.link.mend();
  await rebuild(cluster, from, to);
}

/** PostgreSQL replays what it has received before it takes writes. Its own way to wait for that looks every 100 ms. */
async function endRecovery({ region }: Member, query: Query): Promise<void> {
  await query('select pg_promote(false)');
  const writes = async () => {
    const [row] = await query<{ writes: boolean }>('select not pg_is_in_recovery() as writes');
    return row?.writes ?? false;
  };
  await until(`PostgreSQL of ${region} to end its recovery`, writes, PROMOTE_MS, 10);
}

/** What was there is kept beside, as AWS keeps a snapshot of the volume that a failover leaves behind. */
async function rebuild(cluster: Cluster, member: Member, primary: Member): Promise<void> {
  const { server, link } = member;
  await server.kill();
  const kept = `${server.data}.before-failover`;
  if (member.outdated && existsSync(server.data)) {
    rmSync(kept, { recursive: true, force: true });
    renameSync(server.data, kept);
  }
  await copyPrimary(cluster, primary.server, server.data);
  link.lead(primary.server.port);
  await server.start(link.port);
  member.outdated = false;
}
