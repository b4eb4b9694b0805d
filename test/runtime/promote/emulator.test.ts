/**
 * The promotion and the beacon through the real SDK, against an emulator with two regions.
 *
 * Limits: the emulator has no Global Datastore and moves writers at once (test/lab/aws/flip.test.ts has both otherwise),
 * and the own cluster is an in-memory stand-in.
 */
import { clientsOf } from '../../../runtime/aws/clients';
import { accountOf, storesOf } from '../../../runtime/aws/stores';
import { type Answer, observe, SILENT } from '../../../runtime/beacon/observe';
import { promote } from '../../../runtime/promote/promote';
import type { Progress } from '../../../runtime/promote/ports';
import type { FlipPlan, Store } from '../../../spec/flip';
import { pointSdkTo } from '../aws/_aws';
import { flipTo, type StandInCluster, standInCluster } from '../_cluster';
import { hasPython, INSTALL_MS, type Ministack, startMinistack } from '../_ministack';
import { HOME, homePlan, ORDERS, PEER, planOf } from '../_plan';
import { createDatabase, EMULATED, publishLag, tagsOf, writerOf } from './_aurora';

jest.setTimeout(300_000);

/** The interval at which a promotion asks again. */
const POLL_MS = 2_000;
const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());

const python = hasPython();
const suite = python ? describe : describe.skip;

let ministack: Ministack | undefined;
let count = 0;
let stores: readonly Store[];
let clusters: Record<string, StandInCluster>;

beforeAll(async () => {
  if (!python) return;
  ministack = await startMinistack();
  pointSdkTo(ministack.url, EMULATED);
}, INSTALL_MS * 2);
afterAll(() => ministack?.stop());

/** Two databases of their own for each test. */
beforeEach(async () => {
  if (!python) return;
  count += 1;
  stores = ['orders', 'carts'].map((name) => ({
    ...ORDERS,
    name,
    globalId: `${name}-${count}`,
    members: { [HOME]: `${name}-${count}-us`, [PEER]: `${name}-${count}-eu` },
  }));
  await Promise.all(stores.map(createDatabase));
  clusters = { [HOME]: standInCluster(flipTo(HOME, 0)), [PEER]: standInCluster(flipTo(HOME, 0)) };
});

const plan = (region: string): FlipPlan =>
  (region === HOME ? homePlan : planOf)({ account: EMULATED, stores: [...stores] });
const outside = (region: string) => ({
  stores: storesOf(clientsOf(), EMULATED, Date.now),
  cluster: clusters[region] as StandInCluster,
  account: () => accountOf(clientsOf()(region)),
  now: Date.now,
  // Polls of seconds would only wait: the emulator has moved a writer before it answers. Deadlines are longer.
  sleep: (milliseconds: number) => wait(milliseconds > POLL_MS ? milliseconds : 20),
  random: Math.random,
  unseen: () => undefined,
});
const follow = (milliseconds: number) =>
  Promise.all(stores.map((store) => publishLag(store, PEER, milliseconds)));

interface Asked {
  readonly epoch: number;
  readonly mode?: 'Planned' | 'Unplanned';
  readonly dryRun?: boolean;
}

/** The claim reaches the target's cluster, and its Job runs. */
function flip(region: string, { epoch, mode = 'Unplanned', dryRun = false }: Asked): Promise<Progress> {
  if (!dryRun) clusters[region]!.claimed = flipTo(region, epoch, mode);
  return promote(plan(region), { epoch, mode, dryRun }, outside(region));
}

const writers = (asked = PEER) => Promise.all(stores.map((store) => writerOf(store, asked)));
const fences = (region: string) => Promise.all(stores.map((store) => tagsOf(store, region)));
const marked = (epoch: number, promoted: number) =>
  stores.map(() => ({ 'flipside.dev/epoch': String(epoch), 'flipside.dev/promoted': String(promoted) }));

const deaf = () => Promise.reject(new Error('dead'));
const ask = (region: string, last: Answer) =>
  observe(plan(region), last, { ...outside(region), sleep: wait, other: deaf });

