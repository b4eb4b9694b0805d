/** How a run must end: nothing is left undone, and every verdict was given for a reason that was true. */
import type { PrimaryRegionSpec } from '../spec/claims';
import type { Action } from './action';
import { FREEZE_MS } from './constants';
import type { Event } from './event';
import type { Run } from './world';

/** Something that is not as it must be. */
interface Wrong {
  readonly at: number;
  readonly message: string;
}

type Ended = Extract<Event, { what: 'ended' }>;

/** Everything that is wrong with the end of a run. */
export function ended(run: Run): readonly Wrong[] {
  const end = run.seconds * 1000;
  const wrong = (message: string): Wrong => ({ at: end, message });
  const verdicts = run.events.filter((event) => event.what === 'ended');
  return [
    ...(run.rested ? [] : [wrong('the world never comes to rest')]),
    ...run.events.flatMap((event) =>
      event.what === 'bug' ? [{ at: event.at, message: `${event.region}: ${event.message}` }] : [],
    ),
    ...Object.keys(run.claims).flatMap((region) => undelivered(run, region).map(wrong)),
    ...Object.keys(run.claims).flatMap((region) => unfinished(run, region, verdicts).map(wrong)),
    ...misplaced(run, verdicts).map(wrong),
    ...verdicts
      .filter((verdict) => !justified(run, verdict))
      .map((verdict) => ({
        at: verdict.at,
        message: `${verdict.job} in ${verdict.region} ended ${verdict.outcome} without need: ${verdict.reasons.join('; ')}`,
      })),
  ];
}

/** Git's epochs always go up in a cluster, so what Git says in the end must have arrived. */
function undelivered({ claims, git }: Run, region: string): string[] {
  const claim = claims[region];
  if (!claim) return [`${region} has no claim`];
  return git.epoch > claim.epoch ? [`${region} has epoch ${claim.epoch} of ${git.epoch} in Git`] : [];
}

/** The flip that counts in a cluster, told here once more so that the code under test is not its own judge. */
function wantedBy({ region, epoch, override }: PrimaryRegionSpec) {
  if (override && override.epoch > epoch) return override;
  return override && override.epoch === epoch && override.region !== region ? undefined : { region, epoch };
}

function unfinished({ claims }: Run, region: string, verdicts: readonly Ended[]): string[] {
  const claim = claims[region];
  const wanted = claim && wantedBy(claim);
  if (!wanted || wanted.region !== region || wanted.epoch === 0) return [];
  const own = verdicts.filter((one) => one.region === region && one.epoch === wanted.epoch && !one.dryRun);
  if (own.length === 0) return [`promote-${wanted.epoch} in ${region} never ended`];
  const finished = own.some(({ outcome }) => outcome !== 'Failed');
  return finished ? [] : [`promote-${wanted.epoch} in ${region} failed for good`];
}

/** The writers are where the highest promoted epoch put them, unless somebody moved them by hand since. */
function misplaced({ stores, events }: Run, verdicts: readonly Ended[]): string[] {
  const promoted = verdicts.filter(({ outcome, dryRun }) => outcome === 'Promoted' && !dryRun);
  const highest = Math.max(0, ...promoted.map(({ epoch }) => epoch));
  const last = promoted.findLast(({ epoch }) => epoch === highest);
  if (!last) return [];
  const regions = new Set(promoted.filter(({ epoch }) => epoch === highest).map(({ region }) => region));
  const excused = events.some(
    (event) =>
      event.what === 'asked' && event.accepted && (!event.by || event.cutOff || event.by.epoch > highest),
  );
  if (excused || regions.size > 1) return [];
  return Object.entries(stores)
    .filter(([, { writer }]) => writer !== last.region)
    .map(
      ([name, { writer }]) =>
        `${name} is written in ${writer}, epoch ${highest} had put it into ${last.region}`,
    );
}

function justified(run: Run, verdict: Ended): boolean {
  const before = run.events.filter(({ at }) => at <= verdict.at);
  if (verdict.outcome === 'Superseded') return before.some((event) => epochOf(event) > verdict.epoch);
  if (verdict.outcome === 'Conflict') return namesTwo(before, verdict.epoch) || triedOut(before, verdict);
  if (verdict.outcome === 'Refused') return !calm(run, before, verdict);
  return true;
}

function epochOf(event: Event): number {
  if (event.what === 'claim') return Math.max(event.spec.epoch, event.override?.epoch ?? 0);
  return event.what === 'tagged' ? event.fence.epoch : 0;
}

function namesTwo(events: readonly Event[], epoch: number): boolean {
  const flips = events.flatMap((event) =>
    event.what === 'claim' ? [event.spec, ...(event.override ? [event.override] : [])] : [],
  );
  return new Set(flips.filter((one) => one.epoch === epoch).map(({ region }) => region)).size > 1;
}

/** A dry run tries an epoch out that the other region may just have taken. */
const triedOut = (events: readonly Event[], { dryRun, epoch, region }: Ended): boolean =>
  dryRun &&
  events.some(
    (event) =>
      (event.what === 'tagged' && event.region !== region && event.fence.epoch === epoch) ||
      (event.what === 'claim' &&
        [event.spec, event.override].some((one) => one?.epoch === epoch && one.region !== region)),
  );

/** How long a fault may be over and still be a reason. */
const RECENT_MS = 15_000;
/** What keeps a region's own endpoints from answering: all that an unplanned flip needs. */
const OWN_ENDPOINTS = new Set(['region', 'aws', 'throttle']);

/** Nothing was broken just before that could be a reason, every follower was there and none was being moved. */
function calm(run: Run, before: readonly Event[], { at, mode, region }: Ended): boolean {
  const counts = ({ kind, ...action }: Action) =>
    mode === 'Planned' ||
    (OWN_ENDPOINTS.has(kind) && 'side' in action && run.settings[action.side] === region);
  const faults = before.flatMap((event) =>
    (event.what === 'action' || event.what === 'over') && 'for' in event.action && counts(event.action)
      ? [event]
      : [],
  );
  const open = faults.filter(({ what }) => what === 'action').length * 2 > faults.length;
  const looked = lastLook(run, before, { at, region });
  const recent = faults.some((fault) => fault.what === 'over' && looked - fault.at <= RECENT_MS);
  return !open && !recent && (mode === 'Unplanned' || everyoneThere(before, at));
}

/** When a verdict's reasons were last looked at: a pod that was frozen in between tells what it saw before. */
function lastLook(run: Run, before: readonly Event[], { at, region }: Pick<Ended, 'at' | 'region'>): number {
  const frozen = before.findLast(
    (event) =>
      event.what === 'action' &&
      event.action.kind === 'freeze' &&
      run.settings[event.action.side] === region &&
      at - event.at <= FREEZE_MS + RECENT_MS,
  );
  return frozen?.at ?? at;
}

function everyoneThere(before: readonly Event[], now: number): boolean {
  const away = new Set<string>();
  for (const event of before) {
    if (event.what === 'asked' && event.accepted) away.add(event.store);
    if (event.what === 'moved' && event.call === 'failover') away.add(`${event.store} ${event.from}`);
    if (now - event.at <= RECENT_MS) continue;
    if (event.what === 'moved' || event.what === 'stayed') away.delete(event.store);
    if (event.what === 'rejoined') away.delete(`${event.store} ${event.region}`);
  }
  return away.size === 0;
}
