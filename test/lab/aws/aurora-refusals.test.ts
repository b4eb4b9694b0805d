/** Moves of a global database that AWS refuses, and the gateway with it: error codes as the SDK names them. */
import { DeleteDBInstanceCommand, FailoverGlobalClusterCommand } from '@aws-sdk/client-rds';
import type { Store } from '../../../spec/flip';
import { HOME, PEER } from '../../runtime/_plan';
import { atRest, failover, newDatabase, switchover, targetOf } from './_databases';
import { labSuite, rdsAt, useLabAws } from './_lab-aws';

let store: Store;
const lab = useLabAws();

interface Case {
  readonly reason: string;
  readonly before?: () => Promise<unknown>;
  readonly call: () => Promise<unknown>;
  readonly error: string;
}

/** A failover to the peer with something else about it. */
const odd = (change: object) =>
  rdsAt(PEER).send(
    new FailoverGlobalClusterCommand({ ...targetOf(store, PEER), AllowDataLoss: true, ...change }),
  );

const cases: Record<string, Case> = {
  'an unknown global database': {
    reason: 'there is nothing to move',
    call: () => odd({ GlobalClusterIdentifier: 'nobody' }),
    error: 'GlobalClusterNotFoundFault',
  },
  'an unknown target': {
    reason: 'it is no member',
    call: () => odd({ TargetDbClusterIdentifier: 'nobody' }),
    error: 'DBClusterNotFoundFault',
  },
  'both kinds at once': {
    reason: 'they contradict each other',
    call: () => odd({ Switchover: true }),
    error: 'InvalidParameterCombination',
  },
  'the writer as target': {
    reason: 'it is the writer',
    call: () => failover(store, HOME),
    error: 'InvalidGlobalClusterStateFault',
  },
  'a failover at the endpoint of the writer': {
    reason: 'AWS carries it out in the target’s region',
    call: () => failover(store, PEER, HOME),
    error: 'InvalidDBClusterStateFault',
  },
  'a switchover at the endpoint of the target': {
    reason: 'AWS carries it out in the writer’s region',
    call: () => switchover(store, PEER, PEER),
    error: 'InvalidDBClusterStateFault',
  },
  'a switchover while the other region is cut': {
    reason: 'it needs both',
    before: () => lab.control.cut(PEER),
    call: () => switchover(store, PEER, HOME),
    error: 'InvalidGlobalClusterStateFault',
  },
  'a second move while one runs': {
    reason: 'one at a time',
    before: async () => {
      await lab.control.delayPromotion(60_000);
      await failover(store, PEER);
    },
    call: () => failover(store, PEER),
    error: 'InvalidGlobalClusterStateFault',
  },
  'a target without an instance': {
    reason: 'nothing there could write',
    before: () => {
      const DBInstanceIdentifier = `${store.members[PEER]}-0`;
      return rdsAt(PEER).send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));
    },
    call: () => failover(store, PEER),
    error: 'InvalidDBClusterStateFault',
  },
  'a target that is being built again': {
    reason: 'it does not have the data yet',
    before: async () => {
      await lab.control.delayRejoin(60_000);
      await failover(store, PEER);
      await atRest(store, PEER);
    },
    call: () => failover(store, HOME),
    error: 'InvalidGlobalClusterStateFault',
  },
};

labSuite('the gateway refuses', () => {
  beforeEach(async () => {
    store = await newDatabase();
  });

  test.each(Object.entries(cases))('%s', async (_, { before, call, error }) => {
    await before?.();
    await expect(call()).rejects.toMatchObject({ name: error });
  });
});
