/** How a run must end: nothing is left undone, and every verdict was given for a reason that was true. */
import type { PrimaryRegionSpec } from '../spec/claims';
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
    ...verdicts.filter((verdict) => !justified(run, verdict)).map((verdict) => ({
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
  const verdict = verdicts.findLast(
    (one) => one.region === region && one.epoch === wanted.epoch && !one.dryRun,
  );
  if (!verdict) return [`promote-${wanted.epoch} in ${region} never ended`];
  return verdict.outcome === 'Failed' ? [`promote-${wanted.epoch} in ${region} failed for good`] : [];
}

/** The writers are where the highest promoted epoch put them, unless somebody moved them by hand since. */
function misplaced({ stores, events }: Run, verdicts: readonly Ended[]): string[] {
  const promoted = verdicts.filter(({ outcome, dryRun }) => outcome === 'Promoted' && !dryRun);
  const highest = Math.max(0, ...promoted.map(({ epoch }) => epoch));
  const last = promoted.findLast(({ epoch }) => epoch === highest);
  if (!last) return [];
  const regions = new Set(promoted.filter(({ epoch }) => epoch === highest).map(({ region }) => region));
  const excused = events.some(
    (event) => event.what === 'asked' && event.accepted && (!event.by || event.cutOff || event.by.epoch > highest),
  );
  if (excused || regions.size > 1) return [];
  return Object.entries(stores)
    .filter(([, { writer }]) => writer !== last.region)
    .map(([name, { writer }]) => `${name} is written in ${writer}, epoch ${highest} had put it into ${last.region}`);
}

function justified(run: Run, verdict: Ended): boolean {
  const before = run.events.filter(({ at }) => at <= verdict.at);
  if (verdict.outcome === 'Superseded') return before.some((event) => epochOf(event) > verdict.epoch);
  if (verdict.outcome === 'Conflict') return namesTwo(before, verdict.epoch);
  if (verdict.outcome === 'Refused') return !calm(before, verdict);
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

/** How long a fault may be over and still be a reason. */
const RECENT_MS = 15_000;

/** Nothing was broken just before, every follower was there and none was being moved. */
function calm(before: readonly Event[], { at }: Ended): boolean {
  let broken = 0;
  let lastMended = -Infinity;
  const away = new Set<string>();
  for (const event of before) {
    if (event.what === 'action' && 'for' in event.action) broken += 1;
    if (event.what === 'over') {
      broken -= 1;
      lastMended = event.at;
    }
    if (event.what === 'asked' && event.accepted) away.add(event.store);
    if (event.what === 'moved') away.delete(event.store);
    if (event.what === 'moved' && event.by === undefined) away.add(`${event.store} ${event.from}`);
    if (event.what === 'rejoined') away.delete(`${event.store} ${event.region}`);
  }
  return broken === 0 && at - lastMended > RECENT_MS && away.size === 0;
}
