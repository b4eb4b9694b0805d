import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '../../lab/argocd';
import { freePorts, takenPorts } from '../../lab/ports';
import { assertRuns, running, start, stop, tail } from '../../lab/process';
import { until } from '../../lab/until';

let state = '';
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'flipside-lab-'));
});
afterEach(async () => {
  await stop(state, { signal: 'SIGKILL' });
  rmSync(state, { recursive: true, force: true });
});

/** Its environment is that of the shell before it has become the program. */
const seen = (count: number) => until('processes', () => running(state).length === count, 60_000);

test('a child of a process is found and ended, although nobody wrote it down', async () => {
  start('bash', ['-c', 'sleep 1000 & wait'], { name: 'parent', state });
  await seen(2);
  await stop(state);
  expect(running(state)).toEqual([]);
});

test('free ports are no ports of outgoing connections, which could take one before it is used', async () => {
  const [outgoing = 0] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
    .split(/\s/)
    .map(Number);
  const ports = await freePorts(50);
  expect(new Set(ports).size).toBe(50);
  expect(Math.max(...ports)).toBeLessThan(outgoing);
});

test('redis keeps its environment, and is found by it', async () => {
  const [redis = 0] = await freePorts(1);
  startRedis({ name: 'us-east-1', state, dir: state }, redis);
  await until('redis', async () => (await takenPorts([redis])).length > 0, 60_000);
  expect(running(state).map(({ name, region }) => [name, region])).toEqual([
    ['us-east-1-redis', 'us-east-1'],
  ]);
  await stop(state, { signal: 'SIGKILL' });
  expect(await takenPorts([redis])).toEqual([]);
});

test('ending a region leaves the other one and what stands outside both', async () => {
  start('sleep', ['1000'], { name: 'a', state, region: 'us-east-1' });
  start('sleep', ['1000'], { name: 'b', state, region: 'eu-west-1' });
  start('sleep', ['1000'], { name: 'world', state });
  await seen(3);
  await stop(state, { region: 'us-east-1', signal: 'SIGKILL' });
  expect(
    running(state)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['b', 'world']);
});

test('a process that ignores SIGTERM is ended all the same', async () => {
  start('bash', ['-c', 'trap "" TERM; while true; do sleep 1; done'], { name: 'deaf', state });
  await until('the trap', () => running(state).length > 0, 60_000);
  await stop(state);
  expect(running(state)).toEqual([]);
});

test('processes of another lab are not seen', async () => {
  start('sleep', ['1000'], { name: 'a', state });
  await seen(1);
  expect(running(`${state}-other`)).toEqual([]);
});

test('the last lines of a log are what a process said last', async () => {
  start('bash', ['-c', 'echo one; echo two >&2'], { name: 'talk', state });
  await until('the log', () => tail(state, 'talk').includes('two'), 60_000);
  expect(tail(state, 'talk', 1)).toBe('two');
});

test('whoever waits for a process that has ended is told at once, with its last words', async () => {
  const script = 'echo bind: address already in use >&2; exit 1';
  const etcd = start('bash', ['-c', script], { name: 'us-east-1-etcd', state });
  const waiting = until('etcd', () => (assertRuns(state, etcd), false), 60_000);
  await expect(waiting).rejects.toThrow(
    /^"us-east-1-etcd" has ended, expected it to run; it said last:\nbind: address already in use$/,
  );
});

test("a process that runs is nobody's trouble", () => {
  const sleeping = start('sleep', ['1000'], { name: 'a', state });
  expect(() => assertRuns(state, sleeping)).not.toThrow();
});

test('a program that is not there is named', () => {
  expect(() => start('no-such-program', [], { name: 'x', state })).toThrow(
    'Cannot start "no-such-program": no such program',
  );
});
