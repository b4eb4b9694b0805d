/**
 * The lab's processes. Each carries the lab's state folder in its environment, and so do all its children: what is
 * running is read from `/proc`, so that nothing can be forgotten, whatever ended before it could write something down.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../scripts/answer';

/** Names the state folder of the lab a process belongs to. */
const LAB = 'FLIPSIDE_LAB';
/** Names the region; absent for what stands outside both. */
const REGION = 'FLIPSIDE_LAB_REGION';

/** How a process is started. */
export interface ProcessOptions {
  /** Name of its log file under the state folder. */
  readonly name: string;
  readonly state: string;
  readonly region?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A running process of the lab. */
export interface LabProcess {
  readonly pid: number;
  readonly name: string;
  readonly region: string | undefined;
}

const NAME = 'FLIPSIDE_LAB_NAME';

/** Starts a process that outlives this one; its output goes to `logs/<name>.log`. */
export function start(program: string, args: readonly string[], options: ProcessOptions): LabProcess {
  const child = launch(program, args, options);
  child.once('error', () => undefined);
  child.unref();
  if (child.pid === undefined) {
    throw new UserError(`Cannot start "${program}": no such program, expected it to be installed`);
  }
  return { pid: child.pid, name: options.name, region: options.region };
}

/** Starts a process whose end the caller waits for. */
export function launch(program: string, args: readonly string[], options: ProcessOptions): ChildProcess {
  const { name, state, region, cwd = state } = options;
  mkdirSync(join(state, 'logs'), { recursive: true });
  const log = openSync(logPath(state, name), 'a');
  try {
    return spawn(program, args, {
      cwd,
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        HOME: state,
        ...options.env,
        [LAB]: state,
        [NAME]: name,
        ...(region && { [REGION]: region }),
      },
    });
  } finally {
    closeSync(log);
  }
}

/** Where a process writes what it has to say. */
export const logPath = (state: string, name: string) => join(state, 'logs', `${name}.log`);

/** Every process of the lab, children too; only of one region when it is given. */
export function running(state: string, region?: string): LabProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => processOf(Number(entry), state))
    .filter((one) => region === undefined || one.region === region);
}

function processOf(pid: number, state: string): LabProcess[] {
  const variables = environmentOf(pid);
  if (variables.get(LAB) !== state || pid === process.pid) return [];
  return [{ pid, name: variables.get(NAME) ?? '', region: variables.get(REGION) }];
}

/** Empty for a process that is gone, that is a zombie, or of somebody else. */
function environmentOf(pid: number): Map<string, string> {
  try {
    const text = readFileSync(`/proc/${pid}/environ`, 'utf8');
    return new Map(text.split('\0').map((line) => splitAt(line, line.indexOf('='))));
  } catch {
    return new Map();
  }
}

const splitAt = (line: string, index: number): [string, string] => [
  line.slice(0, index),
  line.slice(index + 1),
];

/** What the kernel says of a process. */
interface Stat {
  readonly state: string;
  readonly parent: number;
}

/** Undefined for a process that is gone. The name in brackets may hold anything, so fields count from its end. */
export function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** False for a zombie: it has ended. */
export function isAlive(pid: number): boolean {
  const { state = 'Z' } = statOf(pid) ?? {};
  return state !== 'Z' && state !== 'X';
}

/** Throws a UserError with what the process said last when it has ended: whatever waits for it would wait in vain. */
export function assertRuns(state: string, { pid, name }: Pick<LabProcess, 'pid' | 'name'>): void {
  if (isAlive(pid)) return;
  throw new UserError(`"${name}" has ended, expected it to run; it said last:\n${tail(state, name)}`);
}

const PATIENCE_MS = 10_000;

/** Ends processes: at once when `signal` is SIGKILL, else kindly and then at once. Looks again for those started meanwhile. */
export async function stop(
  state: string,
  { region, signal = 'SIGTERM' }: { readonly region?: string; readonly signal?: NodeJS.Signals } = {},
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let next: NodeJS.Signals = signal; ;) {
    const left = running(state, region);
    if (left.length === 0) return;
    for (const { pid } of left) kill(pid, next);
    await sleep(100);
    if (Date.now() > deadline) next = 'SIGKILL';
    if (Date.now() > deadline + PATIENCE_MS) {
      const names = left.map(({ pid, name }) => `${name} (${pid})`).join(', ');
      throw new UserError(`Cannot stop ${names}: still running, expected the processes to end`);
    }
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Where a process writes, and what it said last, for whoever has to find out why. */
export const lastWords = (state: string, name: string): string =>
  `\n--- ${logPath(state, name)}\n${tail(state, name, LAST_LINES)}`;

const LAST_LINES = 3;

/** The last lines a process wrote. */
export function tail(state: string, name: string, lines = 8): string {
  try {
    return readFileSync(logPath(state, name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
