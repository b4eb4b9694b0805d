/**
 * Two regions in memory and a real repository: what the flip's verbs are driven against. The clusters hold real claims,
 * judge patches by the real schema and its rules about changes, and tell the status that the composition tells.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { effectiveOf } from '../../model/effective';
import { modelOf } from '../../model/estate';
import { flipPlanOf } from '../../model/flip';
import { statusOf } from '../../platform/apis/primary-region/status';
import type { Outcome, Progress } from '../../runtime/promote/ports';
import { UserError } from '../../scripts/answer';
import { gitAt } from '../../scripts/flip/git';
import type { Ports } from '../../scripts/flip/ports';
import type { MakePorts } from '../../scripts/flip/real';
import { sightOf } from '../../scripts/flip/sight';
import { yamlStream } from '../../scripts/render/yaml';
import type { Render } from '../../scripts/flip/edit';
import { type PrimaryRegionSpec, primaryRegionSchema } from '../../spec/claims';
import { loadEstate } from '../../spec/load';
import { estateFiles } from '../helpers/estate';
import { home, peer } from '../helpers/placement';

export const HOME = 'us-east-1';
export const PEER = 'eu-west-1';
export const ESTATE = 'shop';
const CLAIM = `estates/${ESTATE}/primary-region.yaml`;

/** How the Job of a region behaves. */
type Script = Exclude<Outcome, 'Promoting' | 'Checked'> | 'hangs';

