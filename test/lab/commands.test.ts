/** What `flipside lab` says to mistakes. None of them starts anything. */
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { down, regionNamed, theLab, up } from '../../lab/lab';
import { keepLayout, planLayout, REGION_PROGRAMS, statePath } from '../../lab/layout';
import { assertNeeds } from '../../lab/needs';
import { buildParts, partPath } from '../../lab/parts';
import { running, start, stop } from '../../lab/process';
import { ready } from '../../lab/ready';
import { until } from '../../lab/until';
import { UserError } from '../../scripts/answer';
import { upVerb } from '../../scripts/lab/verbs';

const repository = process.cwd();
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flipside-lab-'));
});
afterEach(async () => {
  await stop(statePath(root), { signal: 'SIGKILL' });
  rmSync(root, { recursive: true, force: true });
});

const place = (name: string, position: 'home' | 'peer') => ({
  name,
  cluster: `prod-${name}`,
  position,
  zones: [`${name}a`],
});
const layout = () =>
  planLayout({
    root,
    estate: 'storefront',
    account: '111111111111',
    provider: 'stub',
    speed: 1,
    regions: [place('us-east-1', 'home'), place('eu-west-1', 'peer')],
  });

test('no lab: which command starts one', () => {
  expect(() => theLab(root)).toThrow('none is running, expected one; run: npx flipside lab up');
});

test('a layout whose processes are gone is no lab', async () => {
  keepLayout(await layout());
  expect(() => theLab(root)).toThrow('none is running');
});

test('waiting for a lab ends when a program has ended, and tells which and what it said', async () => {
  const planned = await layout();
  const others = planned.regions.flatMap(({ name }) =>
    REGION_PROGRAMS.map((program) => `${name}-${program}`),
  );
  const [first = '', ...rest] = others;
  for (const name of rest) start('sleep', ['1000'], { name, state: planned.state });
  start('sh', ['-c', 'echo bind: address already in use; exit 1'], { name: first, state: planned.state });
  await until('the other programs', () => running(planned.state).length === rest.length, 60_000);
  await expect(ready(planned, () => undefined)).rejects.toThrow(
    /us-east-1-etcd ended, expected every program to run.*\n.*\nbind: address already in use/,
  );
});

test('a second lab is refused while one runs, and the first goes on', async () => {
  cpSync(join(repository, 'estates', 'storefront'), join(root, 'estates', 'storefront'), { recursive: true });
  keepLayout(await layout());
  start('sleep', ['1000'], { name: 'etcd', state: statePath(root) });
  await until('the process', () => running(statePath(root)).length === 1, 60_000);
  const second = up(root, { estate: 'storefront', provider: 'stub', speed: 1 }, () => undefined);
  await expect(second).rejects.toThrow('one of the estate "storefront" is running, expected none');
  expect(running(statePath(root))).toHaveLength(1);
});

test('an end that leaves something behind says so', async () => {
  const kept = await layout();
  keepLayout(kept);
  const server = createServer().listen(kept.regions[0].ports.redis, '127.0.0.1');
  await once(server, 'listening');
  await expect(down(root)).rejects.toThrow(`something still listens on ${kept.regions[0].ports.redis}`);
  server.close();
  expect(await down(root)).toBe(0);
});

test('a region that the lab has not: which it has', async () => {
  const known = await layout();
  expect(() => regionNamed(known, 'us-west-2')).toThrow(
    'Cannot use the region "us-west-2": not of this lab, expected one of us-east-1, eu-west-1',
  );
});

test('every port of a lab is another one', async () => {
  const { regions, ports } = await layout();
  const all = [...regions.flatMap((region) => Object.values(region.ports)), ...Object.values(ports)];
  expect(new Set(all).size).toBe(all.length);
});

test.each([
  ['an estate that is not there', { estate: 'shop', speed: '1' }, 'Cannot find the estate "shop"'],
  ['a provider that is not built', { estate: 'storefront', withProvider: 's3', speed: '1' }, 'expected rds'],
  ['a speed that is no number', { estate: 'storefront', speed: 'fast' }, 'expected a number of 1 to 30'],
])('%s is named, and nothing is started', async (_, options, message) => {
  await expect(upVerb(repository, options)).rejects.toThrow(message);
});

test('what is not installed is named all at once, with the command that installs it', () => {
  const empty = join(root, 'bin');
  mkdirSync(empty);
  expect(() => assertNeeds(empty)).toThrow(
    /git, openssl, python3-venv, redis-server.* not installed.*sudo lab\/setup\.sh/,
  );
});

test('a half-built part does not count, and without Go the one that is missing is named', async () => {
  for (const file of ['go.mod', 'go.sum']) {
    mkdirSync(join(root, 'lab', 'parts', 'etcd'), { recursive: true });
    const path = join('lab', 'parts', 'etcd', file);
    writeFileSync(join(root, path), readFileSync(join(repository, path)));
  }
  const folder = join(partPath(root, 'etcd', 'etcd'), '..');
  mkdirSync(`${folder}.partial`, { recursive: true });
  writeFileSync(join(`${folder}.partial`, 'etcd'), 'half');
  const before = process.env['PATH'];
  process.env['PATH'] = join(root, 'nothing');
  try {
    await expect(buildParts(root, ['etcd'], () => undefined)).rejects.toThrow(UserError);
  } finally {
    process.env['PATH'] = before;
  }
});
