/**
 * The lab's Git host: a bare repository, and a clone to work in. It holds the estate as committed, with one change: the
 * estate names this repository, as everybody who makes the estate theirs has to.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { render } from '../main';
import { complaintOf, exec } from '../scripts/exec';
import { readEstates } from '../scripts/estates';
import { apply, compare } from '../scripts/tree';

const GIT_MS = 60_000;
/** Nothing of the person who runs the lab. */
const ENV = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'lab',
  GIT_AUTHOR_EMAIL: 'lab@localhost',
  GIT_COMMITTER_NAME: 'lab',
  GIT_COMMITTER_EMAIL: 'lab@localhost',
};

/** Folders of the two. */
export const barePath = (state: string) => join(state, 'git', 'estate.git');
export const clonePath = (state: string) => join(state, 'git', 'clone');

/** Creates both, and pushes the first commit to `main`. */
export async function makeRepository(root: string, state: string, estate: string): Promise<void> {
  const [bare, clone] = [barePath(state), clonePath(state)];
  mkdirSync(clone, { recursive: true });
  await git(state, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  await git(state, 'init', '--quiet', '--initial-branch=main', clone);
  await git(clone, 'config', 'user.name', 'lab');
  await git(clone, 'config', 'user.email', 'lab@localhost');
  await git(clone, 'remote', 'add', 'origin', bare);
  cpSync(join(root, 'estates', estate), join(clone, 'estates', estate), { recursive: true });
  ownRepository(join(clone, 'estates', estate, 'estate.yaml'), bare);
  renderClone(clone);
  await git(clone, 'add', '.');
  await git(clone, 'commit', '--quiet', '--message', `The estate ${estate} as committed`);
  await git(clone, 'push', '--quiet', '--set-upstream', 'origin', 'main');
}

function ownRepository(path: string, bare: string): void {
  const document = parseDocument(readFileSync(path, 'utf8'));
  document.setIn(['delivery', 'repository'], `file://${bare}`);
  writeFileSync(path, document.toString());
}

/** Renders the clone's estates into its `dist/`. */
export function renderClone(clone: string): void {
  const rendered = render(readEstates(clone));
  const dist = join(clone, 'dist');
  apply(dist, rendered, compare(dist, rendered));
}

/** Commits everything in the clone and pushes it; gives the commit. */
export async function push(clone: string, message: string): Promise<string> {
  await git(clone, 'add', '.');
  await git(clone, 'commit', '--quiet', '--message', message);
  await git(clone, 'push', '--quiet', 'origin', 'main');
  return (await git(clone, 'rev-parse', 'HEAD')).trim();
}

/** Runs git; throws with what it complained about. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const ran = await exec('git', args, { cwd, timeout: GIT_MS, env: ENV });
  // All of it: the last line of a refused push says only that it failed.
  if (!ran.ok) throw new Error(`Cannot run "git ${args[0]}": ${ran.stderr.trim() || complaintOf(ran)}`);
  return ran.stdout;
}
