/** What the programs of one region do in the tests' world: the Job, the dry run and the beacon, told by the clock. */
import { effectiveOf } from '../../model/effective';
import type { Outcome, Progress } from '../../runtime/promote/ports';
import type { PrimaryRegionSpec } from '../../spec/claims';
import type { World } from './_world';

/** How the Job of a region behaves. */
type Script = Exclude<Outcome, 'Promoting' | 'Checked'> | 'hangs';

/** One region's cluster. */
export interface Region {
  up: boolean;
  /** What kubectl would say instead, when the question does not reach the region. */
  trouble?: string;
  argocd: boolean;
  job: Script;
  reasons: string[];
  spec: PrimaryRegionSpec;
  data: Record<string, string>;
  /** When the Job of each epoch started. */
  started: Map<number, number>;
  refreshed: number;
  followerReady: boolean;
}

const STEP_MS = 1_500;

/** What the programs of a region have done by now. */
export function work(world: World, name: string, region: Region): void {
  const { region: wanted, epoch, mode, conflict } = effectiveOf(region.spec);
  const running = !('finishedAt' in JSON.parse(region.data[`epoch-${epoch}.json`] ?? '{}'));
  if (wanted === name && epoch > 0 && !conflict && running) {
    const started = region.started.get(epoch) ?? world.now;
    region.started.set(epoch, started);
    const progress = progressAt(world, name, region, epoch, mode, started);
    region.data[`epoch-${epoch}.json`] = JSON.stringify(progress);
    if (progress.outcome === 'Promoted') world.writer = name;
  }
  checkDry(world, name, region);
  if (world.beacons) region.data['beacon.json'] = JSON.stringify(beaconAt(world, name, region));
}

function checkDry(world: World, name: string, region: Region): void {
  const { dryRun } = region.spec;
  if (dryRun?.region !== name || region.job === 'hangs') return;
  const outcome = region.job === 'Promoted' ? 'Checked' : 'Refused';
  region.data[`dry-run-${dryRun.run}.json`] = JSON.stringify({
    ...progressAt(world, name, region, 1, dryRun.mode, world.now),
    outcome,
    reasons: region.reasons,
  });
}

const STEPS = ['guard', 'preflight', 'fence', 'compute catalog', 'compute web', 'sales/orders'];

function progressAt(
  world: World,
  name: string,
  region: Region,
  epoch: number,
  mode: Progress['mode'],
  started: number,
): Progress {
  const hangs = region.job === 'hangs' || (mode === 'Planned' && !(world.home.up && world.peer.up));
  const all = region.job === 'Refused' ? 2 : STEPS.length;
  const count = hangs ? 3 : all;
  const passed = Math.min(count, Math.floor((world.now - started) / STEP_MS));
  const over = !hangs && passed === count;
  const steps = STEPS.slice(0, Math.min(passed + 1, count)).map((step, i) => ({
    name: step === 'fence' ? `fence ${epoch}` : step,
    state: i < passed ? ('done' as const) : ('running' as const),
    startedAt: i * STEP_MS,
    ...(i < passed && { finishedAt: (i + 1) * STEP_MS }),
  }));
  return {
    epoch,
    region: name,
    mode,
    outcome: over && region.job !== 'hangs' ? region.job : 'Promoting',
    reasons: over ? region.reasons : [],
    steps,
    startedAt: new Date(started).toISOString(),
    ...(over && { finishedAt: new Date(started + count * STEP_MS).toISOString() }),
    lagSeconds: 0.8,
  };
}

function beaconAt(world: World, name: string, region: Region) {
  const { region: wanted, epoch, conflict } = effectiveOf(region.spec);
  return {
    primary: world.writer === name,
    stores: [
      {
        name: 'sales/orders',
        writer: world.writer,
        lagSeconds: 0.8,
        followerReady: region.followerReady,
        at: world.now,
      },
    ],
    claimed: { region: wanted, epoch, conflict },
    peerReady: region.followerReady,
    reasons: world.writer === name ? [] : [`sales/orders is written in ${world.writer}`],
    at: world.now,
  };
}
