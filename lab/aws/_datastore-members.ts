/** Replication groups as members of a global datastore: how they join, what they say of it, that they stay. */
import {
  assertAtRest,
  type Datastore,
  type DatastoreContext,
  type GroupMember,
  invalidState,
  storeOf,
} from './_datastore-groups';
import type { Call } from './call';
import { Refusal, type Reply } from './reply';
import { buildXml, type Element, elementsWith, parseXml, textIn } from './xml';

/**
 * What the datastore decides for those that join; naming it again is refused.
 * https://github.com/hashicorp/terraform-provider-aws/issues/24854 (2026-11)
 */
const INHERITED = [
  'AtRestEncryptionEnabled',
  'AuthToken',
  'CacheNodeType',
  'CacheParameterGroupName',
  'Engine',
  'EngineVersion',
  'NumNodeGroups',
  'Port',
  'TransitEncryptionEnabled',
];

/** `CreateReplicationGroup` that names a global datastore. */
export async function join(context: DatastoreContext, call: Call): Promise<Reply> {
  const store = storeOf(context, call);
  const { region, parameters } = call;
  assertAtRest(store);
  const said = INHERITED.filter((name) => parameters[name] !== undefined);
  if (said.length > 0)
    throw new Refusal(
      'InvalidParameterCombination',
      `${said.join(', ')} cannot be given with a GlobalReplicationGroupId`,
    );
  if (store.members.some((member) => member.region === region))
    throw invalidState(`${store.id} has a member in ${region}`);
  const reply = await context.upstream.forward(inheriting(call, store));
  if (reply.status >= 300) return reply;
  const id = parameters['ReplicationGroupId'] ?? '';
  store.members = [...store.members, { id, region, role: 'SECONDARY' }];
  return completed(context, call, reply);
}

/** ministack makes a group that is like the others; the AUTH token is not known here, and only said to be there. */
function inheriting(call: Call, store: Datastore): Call {
  const form = new URLSearchParams({
    ...call.parameters,
    Engine: store.engine,
    EngineVersion: store.engineVersion,
    CacheNodeType: store.nodeType,
    NumNodeGroups: String(store.nodeGroups),
    TransitEncryptionEnabled: String(store.encryptedInTransit),
    AtRestEncryptionEnabled: String(store.encryptedAtRest),
    AutomaticFailoverEnabled: 'true',
    ...(store.clusterEnabled && { ClusterMode: 'enabled' }),
  });
  return { ...call, request: { ...call.request, body: Buffer.from(form.toString()) } };
}

/** An answer about replication groups, with what ministack leaves out. */
export async function completeGroup(context: DatastoreContext, call: Call): Promise<Reply> {
  return completed(context, call, await context.upstream.forward(call));
}

/** `DeleteReplicationGroup`: a member stays until it is disassociated. */
export async function deleteGroup(context: DatastoreContext, call: Call): Promise<Reply> {
  const id = call.parameters['ReplicationGroupId'] ?? '';
  if (membership(context, call, id))
    throw new Refusal('InvalidReplicationGroupState', `${id} is a member of a global replication group`);
  return context.upstream.forward(call);
}

function completed(context: DatastoreContext, call: Call, reply: Reply): Reply {
  if (reply.status >= 300) return reply;
  const document = parseXml(reply.body);
  for (const group of elementsWith(document, 'MemberClusters')) {
    const found = membership(context, call, textIn(group, 'ReplicationGroupId'));
    if (found) complete(group, ...found);
  }
  return { ...reply, body: Buffer.from(buildXml(document)) };
}

function complete(group: Element, store: Datastore, { role }: GroupMember): void {
  group['AuthTokenEnabled'] = String(store.authToken);
  group['GlobalReplicationGroupInfo'] = {
    GlobalReplicationGroupId: store.id,
    GlobalReplicationGroupMemberRole: role,
  };
}

function membership(
  { stores }: DatastoreContext,
  { account, region }: Call,
  id: string,
): readonly [Datastore, GroupMember] | undefined {
  for (const store of stores.values()) {
    const member = store.members.find((one) => one.id === id && one.region === region);
    if (member && store.account === account) return [store, member];
  }
  return undefined;
}
