/** The double of ElastiCache Global Datastore, through the real SDK. */
import {
  AddTagsToResourceCommand,
  DeleteGlobalReplicationGroupCommand,
  DeleteReplicationGroupCommand,
  DescribeGlobalReplicationGroupsCommand,
  DescribeReplicationGroupsCommand,
  DisassociateGlobalReplicationGroupCommand,
  FailoverGlobalReplicationGroupCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-elasticache';
import type { Store } from '../../../spec/flip';
import { HOME, PEER } from '../../runtime/_plan';
import { found, join, newDatastore, rolesOf } from './_datastores';
import { cacheAt, LAB_ACCOUNT, labSuite, until, useLabAws } from './_lab-aws';

const lab = useLabAws();
let store: Store;
let id: string;

const groupOf = (region: string) => store.members[region] ?? '';
const joinTo = (GlobalReplicationGroupId: string, more = {}) =>
  join(store, { GlobalReplicationGroupId, ...more });
const failover = (to = PEER, change = {}) =>
  cacheAt(PEER).send(
    new FailoverGlobalReplicationGroupCommand({
      GlobalReplicationGroupId: id,
      PrimaryRegion: to,
      PrimaryReplicationGroupId: groupOf(to),
      ...change,
    }),
  );

async function describeAt(region: string, ShowMemberInfo = true) {
  const command = new DescribeGlobalReplicationGroupsCommand({
    GlobalReplicationGroupId: id,
    ShowMemberInfo,
  });
  return (await cacheAt(region).send(command)).GlobalReplicationGroups?.[0];
}
const list = (ResourceName: string) => cacheAt(PEER).send(new ListTagsForResourceCommand({ ResourceName }));
const roles = (region: string) => rolesOf(store, region);

async function fresh(): Promise<void> {
  store = await newDatastore();
  id = store.globalId;
}

labSuite('a global datastore', () => {
  beforeEach(fresh);

  test('has a primary and a secondary, and tells them on request only', async () => {
    expect(await describeAt(PEER)).toMatchObject({
      GlobalReplicationGroupId: id,
      Status: 'available',
      Engine: 'valkey',
      ClusterEnabled: true,
      TransitEncryptionEnabled: true,
      ARN: `arn:aws:elasticache::${LAB_ACCOUNT}:globalreplicationgroup:${id}`,
      GlobalNodeGroups: [{ GlobalNodeGroupId: `${id}-0001`, Slots: '0-16383' }],
      Members: [
        { ReplicationGroupId: groupOf(HOME), Role: 'PRIMARY', Status: 'associated' },
        { ReplicationGroupId: groupOf(PEER), Role: 'SECONDARY', Status: 'associated' },
      ],
    });
    expect((await describeAt(PEER, false))?.Members).toBeUndefined();
  });

  test('a group that joins is like the first, and says what it belongs to', async () => {
    const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId: groupOf(PEER) });
    expect((await cacheAt(PEER).send(command)).ReplicationGroups?.[0]).toMatchObject({
      CacheNodeType: 'cache.r7g.large',
      TransitEncryptionEnabled: true,
      GlobalReplicationGroupInfo: {
        GlobalReplicationGroupId: id,
        GlobalReplicationGroupMemberRole: 'SECONDARY',
      },
    });
  });
});

labSuite('the primary of a global datastore', () => {
  beforeEach(fresh);

  test('moves after a while, in which the datastore is being modified', async () => {
    await lab.control.delayPromotion(3_000);
    expect((await failover()).GlobalReplicationGroup?.Status).toBe('modifying');
    expect(await roles(PEER)).toEqual({ [HOME]: 'PRIMARY', [PEER]: 'SECONDARY' });
    await until(
      () => describeAt(PEER),
      (one) => one?.Status === 'available',
    );
    expect(await roles(HOME)).toEqual({ [HOME]: 'SECONDARY', [PEER]: 'PRIMARY' });
  });

  test('moves without its own region', async () => {
    await lab.control.cut(HOME, 'refuse');
    await failover();
    expect(
      await until(
        () => roles(PEER),
        (one) => one[PEER] === 'PRIMARY',
      ),
    ).toEqual({ [HOME]: 'SECONDARY', [PEER]: 'PRIMARY' });
  });
});

