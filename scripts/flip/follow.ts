/** Follows a flip in the region that takes over until it has ended, the time is up or the person has had enough. */
import { KEYS } from '../../platform/apis/primary-region/config-map';
import type { Outcome, Progress } from '../../runtime/promote/ports';
import { colour } from '../ui/text';
import type { FlipEstate } from './estate';
import type { Ports } from './ports';
import { linesOf } from './progress';
import { nothingShown, show, type Shown } from './show';
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
  /** Public writes reach the region; absent when no beacon tells. */
  readonly beacon?: boolean;
}

/** A look is three calls of kubectl, and a flip takes minutes. */
const POLL_MS = 2_000;
/** Argo CD may have read Git a moment before the push. */
const REFRESH_MS = 15_000;
/** How long a claim may take to arrive before a person is told what else there is. */
const ARRIVE_MS = 60_000;
/** How long the beacon may take after the last writer has moved: two questions to AWS, one write. */
const BEACON_MS = 60_000;

/** What is remembered between two looks. */
interface Memory {
  readonly started: number;
  readonly shown: Shown;
  promoted?: number;
  refreshed: number;
  hinted: boolean;
}

/** Follows, and shows every step as it happens. */
export async function follow(what: Follow, ports: Ports): Promise<Followed> {
  const { clock, clusters, screen } = ports;
  const started = clock.now();
  const memory: Memory = { started, shown: nothingShown(what.since), refreshed: started, hinted: false };
  // Who has just asked sees nothing yet.
  if (what.since !== undefined) await clock.sleep(POLL_MS);
  for (;;) {
    const sight = await clusters.look(what.region);
    const ended = see(what, sight, memory, ports) ?? givenUp(what, sight, memory, ports);
    if (ended) {
      screen.live([]);
      return ended;
    }
    await nudge(what, sight, memory, ports);
    await clock.sleep(POLL_MS);
  }
}

function givenUp(
  { timeout }: Follow,
  sight: Sight,
  { started }: Memory,
  { clock }: Ports,
): Followed | undefined {
  if (clock.interrupted()) return { outcome: 'Interrupted', reasons: [] };
  if (clock.now() - started < timeout) return undefined;
  return { outcome: 'Running', reasons: sight.answers ? [] : [`${sight.region} ${sight.why}`] };
}

function see(what: Follow, sight: Sight, memory: Memory, { clock, screen }: Ports): Followed | undefined {
  if (!sight.answers) {
    screen.live([colour.yellow(`  ${sight.region} ${sight.why}; asking again`)]);
    return undefined;
  }
  const progress = progressOf(sight, KEYS.epoch(what.epoch));
  show(linesOf(what.estate, sight, what.epoch), progress, memory.shown, clock.now(), screen);
  return overtaken(what, sight) ?? endOf(what, sight, progress, memory, clock.now());
}

/** Another flip counts in this cluster, or two for the same epoch. */
function overtaken({ epoch }: Follow, { effective }: Seen): Followed | undefined {
  if (effective.epoch > epoch)
    return { outcome: 'Superseded', reasons: [`epoch ${effective.epoch} asks for ${effective.region}`] };
  if (effective.epoch === epoch && effective.conflict)
    return { outcome: 'Conflict', reasons: [`epoch ${epoch} names two regions in this cluster`] };
  return undefined;
}

function endOf(
  what: Follow,
  target: Seen,
  progress: Progress | undefined,
  memory: Memory,
  now: number,
): Followed | undefined {
  // Born here and never flipped: no Job will ever run.
  const outcome = what.epoch === 0 ? 'Promoted' : outcomeOf(target, what.epoch);
  if (outcome === undefined || outcome === 'Promoting' || outcome === 'Checked') return undefined;
  const ended = { outcome, reasons: reasonsOf(outcome, what, progress), ...(progress && { progress }) };
  const { beacon } = target;
  if (outcome !== 'Promoted' || !beacon) return ended;
  memory.promoted ??= now;
  if (!beacon.primary && now - memory.promoted < BEACON_MS) return undefined;
  return { ...ended, beacon: beacon.primary, reasons: beacon.primary ? [] : beacon.reasons };
}

function reasonsOf(outcome: Outcome, { region, epoch }: Follow, progress?: Progress): readonly string[] {
  if (progress && progress.reasons.length > 0) return progress.reasons;
  return outcome === 'Failed' ? [`Kubernetes gave up Job promote-${epoch} in ${region}`] : [];
}

/** Until the claim has arrived: asks Argo CD again, and tells the person once what else there is. */
async function nudge(what: Follow, sight: Sight, memory: Memory, ports: Ports): Promise<void> {
  if (sight.answers && sight.effective.epoch >= what.epoch) return;
  const now = ports.clock.now();
  if (now - memory.refreshed >= REFRESH_MS) {
    memory.refreshed = now;
    await ports.clusters.refresh(what.region);
  }
  if (memory.hinted || now - memory.started < ARRIVE_MS) return;
  memory.hinted = true;
  ports.screen.line(colour.yellow(hint(what)));
}

const hint = ({ epoch, region }: Follow) =>
  `  epoch ${epoch} has not arrived in ${region} for ${ARRIVE_MS / 1000} s: run the same command in another window with --break-glass (runbooks/stuck-promotion.md)`;
