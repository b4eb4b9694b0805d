/** `flipside drill --simulate`: thousands of random fault schedules over the real code, and how long recoveries take. */
import { buildSync } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { modelOf } from '../model/estate';
import { rtoOf, type Rto } from '../simulation/rto';
import { adviceOf, span } from '../simulation/story-lines';
import type { Findings } from '../simulation/search';
import { clockFace, timelineOf } from '../simulation/timeline';
import type { Share, Word } from '../simulation/worker';
import { EXIT, UserError } from './answer';
import { readEstates } from './estates';
import { colour, columns, plural } from './ui/text';

/** What `drill` is called with. */
export interface DrillOptions {
  readonly simulate?: boolean;
  readonly seed?: number | string;
  readonly schedules?: number | string;
  readonly estate?: string;
}

/** The machine that the budget is stated for has two. */
const THREADS = 2;
const SCHEDULES = 1_000;
/** Progress is shown when a drill takes longer than this. */
const PATIENCE_MS = 2_000;
const TIMELINE_LINES = 60;

/** The verb. */
export async function drill(root: string, options: DrillOptions): Promise<number> {
  if (!options.simulate)
    throw new UserError(
      'Cannot drill: neither --simulate nor --lab is given, expected one of them',
      EXIT.usage,
    );
  const seed = numberOf('seed', options.seed ?? Date.now() % 1_000_000, 0);
  const schedules = numberOf('schedules', options.schedules ?? SCHEDULES, 1);
  const started = performance.now();
  const findings = await searched(root, seed, schedules);
  const seconds = (performance.now() - started) / 1000;
  report(findings, seed, schedules, seconds);
  printRto(root, seed, options.estate);
  return findings.every(({ failure }) => !failure) ? EXIT.ok : EXIT.no;
}

function numberOf(name: string, value: number | string, least: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  throw new UserError(`Cannot use --${name} "${value}": not a whole number of at least ${least}`, EXIT.usage);
}

/** Shares the schedules among threads; the same seed and count give the same schedules. */
async function searched(root: string, seed: number, schedules: number): Promise<Findings[]> {
  const outfile = join(root, '.cache', 'simulation', `worker-${process.pid}.cjs`);
  mkdirSync(join(outfile, '..'), { recursive: true });
  buildSync({
    entryPoints: [join(root, 'simulation', 'worker.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  const progress = progressOf(schedules, seed);
  const shares = Array.from({ length: Math.min(THREADS, schedules) }, (_, i) => ({
    seed: seed + i,
    runs: Math.floor((schedules + i) / Math.min(THREADS, schedules)),
  }));
  try {
    return await Promise.all(shares.map((share) => work(outfile, share, progress)));
  } finally {
    rmSync(outfile, { force: true });
  }
}

function work(outfile: string, share: Share, progress: (passed: number) => void): Promise<Findings> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(outfile, { workerData: share });
    worker.on('error', reject);
    worker.on('message', (word: Word) => {
      if ('passed' in word) return progress(word.passed);
      resolve(word.findings);
    });
  });
}

function progressOf(schedules: number, seed: number): (passed: number) => void {
  const started = performance.now();
  let done = 0;
  let said = started;
  return (passed) => {
    done += passed;
    const now = performance.now();
    if (now - said < PATIENCE_MS) return;
    said = now;
    console.error(`  ${done.toLocaleString('en-US')} of ${plural(schedules, 'schedule')} (seed ${seed})`);
  };
}

function report(findings: readonly Findings[], seed: number, schedules: number, seconds: number): void {
  const runs = findings.reduce((sum, one) => sum + one.runs, 0);
  const named = findings.reduce((sum, one) => sum + one.named, 0);
  const failure = findings.find((one) => one.failure)?.failure;
  const broken = new Set<string>(failure?.violations.map(({ property }) => property));
  const [first] = findings;
  const names = Object.keys(first?.met ?? {}) as (keyof Findings['met'])[];
  const rows = names.map((name) => [
    broken.has(name) ? colour.red('broken') : 'held',
    name,
    findings.reduce((sum, one) => sum + one.met[name], 0),
  ]);
  const rate = Math.round(runs / seconds).toLocaleString('en-US');
  console.log(
    `${colour.bold(plural(runs, 'schedule'))} in ${seconds.toFixed(1)} s, ${rate} a second, seed ${seed}\n`,
  );
  print(columns([['', 'property', 'put to the test in'], ...rows]));
  console.log(`\n  ${plural(named, 'schedule')} met what no fence can exclude (docs/failover.md)`);
  if (failure) printFailure(failure, `--seed ${seed} --schedules ${schedules}`);
}

function printFailure(failure: NonNullable<Findings['failure']>, options: string): void {
  const lines = timelineOf(failure.run.events);
  console.log(`\n${colour.red(`A schedule breaks a property; made as small as possible it is:`)}\n`);
  print(lines.slice(0, TIMELINE_LINES));
  if (lines.length > TIMELINE_LINES) print([`… ${plural(lines.length - TIMELINE_LINES, 'more line')}`]);
  console.log();
  print(failure.violations.map(({ property, at, message }) => `${clockFace(at)}  ${property}: ${message}`));
  console.log('\n  as data, for a test:');
  print([JSON.stringify(failure.schedule)]);
  console.log(`\n  the same again: flipside drill --simulate ${options}`);
}

function printRto(root: string, seed: number, estate?: string): void {
  const rows = readEstates(root, estate)
    .map((input) => modelOf(input))
    .map((model) => ({ name: model.estate.name, rto: rtoOf(model, seed) }));
  console.log(
    '\nLoss of the home region, 10,000 modelled runs each; AWS times from published figures, not measured\n',
  );
  print(columns([HEADING, ...rows.map(({ name, rto }) => rowOf(name, rto))]));
  console.log();
  print(rows.filter(({ rto }) => !rto.met.rto).map(({ name, rto }) => `${name}: ${adviceOf(rto)}`));
}

const HEADING = ['estate', 'RTO', 'p50', 'p95', 'p99', 'promotion p95', 'compute p95', 'within', ''];

function rowOf(name: string, { parts, objective, within, met }: Rto): string[] {
  const { total, promotion, compute } = parts;
  const times = [objective.rto, total.p50, total.p95, total.p99, promotion.p95, compute.p95].map(span);
  return [name, ...times, `${Math.floor(within * 100)} %`, met.rto ? 'ok' : 'above'];
}

const print = (lines: readonly string[]) => lines.forEach((line) => console.log(`  ${line}`));