labSuite('members of a global datastore', () => {
  beforeEach(fresh);

  test('carry tags, each in its own region; the datastore itself has none, as in AWS', async () => {
    const ResourceName = `arn:aws:elasticache:${PEER}:${LAB_ACCOUNT}:replicationgroup:${groupOf(PEER)}`;
    const Tags = [{ Key: 'flipside.dev/epoch', Value: '1' }];
    await cacheAt(PEER).send(new AddTagsToResourceCommand({ ResourceName, Tags }));
    expect((await list(ResourceName)).TagList).toEqual(Tags);
    const global = `arn:aws:elasticache::${LAB_ACCOUNT}:globalreplicationgroup:${id}`;
    await expect(list(global)).rejects.toThrow('Invalid resource ARN');
  });

  test('leave, and when the primary is alone the datastore can go', async () => {
    await cacheAt(HOME).send(
      new DisassociateGlobalReplicationGroupCommand({
        GlobalReplicationGroupId: id,
        ReplicationGroupId: groupOf(PEER),
        ReplicationGroupRegion: PEER,
      }),
    );
    expect((await describeAt(HOME))?.Status).toBe('primary-only');
    await cacheAt(HOME).send(
      new DeleteGlobalReplicationGroupCommand({
        GlobalReplicationGroupId: id,
        RetainPrimaryReplicationGroup: true,
      }),
    );
    await expect(describeAt(HOME)).rejects.toMatchObject({ name: 'GlobalReplicationGroupNotFoundFault' });
  });
});

interface Case {
  readonly reason: string;
  readonly before?: () => Promise<unknown>;
  readonly call: () => Promise<unknown>;
  readonly error: string;
}
const cases: Record<string, Case> = {
  'a failover of an unknown datastore': {
    reason: 'there is nothing to move',
    call: () => failover(PEER, { GlobalReplicationGroupId: 'ldgnf-nobody' }),
    error: 'GlobalReplicationGroupNotFoundFault',
  },
  'a second failover while one runs': {
    reason: 'one at a time',
    before: async () => {
      await lab.control.delayPromotion(60_000);
      await failover();
    },
    call: () => failover(),
    error: 'InvalidGlobalReplicationGroupStateFault',
  },
  'a failover to a group of another region': {
    reason: 'region and group name one member',
    call: () => failover(PEER, { PrimaryReplicationGroupId: groupOf(HOME) }),
    error: 'InvalidParameterValueException',
  },
  'a failover to the primary': {
    reason: 'it is the primary',
    call: () => failover(HOME),
    error: 'InvalidParameterValueException',
  },
  'a datastore that exists': {
    reason: 'its id is taken',
    call: () => found(store),
    error: 'GlobalReplicationGroupAlreadyExistsFault',
  },
  'a group that joins with its own engine': {
    reason: 'the datastore decides it',
    call: () => joinTo(id, { Engine: 'valkey' }),
    error: 'InvalidParameterCombinationException',
  },
  'a group that joins nothing': {
    reason: 'there is no such datastore',
    call: () => joinTo('ldgnf-nobody'),
    error: 'GlobalReplicationGroupNotFoundFault',
  },
  'a second group in a region': {
    reason: 'one member for each region',
    call: () => joinTo(id, { ReplicationGroupId: 'another' }),
    error: 'InvalidGlobalReplicationGroupStateFault',
  },
  'to delete a datastore with a secondary': {
    reason: 'the secondary would be left alone',
    call: () =>
      cacheAt(HOME).send(
        new DeleteGlobalReplicationGroupCommand({
          GlobalReplicationGroupId: id,
          RetainPrimaryReplicationGroup: true,
        }),
      ),
    error: 'InvalidGlobalReplicationGroupStateFault',
  },
  'to delete a member': {
    reason: 'it has to be disassociated first',
    call: () => cacheAt(PEER).send(new DeleteReplicationGroupCommand({ ReplicationGroupId: groupOf(PEER) })),
    error: 'InvalidReplicationGroupStateFault',
  },
};

labSuite('the gateway refuses', () => {
  beforeEach(fresh);

  test.each(Object.entries(cases))('%s', async (_, { before, call, error }) => {
    await before?.();
    await expect(call()).rejects.toMatchObject({ name: error });
  });
});
