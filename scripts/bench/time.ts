/** Times whole processes. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program to time: its path and arguments. */
export type CommandLine = readonly [string, ...string[]];

/** The command line of the checkout `root`. */
export const flipside = (root: string, ...args: readonly string[]): CommandLine => [
  process.execPath,
  join(root, 'bin', 'flipside.js'),
  ...args,
];

/** The median of `runs` runs, in seconds, after one that is not counted. What a failed one has printed is thrown. */
export function medianSeconds([program, ...args]: CommandLine, runs: number, cwd?: string): number {
  const once = () => {
    const started = performance.now();
    execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 30 });
    return (performance.now() - started) / 1000;
  };
  once();
  return median(Array.from({ length: runs }, once));
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Full path of an installed program, from `PATH` or from the cache of tools that this repository built. */
export function installed(root: string, name: string): string | undefined {
  const folders = [join(root, '.cache', 'tools'), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find(existsSync);
}
