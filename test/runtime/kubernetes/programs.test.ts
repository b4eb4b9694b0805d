/**
 * The three programs as they are shipped: bundled, started as processes, told by their environment. The API server is a
 * stand-in, AWS answers in its own shapes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROMOTE_MANAGER } from '../../../model/field-managers';
import { makeCertificates } from '../../../lab/pki';
import { bundle } from '../../../runtime/build';
import { type FakeAws, fakeAws, type StoreState } from '../aws/_aws';
import { claimOf, HOME, PEER, planOf } from '../_plan';
import { type ApiServer, apiServer, type Json } from './_api-server';

jest.setTimeout(300_000);

const CLAIM = '/apis/platform.flipside.dev/v1/namespaces/flipside-system/primaryregions/storefront';
const CONFIG_MAP = '/api/v1/namespaces/flipside-system/configmaps/flip';
const DEPLOYMENT = '/apis/apps/v1/namespaces/shop/deployments/catalog';
const AUTOSCALER = '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/catalog';

const plan = planOf();
/** Certificates of the API server, and what a kubelet mounts. */
const folder = mkdtempSync(join(tmpdir(), 'programs-'));
const TOKEN = 'token-of-the-service-account';
const running: ChildProcess[] = [];
let aws: FakeAws;
let api: ApiServer;
let bundles: Record<string, string>;

beforeAll(async () => {
  const names = ['promote', 'beacon', 'watch'] as const;
  bundles = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await bundle(name)])));
  await makeCertificates(folder);
  writeFileSync(join(folder, 'token'), `${TOKEN}\n`);
});
beforeEach(async () => {
  aws = await fakeAws(plan);
  api = await apiServer(folder, TOKEN, {
    [CLAIM]: { ...claimOf(), metadata: { ...claimOf().metadata, resourceVersion: '1' } },
    [CONFIG_MAP]: { metadata: { name: 'flip' }, data: { 'plan.json': JSON.stringify(plan) } },
    [DEPLOYMENT]: { metadata: {}, spec: { replicas: 1 }, status: { readyReplicas: 1 } },
    [AUTOSCALER]: { metadata: {}, spec: { minReplicas: 1 } },
  });
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await Promise.all([aws.stop(), api.stop()]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Says what the claim asks for. */
function claim(spec: object): void {
  const held = api.objects.get(CLAIM) as Json;
  api.objects.set(CLAIM, { ...held, spec: claimOf(spec).spec });
}

const data = (): Record<string, string> => (api.objects.get(CONFIG_MAP) as Json).data;
const written = (key: string): Json => JSON.parse(data()[key] ?? 'null');

function start(name: string, environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [bundles[name] ?? ''], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(api.port),
      FLIPSIDE_SERVICE_ACCOUNT: folder,
      FLIPSIDE_PLAN: JSON.stringify(plan),
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      ...environment,
    },
  });
  running.push(child);
  return child;
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });

/** Far longer than anything takes here, and shorter than the test's own limit. */
const PATIENCE_MS = 120_000;

