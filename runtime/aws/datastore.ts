/** An ElastiCache Global Datastore as a store. AWS has one call for both kinds of move, and never moves by itself. */
import {
  AddTagsToResourceCommand,
  DescribeGlobalReplicationGroupsCommand,
  FailoverGlobalReplicationGroupCommand,
  type GlobalReplicationGroup,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-elasticache';
import type { Store } from '../../spec/flip';
import type { StorePort, StoreView } from '../promote/ports';
import type { RegionClients } from './clients';
import { fenceOf, tagsOf } from './fence-tags';
import { type LagMetric, lagsOf } from './lag';

/** The calls for a Global Datastore. `clients` gives a region's own endpoints. */
export function datastore(
  clients: (region: string) => RegionClients,
  account: string,
  now: () => number,
): StorePort {
  const lagOf = lagsOf(now);
  const arnOf = (store: Store, region: string) =>
    `arn:aws:elasticache:${region}:${account}:replicationgroup:${store.members[region]}`;
  const promote = async (store: Store, to: string) => {
    const command = new FailoverGlobalReplicationGroupCommand({
      GlobalReplicationGroupId: store.globalId,
      PrimaryRegion: to,
      PrimaryReplicationGroupId: store.members[to],
    });
    await clients(to).elasticache.send(command);
  };
  return {
    view: async (store, region) => {
      const command = new DescribeGlobalReplicationGroupsCommand({
        GlobalReplicationGroupId: store.globalId,
        ShowMemberInfo: true,
      });
      const [answer, lag] = await Promise.all([
        clients(region).elasticache.send(command),
        lagOf(clients(region).cloudwatch, metricOf(store, region)),
      ]);
      const [group] = answer.GlobalReplicationGroups ?? [];
      if (!group) throw new Error(`Cannot find "${store.globalId}": AWS lists none, expected one`);
      return viewOf(group, region, lag);
    },
    fence: async (store, region) => {
      const command = new ListTagsForResourceCommand({ ResourceName: arnOf(store, region) });
      return fenceOf((await clients(region).elasticache.send(command)).TagList);
    },
    mark: async (store, region, fence) => {
      const command = new AddTagsToResourceCommand({
        ResourceName: arnOf(store, region),
        Tags: tagsOf(fence),
      });
      await clients(region).elasticache.send(command);
    },
    switchover: promote,
    failover: promote,
  };
}

/** Seconds. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html (2026-11) */
const metricOf = (store: Store, region: string): LagMetric => {
  const group = store.members[region] ?? '';
  return {
    namespace: 'AWS/ElastiCache',
    name: 'GlobalDatastoreReplicationLag',
    dimensions: [
      { ReplicationGroupId: group },
      { GlobalReplicationGroupId: store.globalId },
      { CacheClusterId: `${group}-001` },
      { CacheClusterId: `${group}-001`, CacheNodeId: '0001' },
    ],
    unitSeconds: 1,
  };
};

function viewOf(group: GlobalReplicationGroup, region: string, lag: number | undefined): StoreView {
  const members = (group.Members ?? []).map((member) => ({
    region: member.ReplicationGroupRegion ?? '',
    available: member.Status === 'associated' || member.Status === 'available',
    version: group.EngineVersion ?? '',
    lagSeconds: member.Role === 'PRIMARY' ? 0 : member.ReplicationGroupRegion === region ? lag : undefined,
  }));
  const primary = group.Members?.find(({ Role }) => Role === 'PRIMARY');
  return { writer: primary?.ReplicationGroupRegion, moving: group.Status === 'modifying', members };
}
