/** What must hold in every run, under any schedule. Each property reads the log and says what broke it. */
import type { Event } from './event';
import { ended } from './ending';
import type { Settings } from './settings';
import type { Run } from './world';

/** Something that must not have happened. */
export interface Violation {
  readonly property: PropertyName;
  /** Milliseconds since the start. */
  readonly at: number;
  readonly message: string;
  /** True for the set that no fence can exclude: see `named`. */
  readonly named: boolean;
}

/** Judges one run. */
export type Property = (run: Run) => readonly Omit<Violation, 'property'>[];

const violation = (at: number, message: string, named = false) => ({ at, message, named });

/** The events of one sort. */
function only<What extends Event['what']>(events: readonly Event[], what: What) {
  return events.filter((event): event is Extract<Event, { what: What }> => event.what === what);
}

type Asked = Extract<Event, { what: 'asked' }>;

/**
 * What no fence can exclude: the promotion was unplanned, it had not seen the other region's fence, and the other
 * region's endpoints had given it no answer. Its own claim was the newest that its cluster had, or it would have
 * stopped. A planned move never belongs here: it may only be asked for with the other fence in sight.
 */
const named = ({ call, blind, cutOff }: Asked): boolean => call === 'failover' && blind && cutOff;

/** In one epoch AWS is asked to promote one region at most. */
const oneRegionPerEpoch: Property = ({ events }) => {
  const first = new Map<string, Asked>();
  return only(events, 'asked').flatMap((asked) => {
    if (!asked.by) return [];
    const key = `${asked.store} ${asked.by.epoch}`;
    const earlier = first.get(key) ?? asked;
    first.set(key, earlier);
    if (earlier.region === asked.region) return [];
    const message = `${asked.store}: epoch ${asked.by.epoch} asked for ${earlier.region} and for ${asked.region}`;
    return [violation(asked.at, message, named(asked) || named(earlier))];
  });
};

/** What a higher epoch has finished, a lower one does not undo; and no fence forgets what was finished. */
const higherEpochStands: Property = ({ events }) => {
  const finished = new Map<string, { epoch: number; region: string }>();
  return events.flatMap((event) => {
    if (event.what === 'asked') return undone(event, finished);
    if (event.what !== 'tagged') return [];
    const { store, region, fence } = event;
    const done = finished.get(store);
    if (fence.promoted > (done?.epoch ?? 0)) finished.set(store, { epoch: fence.promoted, region });
    if (!done || done.region !== region || Math.max(fence.epoch, fence.promoted) >= done.epoch) return [];
    return [violation(event.at, `${store}: the fence in ${region} forgot epoch ${done.epoch}`)];
  });
};

function undone(asked: Asked, finished: ReadonlyMap<string, { epoch: number; region: string }>) {
  const { by, store, region, accepted, at } = asked;
  const done = finished.get(store);
  if (!by || !accepted || !done || by.epoch >= done.epoch || done.region === region) return [];
  const message = `${store}: epoch ${by.epoch} moved it to ${region} after epoch ${done.epoch} had finished`;
  return [violation(at, message, named(asked))];
}

/**
 * Longest time from the moment a region holds every writer and can take writes, until all public writes go there: the
 * beacon asks and gets its answers, the checkers see it often enough, and resolvers forget.
 */
export function trafficBoundMs({ placements, home }: Settings): number {
  const { ttl = 60, healthCheck } = placements[home]?.traffic ?? {};
  const { interval = 10, failures = 3 } = healthCheck ?? {};
  const beacon = 2 + 2 * 2;
  const client = 1;
  return (beacon + (failures + 1) * interval + ttl + client) * 1000;
}

/**
 * Public writes have one destination, and within the bound it is the region that holds the writers. What a beacon of the
 * home region says does not matter. A beacon of the peer does: one that the public reaches, and that hears neither from
 * AWS nor from home, keeps the writes until it hears again; that is named.
 */
