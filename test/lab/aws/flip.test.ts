/**
 * The real promotion against the lab's AWS: an Aurora global database and a Global Datastore, both regions behind one
 * endpoint, with regions that are lost. The own cluster is an in-memory stand-in; the times are the lab's, never AWS's.
 */
import { clientsOf } from '../../../runtime/aws/clients';
import { accountOf, storesOf } from '../../../runtime/aws/stores';
import { promote } from '../../../runtime/promote/promote';
import type { Progress } from '../../../runtime/promote/ports';
import type { FlipPlan, Store } from '../../../spec/flip';
import { flipTo, standInCluster } from '../../runtime/_cluster';
import { HOME, homePlan, PEER, planOf } from '../../runtime/_plan';
import { atRest, globalAt, newDatabase } from './_databases';
import { newDatastore, rolesOf } from './_datastores';
import { LAB_ACCOUNT, labSuite, until, useLabAws } from './_lab-aws';

const lab = useLabAws();
let database: Store;
let cache: Store;

const plan = (region: string): FlipPlan =>
  (region === HOME ? homePlan : planOf)({ account: LAB_ACCOUNT, stores: [database, cache] });

/** Time runs four times as fast where a region is lost: a promotion waits 25 s for what it may still do. */
const LOST = 4;
/** The interval at which a promotion asks again; waiting for it would only make the tests longer. */
const POLL_MS = 2_000;
const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());

interface Asked {
  readonly epoch: number;
  readonly mode?: 'Planned' | 'Unplanned';
  readonly faster?: number;
}

function flip(region: string, { epoch, mode = 'Unplanned', faster = 1 }: Asked): Promise<Progress> {
  const clients = clientsOf();
  return promote(
    plan(region),
    { epoch, mode, dryRun: false },
    {
      stores: storesOf(clients, LAB_ACCOUNT, Date.now),
      cluster: standInCluster(flipTo(region, epoch, mode)),
      account: () => accountOf(clients(region)),
      now: () => Date.now() * faster,
      sleep: (milliseconds) => wait(milliseconds > POLL_MS ? milliseconds / faster : 20),
      random: Math.random,
      unseen: () => undefined,
    },
  );
}

const writers = async (asked: string) => ({
  database: (await globalAt(database, asked)).writer,
  cache: Object.entries(await rolesOf(cache, asked)).find(([, role]) => role === 'PRIMARY')?.[0],
});
const follow = (region: string, seconds: number) =>
  Promise.all(
    [database, cache].map(({ kind, members }) =>
      lab.control.setLag({ kind, region, account: LAB_ACCOUNT, member: members[region] ?? '', seconds }),
    ),
  );
const changed = async (since: number) =>
  (await lab.control.calls(since)).calls.map(({ region, action }) => `${region} ${action}`);
const now = async () => (await lab.control.calls()).now;

async function fresh(): Promise<void> {
  database = await newDatabase();
  cache = await newDatastore();
}

labSuite('an unplanned flip', () => {
  beforeEach(fresh);

  test('home does not answer: both writers move, and only the survivor is asked to change anything', async () => {
    const began = await now();
    await lab.control.cut(HOME, 'hang');
    expect(await flip(PEER, { epoch: 1, faster: LOST })).toMatchObject({ outcome: 'Promoted', reasons: [] });
    expect(await writers(PEER)).toEqual({ database: PEER, cache: PEER });
    const calls = await changed(began);
    expect(calls).toContain(`${PEER} FailoverGlobalCluster`);
    expect(calls).toContain(`${PEER} FailoverGlobalReplicationGroup`);
    expect(calls.filter((call) => !call.startsWith(PEER))).toEqual([]);
  });

  test('each store is asked for once, however long AWS takes', async () => {
    await lab.control.delayPromotion(1_500);
    const began = await now();
    expect(await flip(PEER, { epoch: 1 })).toMatchObject({ outcome: 'Promoted' });
    const moves = (await changed(began)).filter((call) => call.includes('Failover'));
    expect(moves.toSorted()).toEqual([
      `${PEER} FailoverGlobalCluster`,
      `${PEER} FailoverGlobalReplicationGroup`,
    ]);
  });

  test('a stale promotion in a region that comes back is superseded without a mutating call', async () => {
    await lab.control.cut(HOME, 'refuse');
    await flip(PEER, { epoch: 2, faster: LOST });
    await lab.control.revive(HOME);
    const began = await now();
    expect(await flip(HOME, { epoch: 1 })).toMatchObject({ outcome: 'Superseded' });
    expect(await changed(began)).toEqual([]);
    expect(await writers(HOME)).toEqual({ database: PEER, cache: PEER });
  });

  test('a third of all calls is throttled, and both writers move', async () => {
    await lab.control.throttle({ share: 0.33, seed: 11 });
    expect(await flip(PEER, { epoch: 1 })).toMatchObject({ outcome: 'Promoted' });
    await lab.control.clearFaults();
    expect(await writers(PEER)).toEqual({ database: PEER, cache: PEER });
  });

  test('the survivor dies for a moment while it is promoted: the promotion ends all the same', async () => {
    await lab.control.delayPromotion(1_500);
    const flipped = flip(PEER, { epoch: 1 });
    await until(
      () => globalAt(database, HOME),
      ({ Status, writer }) => Status === 'failing-over' || writer === PEER,
    );
    await lab.control.cut(PEER, 'refuse');
    await lab.control.revive(PEER);
    expect(await flipped).toMatchObject({ outcome: 'Promoted' });
    expect(await atRest(database, HOME)).toMatchObject({ writer: PEER });
  });
});

labSuite('a planned flip', () => {
  beforeEach(fresh);

  test('reads the lag of both, and switches over at the writer’s region', async () => {
    await follow(PEER, 0.4);
    const began = await now();
    expect(await flip(PEER, { epoch: 1, mode: 'Planned' })).toMatchObject({
      outcome: 'Promoted',
      lagSeconds: 0.4,
    });
    expect(await writers(HOME)).toEqual({ database: PEER, cache: PEER });
    expect(await changed(began)).toContain(`${HOME} SwitchoverGlobalCluster`);
    const { moves } = await lab.control.calls(began);
    expect(moves.map(({ to }) => to)).toEqual([PEER, PEER]);
  });

  test('is refused while the other region is lost, and changes nothing', async () => {
    await follow(PEER, 0.4);
    await lab.control.cut(HOME, 'refuse');
    const began = await now();
    const { outcome, reasons } = await flip(PEER, { epoch: 1, mode: 'Planned', faster: LOST });
    expect(outcome).toBe('Refused');
    expect(reasons).toContain(`shop/orders: ${HOME} does not answer, expected both regions reachable`);
    expect(await changed(began)).toEqual([]);
  });

  test('back home waits until AWS has built the old primary again', async () => {
    await lab.control.delayRejoin(60_000);
    await flip(PEER, { epoch: 1 });
    await follow(HOME, 0.1);
    expect(await flip(HOME, { epoch: 2, mode: 'Planned' })).toMatchObject({
      outcome: 'Refused',
      reasons: [`shop/orders: the member in ${HOME} is not available`],
    });
    await lab.control.delayRejoin(0);
    expect(await flip(HOME, { epoch: 2, mode: 'Planned' })).toMatchObject({ outcome: 'Promoted' });
    expect(await writers(PEER)).toEqual({ database: HOME, cache: HOME });
  });
});
