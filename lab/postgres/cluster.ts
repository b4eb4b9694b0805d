/** Data directories: made once, copied for each primary, streamed from a primary for each replica. */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDir, type Owner, owner as ownerOf, ownDir, programsDir, run } from './programs';
import { type Server, USER } from './server';

/** What all servers of a lab share. */
export interface Cluster {
  readonly state: string;
  /** Folder that only the servers' user may enter. */
  readonly dir: string;
  readonly owner: Owner;
  readonly programs: string;
  readonly password: string;
}

/** Finds the programs and makes the template, unless the state folder has one. */
export async function clusterIn(state: string): Promise<Cluster> {
  const programs = programsDir();
  const owner = ownerOf();
  const dir = await dataDir(state, owner);
  const password = passwordIn(dir, owner);
  const cluster = { state, dir, owner, programs, password };
  if (!existsSync(templateOf(cluster))) await initialise(cluster);
  return cluster;
}

const templateOf = ({ dir }: Pick<Cluster, 'dir'>) => join(dir, 'template');

const passwordFile = (dir: string) => join(dir, 'password');

/** The lab's own: anybody on this machine can reach loopback. */
function passwordIn(dir: string, { uid, gid }: Owner): string {
  const file = passwordFile(dir);
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(16).toString('hex'), { mode: 0o600 });
    chownSync(`${file}.new`, uid, gid);
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8').trim();
}

async function initialise({ dir, owner, programs }: Cluster): Promise<void> {
  const aside = `${templateOf({ dir })}.new`;
  rmSync(aside, { recursive: true, force: true });
  await run(owner, join(programs, 'initdb'), [
    `--pgdata=${aside}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile(dir)}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  renameSync(aside, templateOf({ dir }));
}

/** The data directory of one server. */
export function dataOf({ dir, owner }: Cluster, database: string, region: string): string {
  ownDir(join(dir, database), owner);
  return join(ownDir(join(dir, database, region), owner), 'data');
}

/** A new empty database at `data`, in place of what is there. */
export async function copyTemplate(cluster: Cluster, data: string): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  await run(cluster.owner, 'cp', ['-a', templateOf(cluster), data]);
}

/** A copy of a running primary at `data`, in place of what is there. */
export async function copyPrimary(
  { owner, programs, password }: Cluster,
  primary: Server,
  data: string,
): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  await run(
    owner,
    join(programs, 'pg_basebackup'),
    [
      `--pgdata=${data}`,
      '--host=127.0.0.1',
      `--port=${primary.port}`,
      `--username=${USER}`,
      '--checkpoint=fast',
      '--wal-method=stream',
      '--no-sync',
    ],
    { PGPASSWORD: password },
  );
}

/** How a data directory was left: whether cleanly, and the position of its last checkpoint. */
export async function leftAt(
  { owner, programs }: Cluster,
  data: string,
): Promise<{ clean: boolean; checkpoint: string }> {
  const text = await run(owner, join(programs, 'pg_controldata'), [data]);
  const field = (name: string) => new RegExp(`^${name}: +(.+)$`, 'm').exec(text)?.[1] ?? '';
  return {
    clean: field('Database cluster state') === 'shut down',
    checkpoint: field('Latest checkpoint location'),
  };
}
