/** Where an estate stands, from everything that is known: Git, both clusters, and what their beacons heard. */
import { effectiveOf } from '../../model/effective';
import { KEYS } from '../../platform/apis/primary-region/config-map';
import type { Outcome } from '../../runtime/promote/ports';
import type { FlipMode } from '../../spec/claims';
import type { FlipEstate } from './estate';
import { progressOf, type Seen, type Sight } from './sight';

/** A flip as the claim spells it. */
export interface Flip {
  readonly region: string;
  readonly epoch: number;
  readonly mode: FlipMode;
}

/** Where an estate stands. */
export interface Stand {
  /** The flip with the highest epoch that anybody knows. */
  readonly current: Flip;
  /** That epoch names two regions. */
  readonly conflict: boolean;
  /** How it ended in its region, or how far it is; undefined when nothing has been heard. */
  readonly outcome: Outcome | 'Steady' | undefined;
  /** Region of the writers, as AWS last told the beacons; undefined when they differ or nobody knows. */
  readonly writer: string | undefined;
  /** The flip that Git holds here. */
  readonly git: Flip;
}

/** Puts together what is known. */
export function standOf(estate: FlipEstate, sights: readonly Sight[]): Stand {
  const seen = sights.filter((sight) => sight.answers);
  const git = effectiveOf(estate.input.primaryRegion.spec);
  const known: readonly Flip[] = [git, ...seen.flatMap(flipsOf)];
  const current = known.reduce((best, flip) => (flip.epoch > best.epoch ? flip : best));
  const target = seen.find(({ region }) => region === current.region);
  return {
    current,
    conflict: known.some(({ epoch, region }) => epoch === current.epoch && region !== current.region),
    outcome: standingOutcome(current, seen, target),
    writer: writerOf(seen, finishedAt(target, current.epoch)),
    git,
  };
}

/** The spec and the override count each for themselves: an epoch that was ever used is used. */
function flipsOf({ spec, beacon }: Seen): Flip[] {
  const claimed = beacon?.claimed;
  return [
    { region: spec.region, epoch: spec.epoch, mode: spec.mode },
    ...(spec.override ? [spec.override] : []),
    ...(claimed ? [{ ...claimed, mode: spec.mode }] : []),
  ];
}

/** At epoch 0 the stores are where they were born; a region that answers has to say so. */
function standingOutcome({ epoch }: Flip, seen: readonly Seen[], target: Seen | undefined): Stand['outcome'] {
  if (epoch === 0) return seen.length > 0 ? 'Steady' : undefined;
  return target && outcomeOf(target, epoch);
}

/** How an epoch ended in the region it names. A Job that failed is tried again until Kubernetes gives it up. */
export function outcomeOf(target: Seen, epoch: number): Outcome | undefined {
  const outcome = progressOf(target, KEYS.epoch(epoch))?.outcome;
  if (target.jobs.some(({ name, failed }) => name === `promote-${epoch}` && failed)) return 'Failed';
  return outcome === 'Failed' ? 'Promoting' : outcome;
}

function finishedAt(target: Seen | undefined, epoch: number): number {
  const finished = target && progressOf(target, KEYS.epoch(epoch))?.finishedAt;
  return finished ? Date.parse(finished) : 0;
}

/** The freshest answer for each store counts, if it is younger than the flip. */
function writerOf(seen: readonly Seen[], since: number): string | undefined {
  const answers = seen
    .flatMap(({ beacon }) => beacon?.stores ?? [])
    .filter(({ at }) => at > since)
    .toSorted((a, b) => a.at - b.at);
  const writers = new Set(new Map(answers.map(({ name, writer }) => [name, writer])).values());
  return writers.size === 1 ? [...writers][0] : undefined;
}

/** What a wish comes to. */
export interface Intent {
  readonly flip: Flip;
  /** False: this flip is already asked for, and needs at most to be carried on. */
  readonly raised: boolean;
  /** Git holds the flip. */
  readonly recorded: boolean;
  /** Nothing is left to do but to record it. */
  readonly settled: boolean;
}

/** Ended, and not as was asked: only a higher epoch starts again. */
const OVER: readonly Stand['outcome'][] = ['Refused', 'Superseded', 'Conflict', 'Failed'];

/** The flip that brings the writers to `region`: the one under way if it does, else the next epoch. */
export function intentOf(stand: Stand, region: string, mode: FlipMode): Intent {
  const { current, outcome, git } = stand;
  const settled = outcome === 'Promoted' || outcome === 'Steady';
  const astray = settled && stand.writer !== undefined && stand.writer !== region;
  const standing = current.region === region && !stand.conflict && !OVER.includes(outcome) && !astray;
  if (!standing || (!settled && current.mode !== mode)) {
    const flip = { region, epoch: current.epoch + 1, mode };
    return { flip, raised: true, recorded: false, settled: false };
  }
  return { flip: current, raised: false, recorded: git.epoch === current.epoch, settled };
}
