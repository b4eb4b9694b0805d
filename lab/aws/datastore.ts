/**
 * Test double: ElastiCache Global Datastore, which ministack lacks. The replication groups, and their tags, are
 * ministack's; a global datastore itself has no tags in AWS either. State is in memory.
 *
 * Shapes and errors: API_CreateGlobalReplicationGroup and its neighbours below
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/ (2026-11).
 */
import { create } from './_datastore-birth';
import {
  assertAtRest,
  type Datastore,
  type DatastoreContext,
  datastoreElement,
  type GroupMember,
  invalidState,
  storeOf,
} from './_datastore-groups';
import { completeGroup, deleteGroup, join } from './_datastore-members';
import type { Call } from './call';
import type { Double, DoubleProps } from './double';
import { answer, Refusal, type Reply } from './reply';
import { buildXml } from './xml';

type Action = (context: DatastoreContext, call: Call) => Promise<Reply>;

/** The double. */
export function datastoreOf(props: DoubleProps): Double {
  const context: DatastoreContext = { ...props, stores: new Map() };
  return {
    answer: (call) => {
      const action = call.service === 'elasticache' ? actionOf(call) : undefined;
      return action?.(context, call);
    },
  };
}

/** A group that names no global datastore is ministack's alone. */
function actionOf({ action, parameters }: Call): Action | undefined {
  if (action === 'CreateReplicationGroup' && !parameters['GlobalReplicationGroupId']) return completeGroup;
  return ACTIONS[action];
}

const told = (call: Call, store: Datastore): Reply =>
  answer(call, buildXml({ GlobalReplicationGroup: datastoreElement(store, true) }));

const describe: Action = async (context, call) => {
  const { GlobalReplicationGroupId: id, ShowMemberInfo: members } = call.parameters;
  const own = [...context.stores.values()].filter(({ account }) => account === call.account);
  const found = id ? [storeOf(context, call)] : own;
  const elements = found.map((store) => datastoreElement(store, members === 'true'));
  return answer(call, buildXml({ GlobalReplicationGroups: { GlobalReplicationGroup: elements } }));
};

const failover: Action = async (context, call) => {
  const store = storeOf(context, call);
  const { PrimaryRegion: region, PrimaryReplicationGroupId: group } = call.parameters;
  const to = store.members.find((one) => one.region === region && one.id === group);
  const from = store.members.find(({ role }) => role === 'PRIMARY');
  assertAtRest(store);
  if (!to || !from)
    throw new Refusal('InvalidParameterValue', `${store.id} has no member ${group} in ${region}`);
  if (to === from) throw new Refusal('InvalidParameterValue', `${to.id} is the primary of ${store.id}`);
  store.moving = true;
  void moveTo(context, store, from, to);
  return told(call, store);
};

async function moveTo(
  { mover }: DatastoreContext,
  store: Datastore,
  from: GroupMember,
  to: GroupMember,
): Promise<void> {
  await mover.carryOut({
    what: `global datastore ${store.id}`,
    mode: 'failover',
    from: from.region,
    to: to.region,
    finish: async () => {
      from.role = 'SECONDARY';
      to.role = 'PRIMARY';
    },
  });
  store.moving = false;
}

const modify: Action = async (context, call) => {
  const store = storeOf(context, call);
  assertAtRest(store);
  const { parameters } = call;
  store.description = parameters['GlobalReplicationGroupDescription'] ?? store.description;
  store.nodeType = parameters['CacheNodeType'] ?? store.nodeType;
  store.engine = parameters['Engine'] ?? store.engine;
  store.engineVersion = parameters['EngineVersion'] ?? store.engineVersion;
  const failovers = parameters['AutomaticFailoverEnabled'];
  if (failovers) store.automaticFailover = failovers === 'true';
  return told(call, store);
};

const disassociate: Action = async (context, call) => {
  const store = storeOf(context, call);
  const { ReplicationGroupId: id, ReplicationGroupRegion: region } = call.parameters;
  const member = store.members.find((one) => one.id === id && one.region === region);
  assertAtRest(store);
  if (!member) throw new Refusal('InvalidParameterValue', `${store.id} has no member ${id} in ${region}`);
  if (member.role === 'PRIMARY') throw invalidState(`${id} is the primary of ${store.id}`);
  store.members = store.members.filter((one) => one !== member);
  return told(call, store);
};

/** The primary group is kept or not; a datastore with secondaries stays. */
const remove: Action = async (context, call) => {
  const store = storeOf(context, call);
  assertAtRest(store);
  if (store.members.length > 1) throw invalidState(`${store.id} has secondary members`);
  const [primary] = store.members;
  context.stores.delete(`${store.account}/${store.id}`);
  if (call.parameters['RetainPrimaryReplicationGroup'] !== 'true' && primary)
    await context.upstream.ask({
      service: 'elasticache',
      action: 'DeleteReplicationGroup',
      region: primary.region,
      account: call.account,
      parameters: { ReplicationGroupId: primary.id },
    });
  return told(call, store);
};

const ACTIONS: Readonly<Record<string, Action>> = {
  CreateGlobalReplicationGroup: create,
  DescribeGlobalReplicationGroups: describe,
  FailoverGlobalReplicationGroup: failover,
  ModifyGlobalReplicationGroup: modify,
  DisassociateGlobalReplicationGroup: disassociate,
  DeleteGlobalReplicationGroup: remove,
  CreateReplicationGroup: join,
  DeleteReplicationGroup: deleteGroup,
  DescribeReplicationGroups: completeGroup,
  ModifyReplicationGroup: completeGroup,
};
