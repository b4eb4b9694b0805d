/** The log of a run as lines that a person can follow. */
import type { Action } from './action';
import type { Event } from './event';

/** `02:21.4` */
export function clockFace(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1);
  return `${String(minutes).padStart(2, '0')}:${seconds.padStart(4, '0')}`;
}

/** One line for each event. */
export const timelineOf = (events: readonly Event[]): string[] =>
  events.map((event) => `${clockFace(event.at)}  ${told(event)}`);

function told(event: Event): string {
  switch (event.what) {
    case 'action':
      return `* ${describe(event.action)}`;
    case 'over':
      return `* over: ${describe(event.action)}`;
    case 'commit':
      return `git: region ${event.region}, epoch ${event.epoch} (${event.note})`;
    case 'claim':
      return `${event.cluster}: claim ${flipped(event.spec)}${event.override ? `, override ${flipped(event.override)}` : ''}`;
    case 'denied':
      return `${event.cluster}: API server refuses: ${event.message}`;
    case 'job':
      return `${event.cluster}: Job ${event.job} ${event.state}`;
    case 'asked':
      return `AWS asked by ${event.by?.job ?? 'hand'}: ${event.call} of ${event.store} to ${event.region}${event.accepted ? '' : ', turned down'}${event.blind ? ', the other fence not seen' : ''}`;
    case 'tagged':
      return `${event.region}: ${event.store} tagged epoch ${event.fence.epoch}, promoted ${event.fence.promoted} by ${event.by?.job ?? 'hand'}`;
    default:
      return toldRest(event);
  }
}

const flipped = ({ region, epoch }: { region: string; epoch: number }) => `${region}/${epoch}`;

type Rest = Exclude<
  Event,
  { what: 'action' | 'over' | 'commit' | 'claim' | 'denied' | 'job' | 'asked' | 'tagged' }
>;

function toldRest(event: Rest): string {
  switch (event.what) {
    case 'moved':
      return `${event.store} moved from ${event.from} to ${event.to}, ${event.lostSeconds.toFixed(1)} s lost`;
    case 'stayed':
      return `${event.store} stays where it was: the switchover was given up`;
    case 'rejoined':
      return `${event.store} follows in ${event.region} again`;
    case 'raised':
      return `${event.region}: ${event.service} raised to its floor by ${event.by.job}`;
    case 'applied':
      return `${event.region}: applied a ${event.kind}`;
    case 'ended':
      return `${event.region}: ${event.job} ends ${event.outcome} ${event.reasons.join('; ')}`.trimEnd();
    case 'beacon':
      return `${event.region}: beacon says ${event.primary ? 'primary' : 'not primary'}`;
    case 'dns':
      return `DNS answers ${event.to.join(' and ')}`;
    case 'traffic':
      return `writes go to ${event.to}`;
    case 'due':
      return `writes belong to ${event.to ?? 'nobody'}`;
    case 'watch':
      return `${event.region}: watch flips with epoch ${event.epoch}, ${event.why}`;
    case 'bug':
      return `${event.region}: BUG ${event.message}`;
  }
}

/** An action of a schedule in words. */
export function describe(action: Action): string {
  const { kind, at: _, ...rest } = action;
  const details = Object.entries(rest).map(([key, value]) => `${key} ${value}`);
  return [kind, ...details]
    .join(', ')
    .replace('side ', '')
    .replace(/for (\d+)/, 'for $1 s');
}
