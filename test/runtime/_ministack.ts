/**
 * ministack, an AWS emulator from PyPI, on a free port of this machine.
 *
 * It is installed once into `.cache/ministack`. It has Aurora global databases over regions, tags, CloudWatch and STS,
 * and changes state at once: it proves order and control flow, never AWS's times. It has no Global Datastore.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const requirements = join(__dirname, 'requirements.txt');
const venv = join(root, '.cache', 'ministack');

/** Long enough for a machine that does other things too. */
const START_MS = 180_000;
/** A first run downloads it. */
export const INSTALL_MS = 180_000;

/** A running emulator. */
export interface Ministack {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Only a developer's machine without Python may go without these tests; CI never does. */
export function hasPython(): boolean {
  if (spawnSync('python3', ['--version']).status === 0) return true;
  if (process.env['CI'] === 'true')
    throw new Error('Cannot run the integration tests: no python3, expected it in CI');
  process.stderr.write(
    '\nSKIPPED: the promotion and the beacon against an AWS emulator. python3 is not installed.\n\n',
  );
  return false;
}

/** Installs it when needed, starts it and waits until it answers. */
export async function startMinistack(): Promise<Ministack> {
  install();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(join(venv, 'bin', 'ministack'), [], {
    cwd: venv,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: venv,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
    },
  });
  const emulator = { url, stop: () => stop(child) };
  const abandon = () => child.kill('SIGKILL');
  process.once('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  try {
    await answering(url, child);
    return emulator;
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

/** The finished venv is marked, so that an interrupted install is done again. */
function install(): void {
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const mark = join(venv, 'installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  rmSync(venv, { recursive: true, force: true });
  mkdirSync(venv, { recursive: true });
  execFileSync('python3', ['-m', 'venv', venv], { stdio: 'pipe', timeout: INSTALL_MS });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  execFileSync(join(venv, 'bin', 'python'), pip, { stdio: 'pipe', timeout: INSTALL_MS });
  writeFileSync(mark, wanted);
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`Cannot start ministack: it ended with ${child.exitCode}`);
    const up = await fetch(`${url}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Cannot use ministack: no answer within ${START_MS / 1000} s`);
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
