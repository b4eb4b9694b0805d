/** Creates a global datastore from a replication group that stands in ministack. */
import { type Datastore, type DatastoreContext, datastoreElement } from './_datastore-groups';
import type { Call } from './call';
import { answer, Refusal, type Reply } from './reply';
import { buildXml, type Element, listIn, textIn } from './xml';

/**
 * AWS puts five letters of the region before the suffix. Only those of the regions we use are known:
 * `elasticache.globalPrefix` in `estates/<name>/facts/`.
 */
const PREFIXES: Readonly<Record<string, string>> = {
  'us-east-1': 'ldgnf',
  'us-west-2': 'sgaui',
  'eu-west-1': 'lgnrf',
};

/** `CreateGlobalReplicationGroup`, called in the region of the first primary. */
export async function create(context: DatastoreContext, call: Call): Promise<Reply> {
  const { region, account, parameters } = call;
  const prefix = PREFIXES[region];
  if (!prefix) throw new Refusal('InvalidParameterValue', `the lab knows no prefix of ${region}`);
  const id = `${prefix}-${parameters['GlobalReplicationGroupIdSuffix']}`;
  if (context.stores.has(`${account}/${id}`))
    throw new Refusal('GlobalReplicationGroupAlreadyExistsFault', `Global replication group ${id} exists`);
  const groupId = parameters['PrimaryReplicationGroupId'] ?? '';
  const group = await groupOf(context, call, groupId);
  assertFree(context, call, group);
  const version = await versionOf(context, call, group);
  const store = born(id, call, group, version);
  context.stores.set(`${account}/${id}`, store);
  return answer(call, buildXml({ GlobalReplicationGroup: datastoreElement(store, true) }));
}

async function groupOf({ upstream }: DatastoreContext, call: Call, id: string): Promise<Element> {
  const { region, account } = call;
  const found = await upstream.ask({
    service: 'elasticache',
    action: 'DescribeReplicationGroups',
    region,
    account,
    parameters: { ReplicationGroupId: id },
  });
  return listIn(found, 'ReplicationGroups', 'ReplicationGroup')[0] ?? {};
}

/** AWS takes only a group that is at rest, belongs to no other datastore and fails over by itself. */
function assertFree({ stores }: DatastoreContext, { region }: Call, group: Element): void {
  const id = textIn(group, 'ReplicationGroupId');
  const taken = [...stores.values()].some(({ members }) =>
    members.some((one) => one.id === id && one.region === region),
  );
  if (taken || textIn(group, 'Status') !== 'available')
    throw new Refusal('InvalidReplicationGroupState', `Replication group ${id} is not available`);
  if (textIn(group, 'AutomaticFailover') !== 'enabled')
    throw new Refusal('InvalidParameterValue', `Replication group ${id} has no automatic failover`);
}

/** ministack tells the version of the nodes, and not of their group. */
async function versionOf({ upstream }: DatastoreContext, { region, account }: Call, group: Element) {
  const clusters = group['MemberClusters'] as Element | undefined;
  const [first] = [clusters?.['ClusterId'] ?? []].flat();
  const found = await upstream.ask({
    service: 'elasticache',
    action: 'DescribeCacheClusters',
    region,
    account,
    parameters: { CacheClusterId: String(first) },
  });
  return textIn(listIn(found, 'CacheClusters', 'CacheCluster')[0] ?? {}, 'EngineVersion');
}

const born = (
  id: string,
  { account, region, parameters }: Call,
  group: Element,
  version: string,
): Datastore => ({
  id,
  account,
  description: parameters['GlobalReplicationGroupDescription'] ?? '',
  engine: textIn(group, 'Engine'),
  engineVersion: version,
  nodeType: textIn(group, 'CacheNodeType'),
  automaticFailover: true,
  nodeGroups: listIn(group, 'NodeGroups', 'NodeGroup').length,
  clusterEnabled: textIn(group, 'ClusterMode') === 'enabled',
  authToken: textIn(group, 'AuthTokenEnabled') === 'true',
  encryptedInTransit: textIn(group, 'TransitEncryptionEnabled') === 'true',
  encryptedAtRest: textIn(group, 'AtRestEncryptionEnabled') === 'true',
  members: [{ id: textIn(group, 'ReplicationGroupId'), region, role: 'PRIMARY' }],
  moving: false,
});
