/** The repository, through git. */
import { UserError } from '../answer';
import { complaintOf, exec, type Ran } from '../exec';
import { BRANCH, type Git, REMOTE, type Told, type Unpushed } from './ports';

/** What stays on this machine answers at once; signing a commit may wait for a touch. */
const LOCAL_MS = 30_000;
/** How long the Git host may take; past this somebody is better off without it. */
const HOST_MS = 15_000;

const UPSTREAM = `${REMOTE}/${BRANCH}`;
/** No question that nobody sees, and messages that can be read. */
const ENV = { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };

/** No tidying up while somebody waits. */
const PLAIN = ['-c', 'maintenance.auto=false'];

/** The repository at `root`. */
export function gitAt(root: string): Git {
  const git = (args: readonly string[], timeout = LOCAL_MS) =>
    exec('git', ['-C', root, ...PLAIN, ...args], { timeout, env: ENV });
  const local = async (...args: string[]) => {
    const ran = await git(args);
    if (!ran.ok) throw new UserError(`Cannot run "git ${args[0]}": ${complaintOf(ran)}, expected it to work`);
    return ran.stdout.trimEnd();
  };
  return {
    branch: async () => (await local('branch', '--show-current')) || undefined,
    dirty: async (paths) =>
      lines(await local('status', '--porcelain', '--', ...paths)).map((line) => line.slice(3)),
    fetch: async () => told(await git(['fetch', '--quiet', REMOTE, BRANCH], HOST_MS)),
    unpushed: async () => commits(await local('log', '--format=%h%x1f%B%x1e', `${UPSTREAM}..HEAD`)),
    behind: async () => Number(await local('rev-list', '--count', `HEAD..${UPSTREAM}`)),
    commit: async (paths, message) => {
      await local('add', '--', ...paths);
      // Hooks format and check what people write; this was written by a program, and somebody waits.
      const ran = await git([
        'commit',
        '--quiet',
        '--no-verify',
        '--only',
        '--message',
        message,
        '--',
        ...paths,
      ]);
      if (!ran.ok) {
        const undone = await git(['restore', '--staged', '--worktree', '--', ...paths]);
        const now = undone.ok ? 'the files are as they were' : 'look at `git status`, the files are edited';
        throw new UserError(`Cannot commit the flip: ${complaintOf(ran)}, expected Git to accept it; ${now}`);
      }
      return local('rev-parse', '--short', 'HEAD');
    },
    push: async () => told(await git(['push', '--quiet', REMOTE, `HEAD:refs/heads/${BRANCH}`], HOST_MS)),
  };
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

const commits = (text: string): Unpushed[] =>
  text
    .split('\x1e')
    .map((one) => one.trim().split('\x1f'))
    .flatMap(([id, message]) => (id && message ? [{ id, message }] : []));

function told(ran: Ran): Told {
  if (ran.ok) return { ok: true };
  return { ok: false, why: ran.late ? `no answer within ${HOST_MS / 1000} s` : reasonOf(ran) };
}

/** Git ends with advice; the reason stands before it. */
function reasonOf(ran: Ran): string {
  const said = lines(ran.stderr).map((line) => line.trim());
  const reason = said.find((line) => /rejected|^fatal:|^remote: .*(error|denied|protected)/i.test(line));
  return (reason ?? complaintOf(ran)).replace(/^(fatal|remote): /, '').replaceAll(/\s+/g, ' ');
}
