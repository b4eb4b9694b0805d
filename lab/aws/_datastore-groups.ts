/** The global datastores that the double holds, and how AWS writes them. */
import type { Call } from './call';
import type { DoubleProps } from './double';
import { Refusal } from './reply';
import type { Element } from './xml';

/** A replication group in a global datastore. */
export interface GroupMember {
  readonly id: string;
  readonly region: string;
  role: 'PRIMARY' | 'SECONDARY';
}

/** A global datastore. What its members share is taken from the first. */
export interface Datastore {
  readonly id: string;
  readonly account: string;
  description: string;
  engine: string;
  engineVersion: string;
  nodeType: string;
  automaticFailover: boolean;
  readonly nodeGroups: number;
  readonly clusterEnabled: boolean;
  readonly authToken: boolean;
  readonly encryptedInTransit: boolean;
  readonly encryptedAtRest: boolean;
  members: GroupMember[];
  /** True while its primary is being moved. */
  moving: boolean;
}

/** Slots of a cluster. https://valkey.io/topics/cluster-spec/ (2026-11) */
const SLOTS = 16_384;

/** The primary alone is a status of its own. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Console.html (2026-11) */
export const statusOf = ({ moving, members }: Datastore): string =>
  moving ? 'modifying' : members.length > 1 ? 'available' : 'primary-only';

/** The content of a `GlobalReplicationGroup`; members only on request. */
export const datastoreElement = (store: Datastore, showMembers: boolean): Element => ({
  GlobalReplicationGroupId: store.id,
  GlobalReplicationGroupDescription: store.description,
  Status: statusOf(store),
  CacheNodeType: store.nodeType,
  Engine: store.engine,
  EngineVersion: store.engineVersion,
  ClusterEnabled: String(store.clusterEnabled),
  AuthTokenEnabled: String(store.authToken),
  TransitEncryptionEnabled: String(store.encryptedInTransit),
  AtRestEncryptionEnabled: String(store.encryptedAtRest),
  ARN: `arn:aws:elasticache::${store.account}:globalreplicationgroup:${store.id}`,
  GlobalNodeGroups: { GlobalNodeGroup: nodeGroups(store) },
  ...(showMembers && { Members: { GlobalReplicationGroupMember: store.members.map(memberOf(store)) } }),
});

const nodeGroups = ({ id, nodeGroups: count }: Datastore): Element[] =>
  Array.from({ length: count }, (_, i) => ({
    GlobalNodeGroupId: `${id}-${String(i + 1).padStart(4, '0')}`,
    Slots: `${Math.ceil((SLOTS * i) / count)}-${Math.ceil((SLOTS * (i + 1)) / count) - 1}`,
  }));

const memberOf =
  ({ automaticFailover }: Datastore) =>
  ({ id, region, role }: GroupMember): Element => ({
    ReplicationGroupId: id,
    ReplicationGroupRegion: region,
    Role: role,
    AutomaticFailover: automaticFailover ? 'enabled' : 'disabled',
    Status: 'associated',
  });

/** What the actions work on. */
export interface DatastoreContext extends DoubleProps {
  /** By account and id. */
  readonly stores: Map<string, Datastore>;
}

/** The datastore that a call names. */
export function storeOf({ stores }: DatastoreContext, { account, parameters }: Call): Datastore {
  const id = parameters['GlobalReplicationGroupId'] ?? '';
  const store = stores.get(`${account}/${id}`);
  if (store) return store;
  throw new Refusal(
    'GlobalReplicationGroupNotFoundFault',
    `Global replication group ${id} does not exist`,
    404,
  );
}

/** An order that does not fit what stands. */
export const invalidState = (message: string) => new Refusal('InvalidGlobalReplicationGroupState', message);

/** Nothing is changed about a datastore that is being changed. */
export function assertAtRest(store: Datastore): void {
  if (store.moving) throw invalidState(`Global replication group ${store.id} is ${statusOf(store)}`);
}
