/** The gateway and ministack as processes of a lab: the hook over HTTP, and what survives the death of the gateway. */
import { build } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startEmulators } from '../../../lab/aws/emulators';
import { type LabProcess, logPath, start, stop } from '../../../lab/process';
import { pointSdkTo } from '../../runtime/aws/_aws';
import { hasPython, INSTALL_MS } from '../../runtime/_ministack';
import { HOME, PEER } from '../../runtime/_plan';
import { atRest, failover, newDatabase } from './_databases';
import { LAB_ACCOUNT, labSuite, until } from './_lab-aws';

const root = join(__dirname, '../../..');
const state = mkdtempSync(join(tmpdir(), 'flipside-lab-aws-'));
const program = join(root, '.cache', 'lab-programs', `aws-test-${process.pid}.cjs`);
const hooked: unknown[] = [];
const hook = createServer((request, response) => {
  void text(request).then((body) => {
    hooked.push(JSON.parse(body));
    response.end();
  });
});
let ministack: string;

beforeAll(async () => {
  if (!hasPython()) return;
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const entryPoints = [join(root, 'lab', 'aws', 'main.ts')];
  await build({ entryPoints, outfile: program, bundle: true, packages: 'external', platform: 'node' });
  ministack = (await startEmulators(root, state)).ministack;
}, INSTALL_MS * 2);
afterAll(async () => {
  hook.close();
  await stop(state, { signal: 'SIGKILL' });
  for (const path of [state, program]) rmSync(path, { recursive: true, force: true });
});

/** Starts a gateway and points the SDK at it. */
async function gateway(name: string): Promise<LabProcess> {
  const started = start(process.execPath, [program], {
    name,
    state,
    env: {
      FLIPSIDE_AWS_EMULATOR: ministack,
      FLIPSIDE_AWS_REGIONS: `${HOME},${PEER}`,
      FLIPSIDE_AWS_ON_PROMOTION: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
    },
  });
  const line = await until(
    async () => readFileSync(logPath(state, name), 'utf8'),
    (log) => log.includes('\n'),
  );
  const told = JSON.parse(line.split('\n')[0] ?? '') as { endpoints: Record<string, string> };
  expect(told.endpoints[HOME]).toBe(told.endpoints[PEER]);
  pointSdkTo(told.endpoints[HOME] ?? '', LAB_ACCOUNT);
  return started;
}

labSuite('the gateway as a process', () => {
  test('asks its hook before a writer moves, and its death leaves AWS as it was', async () => {
    const first = await gateway('gateway-1');
    const store = await newDatabase();
    await failover(store, PEER);
    expect(await atRest(store, PEER)).toMatchObject({ writer: PEER });
    expect(hooked).toEqual([{ globalClusterId: store.globalId, toRegion: PEER, mode: 'failover' }]);
    process.kill(first.pid, 'SIGKILL');
    await gateway('gateway-2');
    expect(await atRest(store, HOME)).toMatchObject({ writer: PEER });
  });

  test('says what is missing when it is told too little', async () => {
    start(process.execPath, [program], { name: 'lost', state });
    const log = await until(
      async () => readFileSync(logPath(state, 'lost'), 'utf8'),
      (said) => said.includes('FLIPSIDE_AWS_REGIONS'),
    );
    expect(log).toContain('Cannot start the gateway');
  });
});
