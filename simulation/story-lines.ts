/** The few events of a run that a newcomer wants to hear of, in words. */
import type { Action } from './action';
import type { Event } from './event';
import type { Rto } from './rto';
import type { Run } from './world';

/** One line of the story. */
export interface StoryLine {
  /** Milliseconds since the loss. */
  readonly at: number;
  readonly what: string;
  /** What it means: where writers, readers or writes are. */
  readonly note: string;
}

type Told = Pick<StoryLine, 'what' | 'note'>;

/** The story of a run whose loss came at `start` milliseconds, and was over `recoveredAfter` it. */
export function linesOf({ events, settings }: Run, start: number, recoveredAfter: number): StoryLine[] {
  const { home, peer } = settings;
  const seen = new Set<string>();
  const recovered = { at: recoveredAfter, what: `${peer} takes all writes`, note: 'recovered' };
  const told = events
    .filter(({ at }) => at >= start)
    .flatMap((event) => {
      const line = tell(event, home);
      return line ? [{ at: event.at - start, ...line }] : [];
    });
  return [...told, recovered]
    .toSorted((a, b) => a.at - b.at)
    .filter(({ what }) => {
      const first = !seen.has(what);
      seen.add(what);
      return first;
    });
}

const line = (what: string, note = ''): Told => ({ what, note });

function tell(event: Event, home: string): Told | undefined {
  switch (event.what) {
    case 'action':
      return acted(event.action, home);
    case 'over':
      return event.action.kind === 'region'
        ? line(`${home} answers again`, 'it follows, and takes no writes')
        : undefined;
    case 'commit':
      return line(`one claim is flipped to ${event.region}, epoch ${event.epoch}`, 'git push');
    case 'watch':
      return line(`the trigger flips the claim to ${event.region}, epoch ${event.epoch}`, event.why);
    case 'job':
      return event.state === 'started' ? line(`${event.cluster}: Job ${event.job} started`) : undefined;
    case 'tagged':
      return event.fence.promoted === event.fence.epoch
        ? undefined
        : line(`${event.region}: fence ${event.fence.epoch} written`, 'older epochs are stopped here');
    case 'moved':
      return line(`${bare(event.store)} is written in ${event.to}`, lossOf(event));
    default:
      return tellTraffic(event, home);
  }
}

function acted(action: Action, home: string): Told | undefined {
  return action.kind === 'region' ? line(`${home} stops answering`, 'writers are cut off') : undefined;
}

type Moved = Extract<Event, { what: 'moved' }>;

const lossOf = ({ call, lostSeconds }: Moved) =>
  call === 'switchover' ? 'switched over, nothing lost' : `${lostSeconds.toFixed(1)} s of writes lost`;

const bare = (store: string) => store.split('/').at(-1) ?? store;

function tellTraffic(event: Event, home: string): Told | undefined {
  switch (event.what) {
    case 'dns':
      return line(`health checks turn: users are sent to ${event.to.join(' and ')}`);
    case 'beacon':
      return event.primary ? line(`beacon in ${event.region} answers`, 'it holds every writer') : undefined;
    case 'traffic':
      return event.to === home ? line(`writes go to ${event.to}`, 'failed back') : undefined;
    case 'ended':
      return line(`${event.region}: ${event.job} ${event.outcome.toLowerCase()}`, event.reasons.join('; '));
    case 'raised':
      return line(`${event.region}: ${event.service} raised to its floor`);
    default:
      return undefined;
  }
}

/** The end of the story: what was reached and what was promised. */
export function verdictOf(recoveredAfter: number, lostSeconds: number, rto: Rto): string {
  const { parts, objective, runs } = rto;
  const recovered = `recovered in ${span(recoveredAfter / 1000)} of ${span(objective.rto)}`;
  const percentile = `p95 of ${runs.toLocaleString('en-US')} runs: ${span(parts.total.p95)}`;
  const lost =
    objective.rpo === undefined || lostSeconds === 0
      ? 'nothing to lose'
      : `lost at most ${lostSeconds.toFixed(1)} s of ${span(objective.rpo)}`;
  return `${recovered} (${percentile}); ${lost}`;
}

/** Whether the objective is met, and what would meet it. */
export function adviceOf({ parts, objective, met, within, remedies }: Rto): string {
  const share = `${Math.floor(within * 100)} % of the losses recover within ${span(objective.rto)}`;
  if (met.rto) return share;
  if (remedies.length > 0) return `${share}; for 95 %: ${remedies.join(', or ')}`;
  return `${share}; for 95 % no setting is enough: AWS's own promotion takes up to ${span(parts.promotion.p95)} (p95)`;
}

/** `2 min 24 s` */
export function span(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return [minutes > 0 ? `${minutes} min` : '', rest > 0 || minutes === 0 ? `${rest} s` : '']
    .filter(Boolean)
    .join(' ');
}
