/** Waits until everything of the estate is delivered. */
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../scripts/answer';
import type { Tell } from './lab';
import { type Layout, REGION_PROGRAMS } from './layout';
import { lastWords, running } from './process';
import { type RegionStatus, regionsOf } from './status';

/** Longer than a loaded machine needs. */
const DEADLINE_MS = 15 * 60_000;
const LOOK_MS = 1_000;
const TELL_MS = 10_000;

/** Returns once both regions, or those named, are settled and the home region's beacon says where the writers are. */
export async function ready(
  layout: Layout,
  tell: Tell,
  names: readonly string[] = layout.regions.map(({ name }) => name),
): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  let told = 0;
  for (;;) {
    const regions = await regionsOf(layout);
    const waiting = regions.filter(({ name, settled }) => names.includes(name) && !settled);
    assertComplete(layout, names);
    if (waiting.length === 0 && regions.some(({ beacon }) => beacon)) return;
    const lines = waiting.map(lineOf);
    if (Date.now() > deadline) {
      throw new UserError(
        `Cannot wait longer for the lab: ${lines.join('; ')}, expected everything ready; look at: npx flipside lab logs`,
      );
    }
    if (Date.now() - told > TELL_MS) {
      told = Date.now();
      for (const line of lines) tell(line);
    }
    await sleep(LOOK_MS);
  }
}

/** Throws when it would wait in vain: the lab was ended, or a program of it has. */
function assertComplete({ state, regions }: Layout, names: readonly string[]): void {
  const alive = new Set(running(state).map(({ name }) => name));
  if (alive.size === 0) throw new UserError('Cannot wait for the lab: it was ended meanwhile');
  const ended = regions
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name }) => REGION_PROGRAMS.map((program) => `${name}-${program}`))
    .filter((name) => !alive.has(name));
  if (ended.length === 0) return;
  const said = ended.map((name) => lastWords(state, name)).join('');
  throw new UserError(
    `Cannot wait for the lab: ${ended.join(', ')} ended, expected every program to run; they said last:${said}`,
  );
}

function lineOf({ name, alive, applications, claims }: RegionStatus): string {
  if (!alive) return `${name}: the API server does not answer`;
  const waiting = [...applications.waiting, ...claims.waiting];
  const delivered = applications.total - applications.waiting.length;
  const first = waiting[0] ? `, waits for ${waiting[0].slice(0, 120)}` : '';
  return `${name}: ${delivered} of ${applications.total} applications delivered${first}`;
}