const trafficFollowsData: Property = ({ events, settings, seconds }) => {
  const bound = trafficBoundMs(settings);
  const failover = settings.placements[settings.home]?.traffic.routing === 'failover';
  const found: Omit<Violation, 'property'>[] = [];
  let traffic = settings.home;
  let due: { to: string | undefined; at: number; deaf: boolean } = { to: undefined, at: 0, deaf: false };
  let told = false;
  const judge = (at: number) => {
    if (told || due.to === undefined || due.to === traffic || at - due.at <= bound) return;
    told = true;
    const message = `writes go to ${traffic}, they belong to ${due.to} since ${Math.round(due.at / 1000)} s`;
    found.push(violation(at, message, due.deaf && traffic === settings.peer));
  };
  for (const event of events) {
    judge(event.at);
    if (event.what === 'dns' && failover && event.to.length !== 1)
      found.push(violation(event.at, `public writes are sent to ${event.to.join(' and ')}`));
    if (event.what === 'traffic') traffic = event.to;
    if (event.what !== 'due') continue;
    due = event;
    told = false;
  }
  judge(seconds * 1000);
  return found;
};

/** A promotion that can finish does finish, and for a reason that is true. */
const finishes: Property = (run) => ended(run).map(({ at, message }) => violation(at, message));

/**
 * A flip that was refused has changed nothing: no tag, no move, no floor. A cluster that was lost and built again knows
 * of no refusal: its Job is another one.
 */
const refusedChangesNothing: Property = ({ events }) =>
  only(events, 'ended')
    .filter(({ outcome }) => outcome === 'Refused')
    .flatMap((refusal) =>
      changes(lifeOf(events, refusal))
        .filter((change) => change.region === refusal.region && change.by?.job === refusal.job)
        .map(({ what }) =>
          violation(refusal.at, `${refusal.job} in ${refusal.region} was refused, and had ${what} something`),
        ),
    );

/** The events from a Job's creation until it was deleted. */
function lifeOf(events: readonly Event[], { job, region, at }: Extract<Event, { what: 'ended' }>) {
  const own = only(events, 'job').filter((event) => event.job === job && event.cluster === region);
  const created = own.findLast((event) => event.state === 'created' && event.at <= at)?.at ?? 0;
  const deleted = own.find((event) => event.state === 'deleted' && event.at > created)?.at ?? Infinity;
  return events.filter((event) => event.at >= created && event.at <= deleted);
}

/** A dry run changes nothing. */
const dryRunChangesNothing: Property = ({ events }) =>
  changes(events)
    .filter(({ by }) => by?.job.startsWith('dry-run'))
    .map(({ at, what, by }) => violation(at, `${by?.job} has ${what} something`));

type Change = Extract<Event, { what: 'asked' | 'tagged' | 'raised' }>;

const changes = (events: readonly Event[]): readonly Change[] =>
  events.filter(
    (event): event is Change => event.what === 'asked' || event.what === 'tagged' || event.what === 'raised',
  );

/** A flip makes a Job and a ConfigMap and nothing else: no step deletes or replaces a store. */
const storesAreKept: Property = ({ events }) =>
  only(events, 'applied').map(({ at, kind, region }) => violation(at, `${region} applied a ${kind}`));

/** Every property, by its name in reports. */
export const PROPERTIES = {
  'one region per epoch': oneRegionPerEpoch,
  'a higher epoch stands': higherEpochStands,
  'traffic follows data': trafficFollowsData,
  'what can finish finishes': finishes,
  'a refusal changes nothing': refusedChangesNothing,
  'stores are kept': storesAreKept,
  'a dry run changes nothing': dryRunChangesNothing,
} as const satisfies Record<string, Property>;

/** Name of a property. */
export type PropertyName = keyof typeof PROPERTIES;

/** Everything that a run violates, the named set included. */
export function violationsOf(run: Run): readonly Violation[] {
  // The keys of a constant object.
  const names = Object.keys(PROPERTIES) as PropertyName[];
  return names.flatMap((property) => PROPERTIES[property](run).map((found) => ({ property, ...found })));
}