/** Waits until `look` gives something. */
async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Cannot go on: nothing came within ${PATIENCE_MS / 1000} s`);
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

test('promote: moves the writers, raises the floors, reports and ends', async () => {
  claim({ region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true });
  const environment = {
    FLIPSIDE_NAME: 'promote-1',
    FLIPSIDE_EPOCH: '1',
    FLIPSIDE_MODE: 'Unplanned',
    FLIPSIDE_DRY_RUN: 'false',
  };
  expect(await ended(start('promote', environment))).toBe(0);
  expect(written('epoch-1.json')).toMatchObject({ epoch: 1, region: PEER, outcome: 'Promoted', reasons: [] });
  expect(data()['plan.json']).toBe(JSON.stringify(plan));
  expect(aws.stores.map(({ writer }) => writer)).toEqual([PEER, PEER]);
  expect(api.objects.get(AUTOSCALER)).toMatchObject({ spec: { minReplicas: 4 } });
  expect(api.objects.get(DEPLOYMENT)).toMatchObject({ spec: { replicas: 4 } });
  const patches = api.asked.filter(({ method }) => method === 'PATCH');
  expect(new Set(patches.map(({ type }) => type))).toEqual(new Set(['application/merge-patch+json']));
  // Argo CD tells by this name that it may not lower them again.
  const raised = patches.filter(({ path }) => path === AUTOSCALER || path === `${DEPLOYMENT}/scale`);
  expect(raised.map(({ fieldManager }) => fieldManager)).toEqual([PROMOTE_MANAGER, PROMOTE_MANAGER]);
});

test('promote: a dry run reports under its own name and changes nothing', async () => {
  const environment = {
    FLIPSIDE_NAME: 'dry-run-3',
    FLIPSIDE_EPOCH: '1',
    FLIPSIDE_MODE: 'Planned',
    FLIPSIDE_DRY_RUN: 'true',
  };
  expect(await ended(start('promote', environment))).toBe(0);
  expect(written('dry-run-3.json')).toMatchObject({ outcome: 'Checked', lagSeconds: 2 });
  expect(aws.stores.map(({ writer }) => writer)).toEqual([HOME, HOME]);
  expect(api.objects.get(AUTOSCALER)).toMatchObject({ spec: { minReplicas: 1 } });
});

test('promote: a Job that was not told what to do fails and says so', async () => {
  const child = start('promote', {});
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  expect(await ended(child)).toBe(1);
  expect(Buffer.concat(said).toString()).toContain('FLIPSIDE_EPOCH is not set, expected it from the Job');
});

test('beacon: follows the writers, tells the ConfigMap, learns of new stores, ends when told', async () => {
  (api.objects.get(DEPLOYMENT) as Json).status.readyReplicas = 4;
  const port = await freePort();
  const child = start('beacon', { PORT: String(port), FLIPSIDE_OTHER_BEACON: 'http://127.0.0.1:9' });
  const code = async (path = '/primary') =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => undefined,
    );
  await until(async () => (await code('/readyz')) === 200);
  expect(await code()).toBe(503);
  for (const state of aws.stores) state.writer = PEER;
  await until(async () => (await code()) === 200);
  expect(await until(() => written('beacon.json')?.primary && written('beacon.json'))).toMatchObject({
    primary: true,
    peerReady: true,
    claimed: { region: HOME, epoch: 0 },
  });
  const exit = ended(child);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
});

test('watch: flips once by an override, tells people, and remembers across a restart', async () => {
  claim({});
  const held = api.objects.get(CLAIM) as Json;
  held.spec.trigger = { ...held.spec.trigger, automatic: true, acceptDataLoss: true, afterSeconds: 0 };
  const gone = `http://127.0.0.1:${await freePort()}`;
  const environment = {
    FLIPSIDE_OTHER_BEACON: gone,
    FLIPSIDE_OTHER_ENTRY: `${gone}/health`,
    FLIPSIDE_OWN_ENTRY: `${aws.url}/health`,
  };
  const first = start('watch', environment);
  await until(() => written('watch.json')?.flipped);
  const { spec } = api.objects.get(CLAIM) as Json;
  expect(spec).toMatchObject({ region: HOME, epoch: 0 });
  expect(spec.override).toMatchObject({ region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true });
  const patch = api.asked.find(({ method, path }) => method === 'PATCH' && path === CLAIM);
  expect(patch).toMatchObject({
    type: 'application/merge-patch+json',
    body: { metadata: { resourceVersion: '1' } },
  });
  const event = api.asked.find(({ method, path }) => method === 'POST' && path.endsWith('/events'));
  expect(event?.body).toMatchObject({
    reason: 'AutomaticFlip',
    regarding: { kind: 'PrimaryRegion' },
    type: 'Warning',
  });
  first.kill('SIGKILL');

  delete spec.override;
  (aws.stores[0] as StoreState).writer = HOME;
  start('watch', environment);
  await until(() => written('watch.json')?.why === 'an automatic flip happened too recently');
  expect((api.objects.get(CLAIM) as Json).spec.override).toBeUndefined();
});
