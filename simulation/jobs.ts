/** A cluster's Job controller: starts the real promotion in pods, again after failures, until a pod ends well. */
import type { Manifest } from '../platform/kind';
import type { Progress } from '../runtime/promote/ports';
import type { Flip } from '../runtime/promote/flip';
import { mayEnd } from '../runtime/promote/promote';
import type { FlipPlan } from '../spec/flip';
import type { ApiServer } from './api-server';
import type { Aws } from './aws';
import { JOB_BACKOFF } from './constants';
import type { Context } from './context';
import { type Kill, type Pod, podOf } from './pod';
import { between } from './random';

/** The Jobs of one cluster. */
export interface Jobs {
  readonly create: (manifest: Manifest) => void;
  readonly remove: (name: string) => void;
  readonly running: () => readonly Pod[];
  /** Jobs that still have something to do. */
  readonly busy: () => boolean;
  /** A second pod of each Job that has one running. */
  readonly double: () => void;
  /** Port calls of all pods so far. */
  readonly calls: () => number;
}

interface Job {
  readonly name: string;
  readonly flip: Flip;
  readonly backoffLimit: number;
  readonly deadline: number;
  failures: number;
  state: 'active' | 'complete' | 'failed';
  pods: Pod[];
}

/** A container that was told to stop has this long. */
const GRACE_MS = 30_000;
const LATE_START_MS = 120_000;
const AGAIN_MS = 2_000;

/** Everything a cluster's Job controller works with. */
interface Controller {
  readonly context: Context;
  readonly aws: Aws;
  readonly api: ApiServer;
  readonly random: () => number;
  readonly jobs: Map<string, Job>;
  readonly every: Set<Pod>;
  readonly kill: Kill | undefined;
  /** Pods started and port calls made by those that ended. */
  readonly past: { pods: number; calls: number };
}

/** The Job controller of `api`'s cluster. `kill` stops the first pod at one of its calls. */
export function jobsOf(context: Context, aws: Aws, api: ApiServer, kill?: Kill): Jobs {
  const jobs = new Map<string, Job>();
  const random = context.random(`jobs ${api.region}`);
  const all: Controller = {
    context,
    aws,
    api,
    random,
    jobs,
    every: new Set(),
    kill,
    past: { pods: 0, calls: 0 },
  };
  return {
    create: (manifest) => create(all, manifest),
    remove: (name) => remove(all, name),
    running: () => [...all.every].filter((pod) => pod.alive()),
    busy: () =>
      [...jobs.values()].some(({ state }) => state === 'active') || [...all.every].some((pod) => pod.alive()),
    double: () => {
      for (const job of jobs.values()) if (job.pods.some((pod) => pod.alive())) run(all, job);
    },
    calls: () => [...all.every].reduce((sum, pod) => sum + pod.calls(), all.past.calls),
  };
}

function create(all: Controller, manifest: Manifest): void {
  const job = jobOf(manifest, all.context.clock.now());
  all.jobs.set(job.name, job);
  all.context.log({ what: 'job', cluster: all.api.region, job: job.name, state: 'created' });
  start(all, job, 0);
}

interface JobSpec {
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds: number;
  readonly template: { spec: { containers: [{ env: { name: string; value?: string }[] }] } };
}

/** Reads what the composed Job tells its pods. */
function jobOf({ metadata, spec }: Manifest, now: number): Job {
  // Composed by our own code a moment ago.
  const { backoffLimit, activeDeadlineSeconds, template } = spec as JobSpec;
  const env = new Map(template.spec.containers[0].env.map(({ name, value }) => [name, value]));
  return {
    name: metadata.name ?? '',
    flip: {
      epoch: Number(env.get('FLIPSIDE_EPOCH')),
      mode: env.get('FLIPSIDE_MODE') === 'Unplanned' ? 'Unplanned' : 'Planned',
      dryRun: env.get('FLIPSIDE_DRY_RUN') === 'true',
    },
    backoffLimit,
    deadline: now + activeDeadlineSeconds * 1000,
    failures: 0,
    state: 'active',
    pods: [],
  };
}

