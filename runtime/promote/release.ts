/**
 * The release: the promotion's counterpart in the region that was left. Once the other region has taken over and users
 * have gone, it gives the floors back that a promotion had raised here. Safe to repeat, and to be ended at any point.
 */
import { type FlipPlan, type Floor, isGivenBack } from '../../spec/flip';
import type { Shared } from '../beacon/shared';
import type { ClusterPort, Ports } from './ports';
import { retry, within } from './retry';

const LOOK_MS = 5_000;
/** How long the other beacon, or the own API server, may take to answer. */
const ANSWER_MS = 2_000;
/** How long one floor is tried; past this somebody has to look. */
const LOWER_MS = 10 * 60_000;

/** What is released. */
export interface Release {
  /** Of the flip that left this region. */
  readonly epoch: number;
  /** Seconds for which the other region must have been primary without a break. */
  readonly drain: number;
}

/** What a release needs from outside. */
export type ReleasePorts = Pick<Ports, 'now' | 'sleep' | 'random'> & {
  readonly cluster: Pick<ClusterPort, 'effective'> & {
    /** Gives a floor back to what Git says; false when a promotion of a higher epoch needs it. */
    readonly lower: (floor: Floor, epoch: number) => Promise<boolean>;
  };
  /** What the other region's beacon says. */
  readonly other: () => Promise<Shared>;
};

/** How a release ended: done, or another flip came. */
export type Released = 'Released' | 'Superseded';

/** Waits, and gives the floors back. Throws when a floor could not be lowered in time. */
export async function release(
  plan: FlipPlan,
  { epoch, drain }: Release,
  ports: ReleasePorts,
): Promise<Released> {
  let since: number | undefined;
  for (;;) {
    const state = await stateOf(plan, epoch, ports);
    if (state === 'superseded') return 'Superseded';
    since = state === 'left' ? (since ?? ports.now()) : undefined;
    if (since !== undefined && ports.now() - since >= drain * 1_000) break;
    await ports.sleep(LOOK_MS);
  }
  const deadline = ports.now() + LOWER_MS;
  const lowered = await Promise.all(
    plan.floors
      .filter(isGivenBack)
      .map((floor) => retry(ports, deadline, () => ports.cluster.lower(floor, epoch))),
  );
  return lowered.every(Boolean) ? 'Released' : 'Superseded';
}

/** `left`: the other region says that it is primary, by this very flip. Whoever is silent says nothing. */
async function stateOf(
  plan: FlipPlan,
  epoch: number,
  ports: ReleasePorts,
): Promise<'left' | 'superseded' | 'not yet'> {
  const [own, other] = await Promise.all([
    within(ports, ANSWER_MS, ports.cluster.effective),
    within(ports, ANSWER_MS, ports.other),
  ]);
  if (own && (own.epoch !== epoch || own.region === plan.region)) return 'superseded';
  return own && other?.primary && other.claimed?.epoch === epoch ? 'left' : 'not yet';
}
