/** The composition function: real gRPC over TLS, from a client in this process to the bundled server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle, bundleClient, COMPOSE_FLAGS } from '../../runtime/build';
import type { Connection } from '../../runtime/compose/client';
import type { Figure } from './figure';
import { type Asked, largeRequest, smallRequest } from './compose-requests';
import { certify } from './certificates';
import { median } from './time';

const STARTS = 5;
/** Calls that are timed. The slowest hundredth of them is the 99th percentile. */
const CALLS = 1000;
/** Calls before, until V8 has compiled what is hot. */
const WARM_UP = 200;

/** Every figure of the function. */
export async function benchCompose(root: string): Promise<Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'flipside-compose-'));
  try {
    const [program, client] = await Promise.all([bundle('compose', root), bundleClient(root)]);
    await certify(dir);
    const starts = await inTurn(STARTS, () => startSeconds(program, dir));
    return [
      { what: 'function: process started → listening', value: median(starts), unit: 's', limit: 0.5 },
      ...(await withServer(program, dir, client, (connection, pid) => figures(root, connection, pid))),
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function figures(root: string, connection: Connection, pid: number): Promise<Figure[]> {
  const one = await callFigures(connection, smallRequest(root));
  const memory = residentMegabytes(pid);
  const many = await callFigures(connection, largeRequest(root));
  return [
    ...one,
    { what: `function: resident after ${WARM_UP + CALLS} calls`, value: memory, unit: 'MB', limit: 100 },
    ...many,
    { what: 'function: resident after as many large calls', value: residentMegabytes(pid), unit: 'MB' },
  ];
}

async function callFigures(connection: Connection, { what, request, limit }: Asked): Promise<Figure[]> {
  const call = () => timed(() => connection.run(request));
  await inTurn(WARM_UP, call);
  const sorted = (await inTurn(CALLS, call)).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return [
    { what: `function: ${what}, p50`, value: at(0.5), unit: 'ms' },
    { what: `function: ${what}, p99`, value: at(0.99), unit: 'ms', ...(limit && { limit }) },
  ];
}

/** One after the other, as one reconcile of Crossplane is. */
async function inTurn<T>(count: number, once: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < count) results.push(await once());
  return results;
}

/** Milliseconds that it took. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** From /proc; not a number on a system without it. */
function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

async function startSeconds(program: string, certificates: string): Promise<number> {
  const started = performance.now();
  const child = start(program, certificates);
  await listening(child);
  const seconds = (performance.now() - started) / 1000;
  await end(child);
  return seconds;
}

async function withServer<T>(
  program: string,
  dir: string,
  client: string,
  use: (connection: Connection, pid: number) => Promise<T>,
): Promise<T> {
  const child = start(program, dir);
  // The file is what bundleClient() made of that module.
  const { connect } = (await import(client)) as typeof import('../../runtime/compose/client');
  const connection = connect(`127.0.0.1:${await listening(child)}`, identity(dir));
  try {
    return await use(connection, child.pid ?? 0);
  } finally {
    connection.close();
    await end(child);
  }
}

const identity = (dir: string) => {
  const read = (name: string) => readFileSync(join(dir, name));
  return { authority: read('ca.crt'), certificate: read('client.crt'), key: read('client.key') };
};

const start = (program: string, certificates: string) =>
  spawn(
    process.execPath,
    [
      ...COMPOSE_FLAGS,
      program,
      '--address=127.0.0.1:0',
      '--metrics-address=127.0.0.1:0',
      `--tls-server-certs-dir=${certificates}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );

/** The port, once it listens. */
async function listening({ stdout }: ChildProcess): Promise<number> {
  if (!stdout) throw new Error('Cannot read the log of the function: it has no stdout');
  for await (const line of createInterface(stdout)) {
    if (line.includes('listening')) return JSON.parse(line).port;
  }
  throw new Error('Cannot measure the function: it ended before it listened');
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}
