/** Brings a flip to Git: the edit, one commit of nothing else, and the push. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, UserError } from '../answer';
import { editOf } from './edit';
import type { FlipEstate } from './estate';
import { BRANCH, type Git, type Ports, REMOTE, type Unpushed } from './ports';
import type { Flip, Stand } from './stand';

/** The trailer by which a commit of this program is known again. */
const TRAILER = 'Flip';

/** Where the repository stands before a flip. */
export interface Repository {
  /** Commits of an earlier try of the same flip that were never pushed. */
  readonly unpushed: readonly Unpushed[];
}

/** Checks that a flip could be pushed. Throws a UserError that says what to do; nothing has been changed. */
export async function checkRepository(estate: FlipEstate, git: Git): Promise<Repository> {
  const branch = await git.branch();
  if (branch !== BRANCH) {
    const where = branch ? `on branch ${branch}` : 'on no branch (detached)';
    throw refusal(`the checkout is ${where}, expected ${BRANCH}: git switch ${BRANCH}`);
  }
  const dirty = await git.dirty(pathsOf(estate.name));
  if (dirty.length > 0) {
    const names = dirty.slice(0, 5).join(', ');
    const paths = pathsOf(estate.name).join(' ');
    throw refusal(`${names} differ from the last commit, expected none: git stash push -- ${paths}`);
  }
  await fetched(estate, git);
  return assertOnlyFlips(estate, await git.unpushed(), await git.behind());
}

const pathsOf = (name: string) => [`estates/${name}`, `dist/${name}`];

async function fetched({ name }: FlipEstate, git: Git): Promise<void> {
  const answer = await git.fetch();
  if (answer.ok) return;
  throw new UserError(
    `Cannot reach the Git host: ${answer.why}, expected ${REMOTE}/${BRANCH}; nothing was changed\n${withoutGit(name)}`,
    EXIT.undecided,
  );
}

function assertOnlyFlips({ name }: FlipEstate, unpushed: readonly Unpushed[], behind: number): Repository {
  const others = unpushed.filter(({ message }) => !message.includes(`\n${TRAILER}: ${name} `));
  if (others.length > 0) {
    const ids = others.map(({ id }) => id).join(', ');
    throw refusal(
      `${BRANCH} has commits that ${REMOTE} lacks (${ids}), expected none: a flip pushes nothing else`,
    );
  }
  if (behind > 0) {
    const how = unpushed.length > 0 ? 'git pull --rebase' : 'git pull --ff-only';
    throw refusal(`${behind} newer on ${REMOTE}/${BRANCH}, expected an up-to-date checkout: ${how}`);
  }
  return { unpushed };
}

const refusal = (what: string) =>
  new UserError(`Cannot flip through Git: ${what}, then run this again; nothing was changed\n${HURRY}`);

const HURRY = 'In a hurry: add --break-glass to flip without Git';

const withoutGit = (name: string) =>
  `Flip without it: run this again with --break-glass, and once more without when the Git host is back (runbooks/git-host-down.md, estate ${name})`;

/** Writes, commits and pushes. Gives the short id of the commit. */
export async function deliver(
  root: string,
  estate: FlipEstate,
  flip: Flip,
  stand: Stand,
  ports: Ports,
): Promise<string> {
  const files = editOf(estate, flip, await ports.renderer());
  files.forEach((text, path) => write(join(root, path), text));
  const id = await ports.git.commit([...files.keys()], messageOf(estate, flip, stand));
  return push(id, ports);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Pushes what is committed. */
export async function push(id: string, { git }: Pick<Ports, 'git'>): Promise<string> {
  const answer = await git.push();
  if (!answer.ok) {
    throw new UserError(
      [
        `Cannot push the flip: ${answer.why}, expected ${REMOTE} to accept ${BRANCH}`,
        `Committed here as ${id}, and nowhere else: no region acts on it`,
        `  try again     the same command once more`,
        `  undo          git reset --keep ${id}~1`,
        `  without Git   the same command with --break-glass`,
      ].join('\n'),
    );
  }
  return id;
}

function messageOf({ name }: FlipEstate, { region, epoch, mode }: Flip, { git, current }: Stand): string {
  const recorded = current.epoch === epoch && git.epoch < epoch;
  const subject = recorded
    ? `Record that ${name} is written in ${region}, epoch ${epoch}`
    : `Move the writers of ${name} from ${current.region} to ${region}, epoch ${epoch}`;
  const reason =
    mode === 'Planned' ? 'Planned: nothing is lost.' : 'Unplanned: the last commits may be lost.';
  return `${subject}\n\n${reason}\n\n${TRAILER}: ${name} ${epoch}`;
}
