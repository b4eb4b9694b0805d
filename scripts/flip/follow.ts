/** Follows a flip in the region that takes over until it has ended, the time is up or the person has had enough. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import type { Outcome, Progress } from '../../runtime/promote/ports';
import { colour } from '../ui/text';
import { refreshed } from './deliver';
import { duration } from './duration';
import { type FlipEstate, otherThan } from './estate';
import type { Ports } from './ports';
import { type Line, linesOf } from './progress';
import { progressOf, type Seen, type Sight } from './sight';
import { outcomeOf } from './stand';

/** What is followed. */
export interface Follow {
  readonly estate: FlipEstate;
  readonly region: string;
  readonly epoch: number;
  /** When the person asked, in Unix milliseconds; absent when the flip was asked for before. */
  readonly since?: number;
  /** Milliseconds until it is given up; the flip itself goes on. */
  readonly timeout: number;
}

/** How the following ended. */
export interface Followed {
  readonly outcome: Exclude<Outcome, 'Promoting' | 'Checked'> | 'Running' | 'Interrupted';
  readonly reasons: readonly string[];
  readonly progress?: Progress;
  /** Public writes reach the region; undefined when no beacon tells. */
  readonly beacon?: boolean;
  /** Milliseconds it took to get there, as the person waited. */
  readonly took: number;
}

const POLL_MS = 1_000;
/** Argo CD may have read Git a moment before the push. */
const REFRESH_MS = 15_000;
/** How long a claim may take to arrive before a person is told what else there is. */
const ARRIVE_MS = 60_000;
/** How long the beacon may take after the last writer has moved: two questions to AWS, one write. */
const BEACON_MS = 60_000;

/** What has been seen so far, between two looks. */
interface Memory {
  readonly started: number;
  /** When a line was first seen done, by name. */
  readonly printed: Map<string, number>;
  /** When the Job was first seen to report. */
  job?: number;
  promoted?: number;
  refreshed: number;
  hinted: boolean;
}

/** Follows. Prints each line once it is done, and on a terminal what is still running. */
export async function follow(what: Follow, ports: Ports): Promise<Followed> {
  const { clock, clusters } = ports;
  const started = what.since ?? clock.now();
  const memory: Memory = { started, printed: new Map(), refreshed: clock.now(), hinted: false };
  const deadline = clock.now() + what.timeout;
  for (;;) {
    const sight = await clusters.look(what.region);
    const ended = sight.answers ? see(what, sight, memory, ports) : blind(sight, ports);
    if (ended) return done(ended, memory, ports);
    if (clock.interrupted()) return done({ outcome: 'Interrupted', reasons: [] }, memory, ports);
    if (clock.now() >= deadline)
      return done({ outcome: 'Running', reasons: whyRunning(sight) }, memory, ports);
    await nudge(what, sight, memory, ports);
    await clock.sleep(POLL_MS);
  }
}

type Ended = Omit<Followed, 'took'>;

function done(ended: Ended, { started }: Memory, { clock, screen }: Ports): Followed {
  screen.live([]);
  return { ...ended, took: clock.now() - started };
}

function blind({ region, why }: Sight & { answers: false }, { screen }: Ports): undefined {
  screen.live([colour.yellow(`  ${region} ${why}; asking again`)]);
}

function whyRunning(sight: Sight): string[] {
  return sight.answers ? [] : [`${sight.region} ${sight.why}`];
}

function see(what: Follow, target: Seen, memory: Memory, ports: Ports): Ended | undefined {
  const now = ports.clock.now();
  const progress = progressOf(target, KEYS.epoch(what.epoch));
  if (progress) memory.job ??= now;
  print(linesOf(what.estate, target, what.epoch), what, memory, ports);
  if (target.effective.conflict && target.effective.epoch === what.epoch)
    return { outcome: 'Conflict', reasons: [`epoch ${what.epoch} names two regions in this cluster`] };
  if (target.effective.epoch > what.epoch) {
    const { epoch, region } = target.effective;
    return { outcome: 'Superseded', reasons: [`epoch ${epoch} asks for ${region}`] };
  }
  return endOf(what, target, progress, memory, now);
}

function endOf(
  { epoch, region }: Follow,
  target: Seen,
  progress: Progress | undefined,
  memory: Memory,
  now: number,
): Ended | undefined {
  // Born here and never flipped: no Job will ever run.
  if (epoch === 0) return { outcome: 'Promoted', reasons: [] };
  const outcome = outcomeOf(target, epoch);
  if (outcome === undefined || outcome === 'Promoting' || outcome === 'Checked') return undefined;
  const report = {
    outcome,
    reasons: reasonsOf(outcome, region, epoch, progress),
    ...(progress && { progress }),
  };
  if (outcome !== 'Promoted') return report;
  memory.promoted ??= now;
  const { beacon } = target;
  if (!beacon) return report;
  if (beacon.primary || now - memory.promoted >= BEACON_MS) return { ...report, beacon: beacon.primary };
  return undefined;
}

function reasonsOf(outcome: Outcome, region: string, epoch: number, progress?: Progress): readonly string[] {
  if (progress && progress.reasons.length > 0) return progress.reasons;
  return outcome === 'Failed' ? [`Job promote-${epoch} in ${region} was given up by Kubernetes`] : [];
}

function print(lines: readonly Line[], what: Follow, memory: Memory, { clock, screen }: Ports): void {
  const now = clock.now();
  for (const line of lines.filter(({ state, name }) => state === 'done' && !memory.printed.has(name))) {
    memory.printed.set(line.name, now);
    screen.line(row(line.name, timeOf(line, what, memory, now)));
  }
  screen.live(
    lines
      .filter(({ state }) => state === 'running' || state === 'failed')
      .map((line) => standing(line, memory, now)),
  );
}

/** What a Job reports counts from its start by its own clock; the rest is timed as it is seen. */
function timeOf({ at }: Line, { since }: Follow, memory: Memory, now: number): string {
  if (at !== undefined) return duration((since === undefined ? 0 : (memory.job ?? now) - since) + at);
  return since === undefined ? '' : duration(now - since);
}

function standing({ name, state, since, message }: Line, { job }: Memory, now: number): string {
  const running = since === undefined || job === undefined ? '' : `${duration(now - job)} …`;
  if (state === 'failed') return colour.red(row(name, `failed, tried again: ${message ?? ''}`));
  return row(name, message ? `${running} ${message}`.trim() : running);
}

const NAME_WIDTH = 34;

/** One line of progress: what, and when. */
export const row = (name: string, time: string) =>
  `  ${name.padEnd(NAME_WIDTH)} ${time.padStart(8)}`.trimEnd();

/** Until the claim has arrived: asks Argo CD again, and tells the person once what else there is. */
async function nudge(what: Follow, sight: Sight, memory: Memory, ports: Ports): Promise<void> {
  const { clock, screen } = ports;
  if (sight.answers && sight.effective.epoch >= what.epoch) return;
  if (clock.now() - memory.refreshed >= REFRESH_MS) {
    memory.refreshed = clock.now();
    await refreshed(what.estate, ports);
  }
  if (memory.hinted || clock.now() - memory.started < ARRIVE_MS) return;
  memory.hinted = true;
  const from = otherThan(what.estate, what.region);
  screen.line(
    colour.yellow(
      `  epoch ${what.epoch} has not arrived in ${what.region} for ${ARRIVE_MS / 1000} s: Argo CD there does not follow, or Git is not in reach. From ${from} or here: --break-glass (runbooks/stuck-promotion.md)`,
    ),
  );
}
