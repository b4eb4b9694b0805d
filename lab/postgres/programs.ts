/** PostgreSQL's own programs, and the user they run as. */
import { accessSync, chmodSync, chownSync, constants, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../scripts/answer';
import { complaintOf, exec } from '../../scripts/exec';

/** Where Debian puts them, by major version. */
const DEBIAN = '/usr/lib/postgresql';
const NEEDED = ['initdb', 'postgres', 'pg_basebackup', 'pg_controldata'];
const DEADLINE_MS = 60_000;

/** The folder with the programs of the newest installed version. Throws when there is none. */
export function programsDir(base = DEBIAN): string {
  const dirs = majors(base).map((major) => join(base, major, 'bin'));
  const found = dirs.find((dir) => NEEDED.every((program) => isProgram(join(dir, program))));
  if (found) return found;
  throw new UserError(
    `Cannot find PostgreSQL below "${base}": no ${NEEDED.join(', ')} there, expected it after "apt-get install postgresql"`,
  );
}

function majors(base: string): string[] {
  try {
    return readdirSync(base).toSorted((one, other) => Number(other) - Number(one));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A user of this machine. */
export interface Owner {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root. Debian's package makes the first of these; every Debian has the second. */
const INSTEAD_OF_ROOT = ['postgres', 'nobody'];

/** The user the servers run as: whoever runs this, or somebody else instead of root. */
export function owner(): Owner {
  const { username: name, uid, gid } = userInfo();
  if (uid !== 0) return { name, uid, gid };
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [found] = INSTEAD_OF_ROOT.flatMap((wanted) => users.filter(([user]) => user === wanted));
  if (!found) {
    throw new UserError(
      `Cannot run PostgreSQL as "root": it refuses, expected a user ${INSTEAD_OF_ROOT.join(' or ')} in /etc/passwd`,
    );
  }
  return { name: found[0] ?? '', uid: Number(found[2]), gid: Number(found[3]) };
}

/** A command that runs as `owner`. setpriv is a part of every Debian, and becomes the program. */
export function as(
  { uid, gid }: Owner,
  program: string,
  args: readonly string[],
): readonly [string, ...string[]] {
  if (process.getuid?.() === uid) return [program, ...args];
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--', program, ...args];
}

/** Runs one of PostgreSQL's programs to its end. Throws with its complaint. */
export async function run(
  user: Owner,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const [first, ...rest] = as(user, program, args);
  const ran = await exec(first, rest, { cwd: '/', timeout: DEADLINE_MS, env: { LC_ALL: 'C', ...env } });
  if (!ran.ok) {
    const complaint = ran.late ? `not done after ${DEADLINE_MS / 1_000} s` : complaintOf(ran);
    throw new UserError(`Cannot run "${program}": ${complaint}`);
  }
  return ran.stdout;
}

/**
 * The folder for the servers' files: below the state folder, or, where the servers' user cannot enter that one, as with
 * a clone in root's home, below the system's temporary folder.
 */
export async function dataDir(state: string, user: Owner): Promise<string> {
  const below = join(state, 'postgres');
  mkdirSync(state, { recursive: true });
  if (await enters(user, state)) return ownDir(below, user);
  const hash = createHash('sha256').update(state).digest('hex').slice(0, 12);
  return ownDir(join(tmpdir(), `flipside-lab-postgres-${hash}`), user);
}

async function enters(user: Owner, dir: string): Promise<boolean> {
  const [first, ...rest] = as(user, 'test', ['-x', dir]);
  return (await exec(first, rest, { cwd: '/', timeout: DEADLINE_MS })).ok;
}

/** A folder that nobody but `user` may enter: PostgreSQL insists. */
export function ownDir(dir: string, { uid, gid }: Owner): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chownSync(dir, uid, gid);
  chmodSync(dir, 0o700);
  return dir;
}