function start(all: Controller, job: Job, waitSeconds: number): void {
  const { clock, conditions, settings } = all.context;
  const late = conditions.broken('start', all.api.region) ? LATE_START_MS * all.random() : 0;
  const wait = waitSeconds * 1000 + between(all.random, settings.timings.podStart) * 1000 + late;
  const tryNow = () => {
    if (all.jobs.get(job.name) !== job || job.state !== 'active') return;
    if (clock.now() >= job.deadline) return fail(all, job);
    if (!all.api.answers()) return clock.after(AGAIN_MS, tryNow);
    run(all, job);
  };
  clock.after(wait, tryNow);
}

function fail({ context, api }: Controller, job: Job): void {
  job.state = 'failed';
  condition(api, job.name, 'Failed');
  context.log({ what: 'job', cluster: api.region, job: job.name, state: 'failed' });
}

function condition(api: ApiServer, name: string, type: string): void {
  const manifest = api.jobs.get(name);
  if (manifest) api.jobs.set(name, { ...manifest, status: { conditions: [{ type, status: 'True' }] } });
}

function run(all: Controller, job: Job): void {
  const { context, aws, api } = all;
  const plan = api.data.get('plan.json');
  if (!plan) return start(all, job, 1);
  const kill = all.past.pods === 0 ? all.kill : undefined;
  all.past.pods += 1;
  const pod = podOf(context, aws, api, {
    region: api.region,
    by: { job: job.name, epoch: job.flip.epoch },
    record: (progress) => record(all, job, progress),
    ...(kill && { kill }),
  });
  job.pods.push(pod);
  all.every.add(pod);
  context.log({ what: 'job', cluster: api.region, job: job.name, state: 'started' });
  pod.onKilled(() => {
    retire(all, pod);
    context.log({ what: 'job', cluster: api.region, job: job.name, state: 'killed' });
    again(all, job);
  });
  void work(all, job, pod, JSON.parse(plan) as FlipPlan);
}

async function work(all: Controller, job: Job, pod: Pod, plan: FlipPlan): Promise<void> {
  const { context, api } = all;
  try {
    const ending = await context.programs.promote(plan, job.flip, pod.ports);
    ended(all, job, pod, mayEnd(ending));
  } catch (error) {
    context.log({ what: 'bug', region: api.region, message: String(error) });
    ended(all, job, pod, false);
  }
}

function record({ context, api }: Controller, job: Job, progress: Progress): void {
  const key = job.flip.dryRun ? `${job.name}.json` : `epoch-${job.flip.epoch}.json`;
  api.data.set(key, JSON.stringify(progress));
  if (progress.outcome === 'Promoting') return;
  const { epoch, mode, outcome, reasons, lagSeconds } = progress;
  context.log({
    what: 'ended',
    region: api.region,
    job: job.name,
    epoch,
    mode,
    dryRun: job.flip.dryRun,
    outcome,
    reasons,
    ...(lagSeconds !== undefined && { lagSeconds }),
  });
}

/** The controller learns of a pod's end when it reaches the API server. */
function ended(all: Controller, job: Job, pod: Pod, well: boolean): void {
  const { context, api } = all;
  if (!api.answers()) {
    context.clock.after(AGAIN_MS, () => ended(all, job, pod, well));
    return;
  }
  const late = !pod.alive() || job.state !== 'active';
  job.pods = job.pods.filter((one) => one !== pod);
  retire(all, pod);
  if (late) return;
  if (!well) return again(all, job);
  job.state = 'complete';
  condition(api, job.name, 'Complete');
  for (const one of job.pods) context.clock.after(GRACE_MS * all.random(), one.kill);
  context.log({ what: 'job', cluster: api.region, job: job.name, state: 'complete' });
  context.touch();
}

/** Takes a pod off the books without counting it as killed. */
function retire({ every, past }: Controller, pod: Pod): void {
  if (every.delete(pod)) past.calls += pod.calls();
}

function again(all: Controller, job: Job): void {
  if (job.state !== 'active' || all.jobs.get(job.name) !== job) return;
  job.failures += 1;
  if (job.failures > job.backoffLimit) return fail(all, job);
  start(all, job, Math.min(JOB_BACKOFF.longest, JOB_BACKOFF.first * 2 ** (job.failures - 1)));
}

/** The Job is gone at once, its pods when they have stopped. */
function remove(all: Controller, name: string): void {
  const job = all.jobs.get(name);
  if (!job) return;
  all.jobs.delete(name);
  all.context.log({ what: 'job', cluster: all.api.region, job: name, state: 'deleted' });
  for (const pod of job.pods) all.context.clock.after(GRACE_MS * all.random(), pod.kill);
}
