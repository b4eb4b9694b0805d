/** What happens when an estate loses its primary region: the real code in a simulated world, told in a few lines. */
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { flipPlanOf } from '../model/flip';
import type { Action } from './action';
import { DECIDE } from './constants';
import type { Event } from './event';
import { between, streamOf } from './random';
import { type Rto, rtoInputOf, rtoOf } from './rto';
import { type Settings, settingsOf, timingsOf } from './settings';
import { linesOf, type StoryLine, verdictOf } from './story-lines';
import { type Run, run } from './world';

/** The loss of an estate's primary region and what followed. */
export interface Timeline {
  readonly estate: string;
  readonly lost: string;
  readonly seed: number;
  readonly lines: readonly StoryLine[];
  /** Milliseconds from the loss until writes were taken in the other region. */
  readonly recoveredAfter: number;
  /** Seconds of acknowledged writes that were lost. */
  readonly lostSeconds: number;
  readonly rto: Rto;
  /** Two sentences for the end. */
  readonly verdict: string;
}

/** The region comes back this long after it was lost … */
const AWAY = 1_800;
/** … and somebody flips back this much later. */
const FAILBACK = 1_200;
/** When the story begins, so that the beacons know the world. */
const START = 30;

/** Plays the loss of the estate's home region. */
export async function lossOf(model: EstateModel, seed: number): Promise<Timeline> {
  const settings = settingsOfEstate(model);
  const random = streamOf(seed, 'story');
  const { interval, failures } = model.estate.traffic.healthCheck;
  const flipAt = START + interval * failures + between(random, DECIDE);
  const done = await run(settings, { seed, actions: actionsOf(settings, flipAt) });
  const rto = rtoOf(model, seed);
  const recovered = recoveryOf(done);
  const lostSeconds = Math.max(0, ...moves(done.events, settings.peer).map((moved) => moved.lostSeconds));
  return {
    estate: model.estate.name,
    lost: settings.home,
    seed,
    lines: linesOf(done, START * 1000, recovered),
    recoveredAfter: recovered,
    lostSeconds,
    rto,
    verdict: verdictOf(recovered, lostSeconds, rto),
  };
}

/** The world of an estate as it is written. */
export function settingsOfEstate(model: EstateModel): Settings {
  const [home, peer] = (['home', 'peer'] as const).map((position) => clusterAt(model, position));
  const [homePlan, peerPlan] = [home, peer].map((cluster) => cluster && flipPlanOf(model, cluster));
  if (!home || !peer || !homePlan || !peerPlan)
    throw new Error(`Cannot simulate "${model.estate.name}": it has one region, expected two`);
  const { compute } = rtoInputOf(model);
  return settingsOf(
    [home.placement, peer.placement],
    [homePlan, peerPlan],
    model.primaryRegion.spec.trigger,
    timingsOf(compute),
  );
}

const clusterAt = ({ clusters }: EstateModel, position: Cluster['position']) =>
  clusters.find((cluster) => cluster.environment === 'prod' && cluster.position === position);

const flip = (at: number, to: 'home' | 'peer', mode: 'Planned' | 'Unplanned'): Action => ({
  kind: 'flip',
  at,
  to,
  mode,
  via: 'git',
  raise: 1,
});

function actionsOf({ trigger }: Settings, flipAt: number): Action[] {
  const lost: Action = { kind: 'region', at: START, side: 'home', for: AWAY };
  const back = flip(START + AWAY + FAILBACK, 'home', 'Planned');
  return trigger.automatic ? [lost, back] : [lost, flip(flipAt, 'peer', 'Unplanned'), back];
}

const moves = (events: readonly Event[], to: string) =>
  events.filter((event) => event.what === 'moved').filter((moved) => moved.to === to);

/** When writes were taken in the peer region: it held every writer, its pods were ready, and clients went there. */
function recoveryOf({ events, settings }: Run): number {
  const ready = events.find((event) => event.what === 'due' && event.to === settings.peer);
  const there = events.find((event) => event.what === 'traffic' && event.to === settings.peer);
  return Math.max(ready?.at ?? 0, there?.at ?? 0) - START * 1000;
}