interface Region {
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

/** Everything a test may set or look at. */
export interface World {
  readonly root: string;
  readonly regions: Readonly<Record<string, Region>>;
  readonly lines: string[];
  readonly data: unknown[];
  readonly asked: string[];
  readonly ports: MakePorts;
  now: number;
  writer: string;
  /** Beacons answer. */
  beacons: boolean;
  typed: string | undefined;
  /** When Ctrl-C is pressed. */
  interruptAt: number;
  /** Happens whenever somebody waits. */
  meanwhile: () => void;
  readonly git: (...args: string[]) => string;
  /** The text of the regional claim's file on the Git host. */
  readonly hosted: () => PrimaryRegionSpec;
  readonly write: (path: string, text: string) => void;
}

const START = Date.parse('2026-11-21T03:00:00Z');
const STEP_MS = 1_500;

/** A program that only writes what the flip changes: fast, and enough for Argo CD. */
export const lightRender: Render = (estates) =>
  new Map(
    estates.flatMap((input) =>
      [HOME, PEER].map((region): [string, string] => [
        rendered(region).slice('dist/'.length),
        yamlStream([input.primaryRegion]),
      ]),
    ),
  );

const rendered = (region: string) =>
  `dist/${ESTATE}/kubernetes/prod-${region}/primary-region/primary-region.yaml`;

function inputOf(files = estateFiles()) {
  const loaded = loadEstate(ESTATE, files);
  if ('problems' in loaded) throw new Error('the estate of the tests is broken');
  return loaded.input;
}

function run(cwd: string, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd();
}

/** A clone and its bare remote, made once and copied for each test. */
export function repositories(): { readonly copy: () => string; readonly remove: () => void } {
  const base = mkdtempSync(join(tmpdir(), 'flip-'));
  const work = join(base, 'template', 'work');
  mkdirSync(work, { recursive: true });
  run(base, 'init', '--quiet', '--bare', '--initial-branch', 'main', 'template/remote.git');
  run(work, 'init', '--quiet', '--initial-branch', 'main');
  run(work, 'config', 'user.name', 'On Call');
  run(work, 'config', 'user.email', 'oncall@example.com');
  run(work, 'remote', 'add', 'origin', '../remote.git');
  estateFiles((files) => {
    const text = files.get(CLAIM) ?? '';
    files.set(CLAIM, text.replace('spec:', '# who writes\nspec:'));
  }).forEach((bytes, path) => writeInto(work, path, bytes));
  lightRender([inputOf()]).forEach((text, path) => writeInto(work, `dist/${path}`, text));
  run(work, 'add', '.');
  run(work, 'commit', '--quiet', '--message', 'Start');
  run(work, 'push', '--quiet', 'origin', 'main');
  let count = 0;
  return {
    copy: () => {
      count += 1;
      cpSync(join(base, 'template'), join(base, String(count)), { recursive: true });
      return join(base, String(count), 'work');
    },
    remove: () => rmSync(base, { recursive: true }),
  };
}

function writeInto(root: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Both regions well, the writers at home. */
export function worldAt(root: string): World {
  const world: World = {
    root,
    regions: { [HOME]: regionOf(root, 0), [PEER]: regionOf(root, 1) },
    lines: [],
    data: [],
    asked: [],
    now: START,
    writer: HOME,
    beacons: true,
    typed: PEER,
    interruptAt: Number.POSITIVE_INFINITY,
    meanwhile: () => {},
    git: (...args) => run(root, ...args),
    hosted: () => specOf(run(join(root, '..', 'remote.git'), 'show', `main:${CLAIM}`)),
    write: (path, text) => writeInto(root, path, text),
    ports: () => portsOf(world),
  };
  return world;
}

const specOf = (text: string): PrimaryRegionSpec => primaryRegionSchema.parse(parse(text)).spec;

function regionOf(root: string, index: number): Region {
  const model = modelOf(inputOf());
  const cluster = model.clusters[index];
  const plan = cluster && flipPlanOf(model, cluster);
  return {
    up: true,
    argocd: true,
    job: 'Promoted',
    reasons: [],
    spec: specOf(readFileSync(join(root, CLAIM), 'utf8')),
    data: { 'plan.json': JSON.stringify(plan) },
    started: new Map(),
    refreshed: 0,
    followerReady: true,
  };
}

function portsOf(world: World): Ports {
  return {
    clusters: {
      look: async (region) => look(world, region),
      patch: async (region, patch) => patched(world, region, patch),
      refresh: async (region) => synced(world, region),
    },
    git: gitAt(world.root),
    clock: {
      now: () => world.now,
      sleep: async (milliseconds) => {
        world.now += milliseconds;
        world.meanwhile();
      },
      interrupted: () => world.now >= world.interruptAt,
    },
    prompt: async (question) => {
      world.asked.push(question);
      return world.typed;
    },
    screen: {
      line: (text) => world.lines.push(text),
      live: () => {},
      data: (value) => world.data.push(value),
    },
    renderer: async () => lightRender,
    user: 'oncall',
  };
}

const known = (world: World, name: string): Region => {
  const region = world.regions[name];
  if (!region) throw new Error(`no region ${name}`);
  return region;
};

function look(world: World, name: string) {
  const region = known(world, name);
  if (region.trouble) return { answers: false, region: name, silent: false, why: region.trouble } as const;
  if (!region.up)
    return {
      answers: false,
      region: name,
      silent: true,
      why: 'does not answer (API server: timeout)',
    } as const;
  work(world, name, region);
  return sightOf(name, objectsOf(name, region));
}

function objectsOf(name: string, region: Region) {
  const effective = effectiveOf(region.spec);
  const placement = name === HOME ? home : peer;
  const observed = { flip: { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: region.data } };
  return {
    claim: { spec: { ...region.spec, crossplane: {} }, status: statusOf(effective, observed, placement) },
    data: region.data,
    jobs: [...region.started.keys()].map((epoch) => ({
      metadata: { name: `promote-${epoch}` },
      status: region.data[`epoch-${epoch}.json`]?.includes('"Failed"')
        ? { conditions: [{ type: 'Failed', status: 'True' }] }
        : {},
    })),
  };
}

/** What the API server does with a change: the schema, then the rules about changes. */
function accepted(before: PrimaryRegionSpec, wanted: object): PrimaryRegionSpec {
  const read = primaryRegionSchema.shape.spec.safeParse(wanted);
  if (!read.success) throw new UserError(read.error.issues.map(({ message }) => message).join('; '));
  const pairs = [
    [before, read.data],
    [before.override, read.data.override],
  ] as const;
  for (const [old, next] of pairs) {
    if (!old || !next) continue;
    if (next.epoch < old.epoch) throw new UserError('epoch cannot go down');
    if (next.region !== old.region && next.epoch === old.epoch)
      throw new UserError('a change of region needs a higher epoch');
  }
  return read.data;
}

function patched(world: World, name: string, patch: object): void {
  const region = known(world, name);
  if (!region.up) throw new UserError(`Cannot patch the claim in "${name}": no answer`);
  region.spec = accepted(region.spec, { ...region.spec, ...patch });
}

/** Argo CD applies what the Git host has, and leaves the fields of others alone. */
function synced(world: World, name: string): void {
  const region = known(world, name);
  if (!region.up || !region.argocd) return;
  region.refreshed += 1;
  const text = run(join(world.root, '..', 'remote.git'), 'show', `main:${rendered(name)}`);
  const { override, dryRun } = region.spec;
  region.spec = accepted(region.spec, {
    ...specOf(text),
    ...(override && { override }),
    ...(dryRun && { dryRun }),
  });
}

/** What the programs of a region have done by now. */
function work(world: World, name: string, region: Region): void {
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
  const planned = region.job === 'Refused' ? 2 : STEPS.length;
  const count = region.job === 'hangs' ? 3 : planned;
  const passed = Math.min(count, Math.floor((world.now - started) / STEP_MS));
  const over = region.job !== 'hangs' && passed === count;
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
