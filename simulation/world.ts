/** The two-region world: all parts, wired as in reality, and a schedule of what happens to it. */
import type { PrimaryRegionSpec } from '../spec/claims';
import type { Fence } from '../runtime/promote/ports';
import type { Action, Schedule } from './action';
import { type ApiServer, apiServerOf } from './api-server';
import { argoOf } from './argo';
import { type Aws, awsOf } from './aws';
import { type Beacon, beaconOf } from './beacon';
import { type Context, contextOf } from './context';
import { type Crossplane, crossplaneOf } from './crossplane';
import type { Event } from './event';
import { FREEZE_MS } from './constants';
import { type Git, gitOf } from './git';
import { byHand, catchUp, dryRun, flip } from './human';
import { type Jobs, jobsOf } from './jobs';
import type { Kill } from './pod';
import { type Programs, PROGRAMS } from './programs';
import { route53Of } from './route53';
import type { Settings } from './settings';
import { trafficOf } from './traffic';
import { startWatch } from './watch';

/** What a run leaves behind. */
export interface Run {
  readonly settings: Settings;
  readonly events: readonly Event[];
  /** By store, then region. */
  readonly stores: Readonly<
    Record<string, { readonly writer: string; readonly fences: Readonly<Record<string, Fence>> }>
  >;
  readonly claims: Readonly<Record<string, PrimaryRegionSpec | undefined>>;
  readonly statuses: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  readonly git: PrimaryRegionSpec;
  /** Nothing was left to come when it stopped. */
  readonly rested: boolean;
  readonly seconds: number;
  readonly portCalls: number;
  readonly writes: { readonly acknowledged: number; readonly refused: number };
}

/** How a world is run. */
export interface RunOptions {
  readonly programs?: Programs;
  /** Stops the first pod of the peer region at one of its calls. */
  readonly kill?: Kill;
}

interface Cluster {
  readonly api: ApiServer;
  readonly jobs: Jobs;
  readonly crossplane: Crossplane;
  readonly beacon: Beacon;
}

interface World {
  readonly context: Context;
  readonly git: Git;
  readonly aws: Aws;
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly apis: Readonly<Record<string, ApiServer>>;
  pending: number;
}

/** Longer than any poll: after this long without any event, none will come. */
const QUIET_MS = 240_000;

/** An automatic trigger may still be waiting for its evidence to stand. */
const quietMs = ({ trigger }: Settings) =>
  QUIET_MS + (trigger.automatic ? (trigger.coolDownSeconds + trigger.holdDownSeconds) * 1000 : 0);

/** Given up after this; a promotion's Job has an hour. */
const LONGEST_MS = 3 * 3_600_000;

/** Runs a schedule in a fresh world until nothing more is to come. */
export async function run(
  settings: Settings,
  schedule: Pick<Schedule, 'seed' | 'actions'>,
  { programs = PROGRAMS, kill }: RunOptions = {},
): Promise<Run> {
  const context = contextOf(settings, programs, schedule.seed);
  const world = worldOf(context, kill);
  const beacons = Object.fromEntries(
    Object.entries(world.clusters).map(([region, { beacon }]) => [region, beacon]),
  );
  const traffic = trafficOf(context, world.aws, world.apis, route53Of(context, beacons));
  for (const action of schedule.actions) {
    world.pending += 1;
    context.clock.after(action.at * 1000, () => act(world, action));
  }
  context.touch();
  await context.clock.run(LONGEST_MS, () => atRest(world));
  return {
    ...outcomeOf(world),
    writes: { acknowledged: traffic.acknowledged(), refused: traffic.refused() },
  };
}

