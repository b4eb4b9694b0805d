/**
 * ministack, an AWS emulator from PyPI: installed once into `.cache`, run on a port of this machine.
 *
 * It has Aurora global databases over regions, tags, CloudWatch, STS and more, and changes state at once: it proves
 * order and control flow, never AWS's times. What it lacks is added by the doubles beside this file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../ports';
import { venv } from '../venv';

export { INSTALL_MS } from '../venv';

const REQUIREMENTS = join('lab', 'aws', 'requirements.txt');

/** Long enough for a machine that does other things too. */
const START_MS = 180_000;

/** A running emulator. */
export interface Ministack {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** How it is started. */
export interface MinistackProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
}

/** Installs what `lab/aws/requirements.txt` of the repository at `root` pins, once, and says how to run it on `port`. */
export function ministackOn(root: string, port: number): MinistackProgram {
  return {
    program: join(venv(root, 'ministack', REQUIREMENTS), 'bin', 'python'),
    args: ['-m', 'ministack'],
    // Its own default is every interface of the machine.
    env: { BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), IOT_MTLS_ENABLED: '0' },
    url: `http://127.0.0.1:${port}`,
  };
}

/** Starts it as a child of this process, on a free port, and waits until it answers. */
export async function startMinistack(root: string): Promise<Ministack> {
  const [port = 0] = await freePorts(1);
  const { program, args, env, url } = ministackOn(root, port);
  const home = join(program, '..', '..');
  const child = spawn(program, args, {
    cwd: home,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], HOME: home, ...env },
  });
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  const emulator = { url, stop: () => end(child) };
  try {
    await ministackAnswers(url, () => child.exitCode === null);
    return emulator;
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

/** Waits until it answers at `url`; throws when it has ended, or after three minutes. */
export async function ministackAnswers(url: string, alive: () => boolean): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (!alive()) throw new Error(`Cannot start ministack at "${url}": it has ended, expected it to run`);
    const up = await fetch(`${url}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await sleep(100);
  }
  throw new Error(
    `Cannot use ministack at "${url}": no answer within ${START_MS / 1000} s, expected it to be up`,
  );
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
