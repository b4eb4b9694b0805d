/** What a commit holds below `estates/` and `dist/`, against what the working tree holds. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, UserError } from '../answer';
import { complaintOf, exec, type Ran } from '../exec';
import { filesBelow } from '../tree';

/** Bytes by path from the root of the repository. */
export type Files = ReadonlyMap<string, Buffer>;

/** Both sides. A file that is equal on both is the same object. */
export interface Compared {
  /** Full name of the commit that was compared with. */
  readonly commit: string;
  readonly base: Files;
  readonly head: Files;
}

const FOLDERS = ['estates', 'dist'];
/** Git reads what is on this machine. */
const GIT_MS = 60_000;
/** More differing files than this are unpacked with all others: a command line has an end. */
const MAX_PATHS = 400;

/**
 * Reads both sides.
 *
 * @param ref what to compare with; of a branch, the commit at which this one left it
 * @throws UserError when there is no such commit, or it holds no output
 */
export async function compareWith(root: string, ref: string): Promise<Compared> {
  const commit = await commitOf(root, ref);
  const blobs = await blobsOf(root, commit);
  if (![...blobs.keys()].some((path) => path.startsWith('dist/')))
    throw new UserError(noOutput(ref, commit), EXIT.undecided);
  const head = workingTree(root);
  const equal = new Map([...head].filter(([path, bytes]) => blobs.get(path) === blobName(bytes, commit)));
  const differing = [...blobs.keys()].filter((path) => !equal.has(path));
  return { commit, head, base: new Map([...equal, ...(await unpacked(root, commit, differing))]) };
}

const noOutput = (ref: string, commit: string) =>
  `Cannot compare with "${ref}": commit ${commit.slice(0, 12)} has no dist/, expected committed output; run "npx flipside synth" there and commit it`;

const git = (root: string, ...args: string[]): Promise<Ran> =>
  exec('git', ['-C', root, ...args], { timeout: GIT_MS, env: { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' } });

async function commitOf(root: string, ref: string): Promise<string> {
  const found = await git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (!found.ok) {
    const why = found.stderr.trim() === '' ? 'no such commit here' : complaintOf(found);
    throw new UserError(
      `Cannot compare with "${ref}": ${why}, expected a branch, tag or commit; fetch it first if it is on a remote`,
      EXIT.usage,
    );
  }
  const left = await git(root, 'merge-base', found.stdout.trim(), 'HEAD');
  return (left.ok ? left : found).stdout.trim();
}

async function blobsOf(root: string, commit: string): Promise<Map<string, string>> {
  const listed = await git(root, 'ls-tree', '-r', '-z', commit, '--', ...FOLDERS);
  if (!listed.ok) throw new UserError(`Cannot list "${commit}": ${complaintOf(listed)}, expected a commit`);
  const lines = listed.stdout.split('\0').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [entry = '', path = ''] = line.split('\t');
      return [path, entry.split(' ')[2] ?? ''];
    }),
  );
}

function workingTree(root: string): Files {
  return new Map(
    FOLDERS.flatMap((folder) =>
      filesBelow(join(root, folder)).map((path): [string, Buffer] => [
        `${folder}/${path}`,
        readFileSync(join(root, folder, path)),
      ]),
    ),
  );
}

/** Git's name of these bytes; the length of a commit's name tells which hash the repository uses. */
const blobName = (bytes: Buffer, commit: string): string =>
  createHash(commit.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');

async function unpacked(
  root: string,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, Buffer>> {
  if (paths.length === 0) return new Map();
  const dir = mkdtempSync(join(tmpdir(), 'flipside-review-'));
  try {
    const archive = join(dir, 'base.tar');
    const wanted = paths.length > MAX_PATHS ? topOf(paths) : paths;
    mustWork(
      await git(root, 'archive', '--format=tar', `--output=${archive}`, commit, '--', ...wanted),
      commit,
    );
    mustWork(await exec('tar', ['-xf', archive, '-C', dir], { timeout: GIT_MS }), commit);
    return new Map(paths.map((path) => [path, readFileSync(join(dir, path))]));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const topOf = (paths: readonly string[]) => [...new Set(paths.map((path) => path.split('/')[0] ?? ''))];

function mustWork(ran: Ran, commit: string): void {
  if (!ran.ok)
    throw new UserError(`Cannot read "${commit}": ${complaintOf(ran)}, expected its files`, EXIT.undecided);
}
