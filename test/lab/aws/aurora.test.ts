/** Aurora global databases behind the lab's gateway: what a promotion shows while it runs, and after. */
import { FailoverGlobalClusterCommand, ModifyDBClusterCommand } from '@aws-sdk/client-rds';
import type { PromotionHook } from '../../../lab/aws/gateway';
import type { Store } from '../../../spec/flip';
import { HOME, PEER } from '../../runtime/_plan';
import {
  arnOf,
  atRest,
  clusterAt,
  failover,
  globalAt,
  newDatabase,
  switchover,
  targetOf,
} from './_databases';
import { gate, labSuite, rdsAt, until, useLabAws } from './_lab-aws';

let store: Store;
let hook: PromotionHook;
const lab = useLabAws({ onPromotion: (...asked) => hook(...asked) });

labSuite('a global database behind the gateway', () => {
  beforeEach(async () => {
    hook = async () => undefined;
    store = await newDatabase();
  });

  test('has a writer endpoint, and says who follows whom', async () => {
    const global = await globalAt(store, PEER);
    expect(global.Endpoint).toMatch(/^orders-\d+\.global-\w{12}\.global\.rds\.amazonaws\.com$/);
    expect(global).toMatchObject({ Status: 'available', writer: HOME });
    expect(global.FailoverState).toBeUndefined();
    const [home, peer] = [await clusterAt(store, HOME), await clusterAt(store, PEER)];
    expect(home?.ReplicationSourceIdentifier).toBeUndefined();
    expect(home?.ReadReplicaIdentifiers).toEqual([arnOf(store, PEER)]);
    expect(peer?.ReplicationSourceIdentifier).toBe(arnOf(store, HOME));
    expect(peer?.ReadReplicaIdentifiers).toEqual([]);
  });

  test('a demoted writer reports its source, as the provider sees it on AWS', async () => {
    await failover(store, PEER);
    expect(await atRest(store, PEER)).toMatchObject({ writer: PEER });
    const [home, peer] = [await clusterAt(store, HOME), await clusterAt(store, PEER)];
    expect(home?.ReplicationSourceIdentifier).toBe(arnOf(store, PEER));
    expect(home?.ReadReplicaIdentifiers).toEqual([]);
    expect(peer?.ReplicationSourceIdentifier).toBeUndefined();
    expect(peer?.ReadReplicaIdentifiers).toEqual([arnOf(store, HOME)]);
  });

  test('only a secondary forwards writes', async () => {
    for (const region of [HOME, PEER])
      await rdsAt(region).send(
        new ModifyDBClusterCommand({
          DBClusterIdentifier: store.members[region],
          EnableGlobalWriteForwarding: true,
        }),
      );
    expect(await clusterAt(store, PEER)).toMatchObject({
      GlobalWriteForwardingStatus: 'enabled',
      GlobalWriteForwardingRequested: true,
    });
    expect(await clusterAt(store, HOME)).toMatchObject({ GlobalWriteForwardingStatus: 'disabled' });
  });
});

labSuite('a move of its writer', () => {
  beforeEach(async () => {
    hook = async () => undefined;
    store = await newDatabase();
  });

  test.each([
    ['failover', 'failing-over', true, () => failover(store, PEER)],
    ['switchover', 'switching-over', false, () => switchover(store, PEER, HOME)],
  ] as const)('a %s shows the old writer until the hook lets it pass', async (mode, status, loss, move) => {
    const { opened, open } = gate();
    const asked: unknown[] = [];
    hook = async (...said) => {
      asked.push(said);
      await opened;
    };
    const { GlobalCluster } = await move();
    expect(GlobalCluster).toMatchObject({ Status: status, FailoverState: { IsDataLossAllowed: loss } });
    await until(
      async () => asked,
      ({ length }) => length > 0,
    );
    expect(asked).toEqual([[store.globalId, PEER, mode]]);
    expect(await globalAt(store, HOME)).toMatchObject({
      Status: status,
      writer: HOME,
      FailoverState: {
        Status: status,
        FromDbClusterArn: arnOf(store, HOME),
        ToDbClusterArn: arnOf(store, PEER),
      },
    });
    open();
    expect(await atRest(store, PEER)).toMatchObject({ writer: PEER });
  });

  test('a promotion takes as long as it is told to', async () => {
    await lab.control.delayPromotion(60_000);
    await failover(store, PEER);
    expect(await globalAt(store, PEER)).toMatchObject({ Status: 'failing-over', writer: HOME });
  });

  test('a hook that fails leaves the writer where it is', async () => {
    hook = () => Promise.reject(new Error('pg_promote timed out'));
    await failover(store, PEER);
    expect(await atRest(store, PEER)).toMatchObject({ writer: HOME });
  });

  test('a failover without leave to lose data is a switchover', async () => {
    const { GlobalCluster } = await rdsAt(HOME).send(new FailoverGlobalClusterCommand(targetOf(store, PEER)));
    expect(GlobalCluster?.FailoverState?.IsDataLossAllowed).toBe(false);
    expect(await atRest(store, PEER)).toMatchObject({ writer: PEER });
  });
});
