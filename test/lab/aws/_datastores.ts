/** Global datastores of the lab's AWS, made and asked through the real SDK. */
import {
  CreateGlobalReplicationGroupCommand,
  CreateReplicationGroupCommand,
  type CreateReplicationGroupMessage,
  DescribeGlobalReplicationGroupsCommand,
} from '@aws-sdk/client-elasticache';
import type { Store } from '../../../spec/flip';
import { HOME, PEER, SESSIONS } from '../../runtime/_plan';
import { cacheAt } from './_lab-aws';

let count = 0;

/** AWS's prefix of the home region; see `elasticache.globalPrefix` in the estates' facts. */
const PREFIX = 'ldgnf-';

/** A datastore of its own for each test, born at home, with a secondary in the peer. */
export async function newDatastore(): Promise<Store> {
  count += 1;
  const members = { [HOME]: `sessions-${count}-us`, [PEER]: `sessions-${count}-eu` };
  const store = { ...SESSIONS, globalId: `${PREFIX}sessions-${count}`, members };
  await createGroup(store, HOME, {
    Engine: 'valkey',
    CacheNodeType: 'cache.r7g.large',
    NumNodeGroups: 1,
    ReplicasPerNodeGroup: 1,
    ClusterMode: 'enabled',
    AutomaticFailoverEnabled: true,
    TransitEncryptionEnabled: true,
  });
  await found(store);
  await join(store, { GlobalReplicationGroupId: store.globalId });
  return store;
}

/** Makes the home group the primary of a new datastore. */
export const found = (store: Store) =>
  cacheAt(HOME).send(
    new CreateGlobalReplicationGroupCommand({
      GlobalReplicationGroupIdSuffix: store.globalId.slice(PREFIX.length),
      PrimaryReplicationGroupId: store.members[HOME],
    }),
  );

/** Creates a group in the peer region. */
export const join = (store: Store, more: Partial<CreateReplicationGroupMessage>) =>
  createGroup(store, PEER, { ReplicasPerNodeGroup: 1, ...more });

const createGroup = (store: Store, region: string, more: Partial<CreateReplicationGroupMessage>) =>
  cacheAt(region).send(
    new CreateReplicationGroupCommand({
      ReplicationGroupId: store.members[region],
      ReplicationGroupDescription: 'sessions',
      ...more,
    }),
  );

/** Roles by region, as a region tells them. */
export async function rolesOf({ globalId }: Store, asked: string) {
  const command = new DescribeGlobalReplicationGroupsCommand({
    GlobalReplicationGroupId: globalId,
    ShowMemberInfo: true,
  });
  const [group] = (await cacheAt(asked).send(command)).GlobalReplicationGroups ?? [];
  return Object.fromEntries((group?.Members ?? []).map((one) => [one.ReplicationGroupRegion, one.Role]));
}