function worldOf(context: Context, kill: Kill | undefined): World {
  const { settings } = context;
  const born: PrimaryRegionSpec = {
    region: settings.home,
    epoch: 0,
    mode: 'Planned',
    acceptDataLoss: false,
    trigger: settings.trigger,
  };
  const git = gitOf(context, born);
  const aws = awsOf(context);
  const clusters: Record<string, Cluster> = {};
  for (const [region, plan] of Object.entries(settings.plans)) {
    const api = apiServerOf(context, region, born);
    const jobs = jobsOf(context, aws, api, region === settings.peer ? kill : undefined);
    const other = () => clusters[plan.other]?.beacon ?? beacon;
    const beacon: Beacon = beaconOf(context, aws, api, plan, other);
    clusters[region] = { api, jobs, crossplane: crossplaneOf(context, api, jobs), beacon };
    argoOf(context, api, git);
    startWatch(context, aws, api, beacon, plan);
  }
  const apis = Object.fromEntries(Object.entries(clusters).map(([region, { api }]) => [region, api]));
  return { context, git, aws, clusters, apis, pending: 0 };
}

function atRest({ context, aws, clusters, pending }: World): boolean {
  const last = context.events.at(-1)?.at ?? 0;
  return (
    pending === 0 &&
    context.clock.now() - last > quietMs(context.settings) &&
    aws.stores.every((store) => !store.moving()) &&
    Object.values(clusters).every(({ jobs }) => !jobs.busy())
  );
}

function act(world: World, action: Action): void {
  const { context } = world;
  context.log({ what: 'action', action });
  if (!('for' in action)) {
    world.pending -= 1;
    once(world, action);
    context.touch();
    return;
  }
  const region = 'side' in action ? context.settings[action.side] : undefined;
  context.conditions.break(action.kind, region);
  if (action.kind === 'region' && region) goDark(world, region);
  context.touch();
  context.clock.after(action.for * 1000, () => {
    world.pending -= 1;
    context.conditions.mend(action.kind, region);
    context.log({ what: 'over', action });
    context.touch();
  });
}

function goDark({ clusters }: World, region: string): void {
  for (const pod of clusters[region]?.jobs.running() ?? []) pod.kill();
  clusters[region]?.beacon.restart();
}

type Instant = Exclude<Action, { readonly for: number }>;

function once(world: World, action: Instant): void {
  if (action.kind === 'flip') return flip(world, action);
  if (action.kind === 'dry-run') return dryRun(world, action);
  if (action.kind === 'catch-up') return catchUp(world);
  if (action.kind === 'again') return world.git.push(world.git.head(), 'the same again');
  if (action.kind === 'rewind') return world.git.rewind(action.commits);
  if (action.kind === 'by-hand') return byHand(world, action.to);
  const cluster = world.clusters[world.context.settings[action.side]];
  if (cluster) STRIKES[action.kind](cluster);
}

const STRIKES = {
  kill: ({ jobs }: Cluster) => jobs.running().forEach((pod) => pod.kill()),
  double: ({ jobs }: Cluster) => jobs.double(),
  freeze: ({ jobs }: Cluster) => jobs.running().forEach((pod) => pod.freeze(FREEZE_MS)),
  beacon: ({ beacon }: Cluster) => beacon.restart(),
  rebuild: ({ api, jobs, beacon }: Cluster) => {
    for (const name of api.jobs.keys()) jobs.remove(name);
    jobs.running().forEach((pod) => pod.kill());
    api.rebuild();
    beacon.restart();
  },
} as const;

function outcomeOf(world: World): Omit<Run, 'writes'> {
  const { context, aws, git, clusters } = world;
  const { settings, events, clock } = context;
  const regions = [settings.home, settings.peer];
  const each = <T>(of: (cluster: Cluster | undefined) => T) =>
    Object.fromEntries(regions.map((region) => [region, of(clusters[region])]));
  return {
    settings,
    events,
    stores: Object.fromEntries(
      aws.stores.map((store) => [
        `${store.store.namespace}/${store.store.name}`,
        {
          writer: store.writer(),
          fences: Object.fromEntries(regions.map((region) => [region, store.fence(region)])),
        },
      ]),
    ),
    claims: each((cluster) => cluster?.api.claim()?.spec),
    statuses: each((cluster) => cluster?.crossplane.status()),
    git: git.head(),
    rested: atRest(world),
    seconds: clock.now() / 1000,
    portCalls: regions.reduce((sum, region) => sum + (clusters[region]?.jobs.calls() ?? 0), 0),
  };
}
