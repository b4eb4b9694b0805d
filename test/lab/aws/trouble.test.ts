/** Trouble that the gateway makes on request, as the real SDK meets it, and the log of who changed what. */
import { AddTagsToResourceCommand, DescribeGlobalClustersCommand } from '@aws-sdk/client-rds';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Store } from '../../../spec/flip';
import { HOME, PEER } from '../../runtime/_plan';
import { arnOf, atRest, clusterAt, failover, globalAt, newDatabase, switchover } from './_databases';
import { LAB_ACCOUNT, labSuite, rdsAt, until, useLabAws } from './_lab-aws';

const lab = useLabAws();
let store: Store;

const tag = (region: string, config = {}) =>
  rdsAt(region, config).send(
    new AddTagsToResourceCommand({
      ResourceName: arnOf(store, region),
      Tags: [{ Key: 'flipside.dev/epoch', Value: '1' }],
    }),
  );
/** Gives up after half a second. */
const impatient = { requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true } };

const look = (region: string, config = {}) =>
  rdsAt(region, config).send(new DescribeGlobalClustersCommand({}));

const who = (region: string) =>
  new STSClient({ region, maxAttempts: 1 }).send(new GetCallerIdentityCommand({}));

const succeeds = (call: Promise<unknown>) =>
  call.then(
    () => true,
    () => false,
  );

async function outcomes(seed: number): Promise<boolean[]> {
  await lab.control.clearFaults();
  await lab.control.throttle({ region: PEER, share: 0.5, seed });
  const seen: boolean[] = [];
  for (let i = 0; i < 12; i += 1) seen.push(await succeeds(look(PEER)));
  return seen;
}

const synchronization = async (region: string) =>
  (await globalAt(store, PEER)).members[region]?.SynchronizationStatus;

async function fresh(): Promise<void> {
  store = await newDatabase();
}

labSuite('a region that is cut', () => {
  beforeEach(fresh);

  test.each([
    ['hang', /did not establish|timed out|timeout/i],
    ['refuse', /ECONNRESET|hang up/],
  ] as const)('does not answer (%s), and the other does', async (how, said) => {
    await lab.control.cut(HOME, how);
    await expect(look(HOME, impatient)).rejects.toThrow(said);
    expect((await look(PEER)).GlobalClusters).not.toEqual([]);
    await lab.control.revive(HOME);
    expect((await look(HOME)).GlobalClusters).not.toEqual([]);
  });

  test('is not changed by calls, and they are not in the log', async () => {
    const { now } = await lab.control.calls();
    await lab.control.cut(PEER, 'refuse');
    await expect(failover(store, PEER)).rejects.toThrow(/ECONNRESET|hang up/);
    expect((await lab.control.calls(now)).calls).toEqual([]);
    await lab.control.revive(PEER);
    expect(await globalAt(store, PEER)).toMatchObject({ Status: 'available', writer: HOME });
  });
});

labSuite('calls in trouble', () => {
  beforeEach(fresh);

  test('a throttled call is tried again by the SDK, and goes through', async () => {
    await lab.control.throttle({ service: 'rds', action: 'DescribeGlobalClusters', times: 2 });
    await expect(look(PEER)).rejects.toMatchObject({
      name: 'Throttling',
      $metadata: { httpStatusCode: 400 },
    });
    const { $metadata } = await look(PEER, { maxAttempts: 3 });
    expect($metadata.attempts).toBe(2);
  });

  test('a share of calls is turned away, the same ones for the same seed', async () => {
    const first = await outcomes(7);
    expect(new Set(first)).toEqual(new Set([true, false]));
    expect(await outcomes(7)).toEqual(first);
  });

  test('a service that fails answers 503, and only for what matches', async () => {
    await lab.control.fail({ service: 'sts', region: PEER, status: 503 });
    await expect(who(PEER)).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect((await who(HOME)).Account).toBe(LAB_ACCOUNT);
  });

  test('a slow call takes effect although nobody waits for it any more', async () => {
    await lab.control.slow({ service: 'rds', action: 'AddTagsToResource', times: 1, slowMs: 1_500 });
    const { now } = await lab.control.calls();
    await expect(tag(PEER, impatient)).rejects.toMatchObject({ name: 'TimeoutError' });
    const { calls } = await until(
      () => lab.control.calls(now),
      ({ calls: all }) => all.some(({ status }) => status === 200),
    );
    expect(calls).toMatchObject([{ action: 'AddTagsToResource', region: PEER, status: 200 }]);
  });
});

labSuite('the control port', () => {
  beforeEach(fresh);

  test('tells who changed what and where, and no reads', async () => {
    const { now } = await lab.control.calls();
    await look(HOME);
    await tag(PEER, { customUserAgent: 'promote/1' });
    expect((await lab.control.calls(now)).calls).toMatchObject([
      {
        service: 'rds',
        region: PEER,
        action: 'AddTagsToResource',
        parameters: { ResourceName: arnOf(store, PEER), 'Tags.Tag.1.Value': '1' },
        userAgent: expect.stringContaining('promote/1'),
        accessKey: LAB_ACCOUNT,
        status: 200,
      },
    ]);
  });

  test('keeps no password', async () => {
    const { calls } = await lab.control.calls();
    const born = calls.find(({ action, region }) => action === 'CreateDBCluster' && region === HOME);
    expect(born?.parameters).toMatchObject({ MasterUsername: 'app' });
    expect(born?.parameters).not.toHaveProperty('MasterUserPassword');
  });

  test('refuses an order that is none, with the reason', async () => {
    await expect(lab.control.throttle({ share: 2 })).rejects.toThrow(/400.*share/s);
  });
});

labSuite('a global database in trouble', () => {
  beforeEach(fresh);

  test('the member of a region that is cut does not follow, seen from the other', async () => {
    expect(await synchronization(HOME)).toBe('connected');
    await lab.control.cut(HOME);
    expect(await globalAt(store, PEER)).toMatchObject({ writer: HOME });
    expect([await synchronization(HOME), await synchronization(PEER)]).toEqual([
      'pending-resync',
      'connected',
    ]);
  });

  test('a switchover that loses a region on its way stays where it was', async () => {
    await lab.control.delayPromotion(1_500);
    await switchover(store, PEER, HOME);
    await lab.control.cut(HOME);
    expect(await atRest(store, PEER)).toMatchObject({ writer: HOME });
  });

  test('a failover to a region that dies on its way ends when the region is back', async () => {
    await lab.control.delayPromotion(1_500);
    await failover(store, PEER);
    await lab.control.cut(PEER);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await globalAt(store, HOME)).toMatchObject({ writer: HOME, Status: 'failing-over' });
    await lab.control.revive(PEER);
    expect(await atRest(store, HOME)).toMatchObject({ writer: PEER });
  });

  test('after a failover the old primary is built again once its region is back', async () => {
    await lab.control.delayRejoin(2_000);
    await lab.control.cut(HOME);
    await failover(store, PEER);
    expect(await atRest(store, PEER)).toMatchObject({ writer: PEER });
    await lab.control.revive(HOME);
    expect(await synchronization(HOME)).toBe('pending-resync');
    expect(await clusterAt(store, HOME)).toMatchObject({ Status: 'modifying' });
    await until(
      () => synchronization(HOME),
      (status) => status === 'connected',
    );
    expect(await clusterAt(store, HOME)).toMatchObject({ Status: 'available' });
  });
});