suite('a flip in the emulator', () => {
  test('an unplanned flip moves every writer and says so in the target’s tags alone', async () => {
    const result = await flip(PEER, { epoch: 1 });
    expect(result).toMatchObject({ outcome: 'Promoted', reasons: [] });
    expect(result.steps.map(({ name, state }) => [name, state])).toContainEqual(['shop/orders', 'done']);
    expect(await writers()).toEqual([PEER, PEER]);
    expect(await writers(HOME)).toEqual([PEER, PEER]);
    expect(await fences(PEER)).toEqual(marked(1, 1));
    expect(await fences(HOME)).toEqual(marked(0, 0));
    expect(clusters[PEER]?.floors.get('catalog')).toBe(4);
  });

  test('a planned flip moves them too, and notes the lag it started with', async () => {
    await follow(700);
    expect(await flip(PEER, { epoch: 1, mode: 'Planned' })).toMatchObject({
      outcome: 'Promoted',
      lagSeconds: 0.7,
    });
    expect(await writers()).toEqual([PEER, PEER]);
  });

  test('the same epoch twice changes nothing the second time', async () => {
    await flip(PEER, { epoch: 1 });
    expect((await flip(PEER, { epoch: 1 })).outcome).toBe('Promoted');
    expect(await writers()).toEqual([PEER, PEER]);
    expect(await fences(PEER)).toEqual(marked(1, 1));
  });
});

suite('an older flip in the emulator', () => {
  test('a lower epoch after a higher one is superseded', async () => {
    await flip(PEER, { epoch: 2 });
    const stale = await flip(HOME, { epoch: 1 });
    expect(stale.outcome).toBe('Superseded');
    expect(stale.reasons).toContain('shop/orders was moved by a flip after epoch 1');
    expect(await writers()).toEqual([PEER, PEER]);
    expect(await fences(HOME)).toEqual(marked(0, 0));
  });

  test('there and back', async () => {
    await flip(PEER, { epoch: 1 });
    await Promise.all(stores.map((store) => publishLag(store, HOME, 100)));
    expect((await flip(HOME, { epoch: 2, mode: 'Planned' })).outcome).toBe('Promoted');
    expect(await writers()).toEqual([HOME, HOME]);
    expect((await flip(PEER, { epoch: 1 })).outcome).toBe('Superseded');
    expect(await fences(PEER)).toEqual(marked(1, 1));
  });
});

suite('a flip that must not start', () => {
  test('a planned flip is refused with every reason and changes nothing', async () => {
    await publishLag(stores[0]!, PEER, 45_000);
    const result = await flip(PEER, { epoch: 1, mode: 'Planned' });
    expect(result).toMatchObject({
      outcome: 'Refused',
      reasons: [
        'shop/orders: 45 s behind, expected at most 30 s',
        'shop/carts: the replication lag is unknown, expected a figure',
      ],
    });
    expect(await writers()).toEqual([HOME, HOME]);
    expect(await fences(PEER)).toEqual(marked(0, 0));
    expect(clusters[PEER]?.floors.size).toBe(0);
  });

  test('a dry run checks and changes nothing', async () => {
    await follow(200);
    expect((await flip(PEER, { epoch: 1, mode: 'Planned', dryRun: true })).outcome).toBe('Checked');
    expect(await writers()).toEqual([HOME, HOME]);
    expect(await fences(PEER)).toEqual(marked(0, 0));
    expect(clusters[PEER]?.floors.size).toBe(0);
  });

  test('credentials of another account are refused', async () => {
    const result = await promote(
      { ...plan(PEER), account: '333333333333' },
      { epoch: 1, mode: 'Unplanned', dryRun: false },
      { ...outside(PEER), cluster: standInCluster(flipTo(PEER, 1, 'Unplanned')) },
    );
    expect(result).toMatchObject({
      outcome: 'Refused',
      reasons: [`the credentials belong to account ${EMULATED}, expected 333333333333`],
    });
    expect(await writers()).toEqual([HOME, HOME]);
  });
});

suite('beacons of the emulator', () => {
  test('follow the writers through a flip, from AWS alone', async () => {
    for (const cluster of Object.values(clusters)) cluster.floors.set('catalog', 4);
    const before = { home: await ask(HOME, SILENT), peer: await ask(PEER, SILENT) };
    expect([before.home.primary, before.peer.primary]).toEqual([true, false]);
    await flip(PEER, { epoch: 1 });
    const after = { home: await ask(HOME, before.home), peer: await ask(PEER, before.peer) };
    expect([after.home.primary, after.peer.primary]).toEqual([false, true]);
    expect(after.peer.stores.map(({ writer }) => writer)).toEqual([PEER, PEER]);
  });

  test('say no while one of two writers is elsewhere', async () => {
    clusters[PEER]?.floors.set('catalog', 4);
    await outside(PEER).stores.failover(stores[0]!, PEER);
    const answer = await ask(PEER, SILENT);
    expect(answer).toMatchObject({ primary: false, reasons: [`shop/carts is written in ${HOME}`] });
  });
});
