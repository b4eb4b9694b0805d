/** The beacon over real HTTP, with what it has really observed. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type BeaconPorts, observe, SILENT } from '../../../runtime/beacon/observe';
import { beaconServer } from '../../../runtime/beacon/server';
import { sharedFrom } from '../../../runtime/beacon/shared';
import type { StoreView } from '../../../runtime/promote/ports';
import { flipTo, standInCluster } from '../_cluster';
import { HOME, ORDERS, PEER, planOf, SESSIONS } from '../_plan';

let answer: Answer;
let server: Server;
let base: string;

beforeEach(async () => {
  answer = SILENT;
  server = beaconServer(() => answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => server.close());

async function get(path: string): Promise<{ code: number; text: string }> {
  const response = await fetch(base + path);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { code: response.status, text: await response.text() };
}

const code = async (path = '/primary') => (await get(path)).code;

const view = (writer: string, moving = false): StoreView => ({
  writer,
  moving,
  members: [HOME, PEER].map((region) => ({
    region,
    available: true,
    version: '16.8',
    lagSeconds: region === writer ? 0 : 0.4,
  })),
});

/** What AWS says about each store; undefined: it does not answer. */
type Views = Readonly<Record<string, StoreView | undefined>>;

async function ask(views: Views, change: Partial<BeaconPorts> = {}): Promise<Answer> {
  const cluster = standInCluster(flipTo(HOME, 0));
  cluster.floors.set('catalog', 4);
  answer = await observe(planOf(), answer, {
    stores: { view: async ({ name }) => views[name] ?? Promise.reject(new Error('no answer')) },
    cluster,
    other: () => Promise.reject(new Error('dead')),
    now: () => 1_000,
    sleep: () => new Promise((resolve) => setTimeout(resolve, 1_000).unref()),
    ...change,
  });
  return answer;
}

const HERE = { [ORDERS.name]: view(PEER), [SESSIONS.name]: view(PEER) };

test('a beacon that has asked nobody says no, is alive and is not ready', async () => {
  expect(await get('/primary')).toEqual({ code: 503, text: 'not primary\n' });
  expect(await code('/healthz')).toBe(200);
  expect(await code('/readyz')).toBe(503);
});

const lookings: Record<string, { reason: string; views: Views; want: number }> = {
  'every writer here': { reason: 'this region does the work', views: HERE, want: 200 },
  'every writer there': {
    reason: 'the other region does the work',
    views: { orders: view(HOME), sessions: view(HOME) },
    want: 503,
  },
  'one of two here': { reason: 'half a flip', views: { ...HERE, sessions: view(HOME) }, want: 503 },
  'one on its way': { reason: 'nobody writes it', views: { ...HERE, sessions: view(PEER, true) }, want: 503 },
  'one of them unknown': { reason: 'AWS never answered about it', views: { orders: view(PEER) }, want: 503 },
};

test.each(Object.entries(lookings))('%s', async (_, { views, want }) => {
  await ask(views);
  expect(await code()).toBe(want);
  expect(await code('/readyz')).toBe(200);
});

test('keeps its last answer when AWS cannot be asked, whichever it was', async () => {
  await ask(HERE);
  await ask({});
  expect(await code()).toBe(200);
  await ask({ orders: view(HOME), sessions: view(HOME) });
  await ask({});
  expect(await code()).toBe(503);
});

test('takes over only once the floors are ready, and stays when pods are lost later', async () => {
  const empty = standInCluster(flipTo(PEER, 1));
  await ask(HERE, { cluster: empty });
  expect(await code()).toBe(503);
  expect(answer.reasons).toEqual(['fewer pods are ready than the floors ask for']);
  await ask(HERE);
  await ask(HERE, { cluster: empty });
  expect(await code()).toBe(200);
});

test('an estate without stores follows the claim, once AWS has no say', async () => {
  const plan = planOf({ stores: [] });
  const cluster = standInCluster(flipTo(PEER, 1));
  cluster.floors.set('catalog', 4);
  const ports = {
    stores: { view: () => Promise.reject(new Error('none')) },
    cluster,
    other: () => Promise.reject(new Error('dead')),
    now: () => 1_000,
    sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref()),
  };
  answer = await observe(plan, answer, ports);
  expect(await code()).toBe(200);
  cluster.claimed = { ...flipTo(PEER, 1), conflict: true };
  answer = await observe(plan, answer, ports);
  expect(await code()).toBe(503);
});

test('tells the other region what it may know, and the own cluster everything', async () => {
  await ask(HERE);
  const shared = await get('/primary/status');
  expect(sharedFrom(shared.text)).toMatchObject({
    primary: true,
    claimed: { region: HOME, epoch: 0, conflict: false },
  });
  expect(shared.text).not.toContain('orders');
  expect(JSON.parse((await get('/status')).text)).toEqual(JSON.parse(JSON.stringify(answer)));
});

test('metrics for people', async () => {
  await ask(HERE);
  const { text } = await get('/metrics');
  expect(text).toContain('flipside_primary 1\n');
  expect(text).toContain('flipside_store_lag_seconds{store="shop/orders"} 0.4\n');
});

test.each(['/', '/primar', '/primary/', '//', '/constructor', '/%'])('there is no page %s', async (path) => {
  expect(await code(path)).toBe(404);
});

test('a query does not matter', async () => {
  await ask(HERE);
  expect(await code('/primary?from=checker')).toBe(200);
});
