/** A review of a pull request: whole processes, in a repository of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from './figure';
import { generateEstate } from './generated';
import { flipside, medianSeconds } from './time';

const RUNS = 5;
/** A thousand services take a minute each time. */
const LONG_RUNS = 1;

/** Every figure of the review. */
export function benchReview(root: string): Figure[] {
  const dir = mkdtempSync(join(tmpdir(), 'flipside-bench-'));
  try {
    const one = oneClaim(root, join(dir, 'estates'));
    const [few, many] = [100, 1000].map((count) => allServices(root, join(dir, `services-${count}`), count));
    return [
      { what: 'review: one claim changed, all estates', value: one, unit: 's', limit: 3 },
      { what: 'review: 100 services changed in two regions', value: few ?? Number.NaN, unit: 's' },
      { what: 'review: 1,000 services changed in two regions', value: many ?? Number.NaN, unit: 's' },
      {
        what: 'review: 1,000 services against 100',
        value: (many ?? Number.NaN) / (few ?? 1),
        unit: 'x',
        limit: 11,
      },
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function oneClaim(root: string, dir: string): number {
  cpSync(join(root, 'estates'), join(dir, 'estates'), { recursive: true });
  committed(root, dir);
  replaceIn(
    join(dir, 'estates', 'storefront', 'claims', 'shop', 'orders.yaml'),
    'size: medium',
    'size: large',
  );
  return reviewed(root, dir, RUNS);
}

/** Every service gets another image: nothing of them is equal on both sides. */
function allServices(root: string, dir: string, count: number): number {
  generateEstate(root, dir, count);
  committed(root, dir);
  const services = join(dir, 'estates', 'storefront', 'services');
  for (const file of readdirSync(services)) replaceIn(join(services, file), '@sha256:d', '@sha256:0');
  return reviewed(root, dir, count < 1000 ? RUNS : LONG_RUNS);
}

function committed(root: string, dir: string): void {
  synth(root, dir);
  git(dir, 'init', '--quiet');
  git(dir, 'add', '.');
  git(dir, 'commit', '--quiet', '--message', 'before');
}

function reviewed(root: string, dir: string, runs: number): number {
  synth(root, dir);
  return medianSeconds(flipside(root, 'review', '--directory', dir, '--base', 'HEAD'), runs);
}

function synth(root: string, dir: string): void {
  const [program, ...args] = flipside(root, 'synth', '--directory', dir, '--output', join(dir, 'dist'));
  execFileSync(program, args, { stdio: 'ignore' });
}

const git = (dir: string, ...args: string[]) =>
  execFileSync('git', ['-C', dir, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args]);

function replaceIn(path: string, from: string, to: string): void {
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`Cannot change "${path}": it does not hold "${from}"`);
  writeFileSync(path, after);
}
