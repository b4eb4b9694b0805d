/** An Aurora Global Database as a store. */
import {
  AddTagsToResourceCommand,
  type DBCluster,
  DescribeDBClustersCommand,
  DescribeGlobalClustersCommand,
  FailoverGlobalClusterCommand,
  type GlobalCluster,
  ListTagsForResourceCommand,
  SwitchoverGlobalClusterCommand,
} from '@aws-sdk/client-rds';
import type { Store } from '../../spec/flip';
import type { Fence, StorePort, StoreView } from '../promote/ports';
import type { RegionClients } from './clients';
import { fenceOf, tagsOf } from './fence-tags';
import { type LagMetric, lagsOf } from './lag';

/** The calls for Aurora. `clients` gives a region's own endpoints. */
export function aurora(
  clients: (region: string) => RegionClients,
  account: string,
  now: () => number,
): StorePort {
  const lagOf = lagsOf(now);
  const arnOf = (store: Store, region: string) =>
    `arn:aws:rds:${region}:${account}:cluster:${store.members[region]}`;
  const globalOf = async (store: Store, region: string) => {
    const command = new DescribeGlobalClustersCommand({ GlobalClusterIdentifier: store.globalId });
    return theOne((await clients(region).rds.send(command)).GlobalClusters, store.globalId);
  };
  const memberOf = async (store: Store, region: string) => {
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: store.members[region] });
    return theOne((await clients(region).rds.send(command)).DBClusters, store.members[region] ?? '');
  };
  return {
    view: async (store, region) => {
      const [global, own, lag] = await Promise.all([
        globalOf(store, region),
        memberOf(store, region),
        lagOf(clients(region).cloudwatch, metricOf(store, region)),
      ]);
      return viewOf(global, own, region, lag);
    },
    fence: async (store, region) => {
      const command = new ListTagsForResourceCommand({ ResourceName: arnOf(store, region) });
      return fenceOf((await clients(region).rds.send(command)).TagList);
    },
    mark: async (store, region, fence: Partial<Fence>) => {
      const command = new AddTagsToResourceCommand({
        ResourceName: arnOf(store, region),
        Tags: tagsOf(fence),
      });
      await clients(region).rds.send(command);
    },
    // AWS carries a switchover out from the writer's region, and a failover from the target's.
    switchover: async (store, to) => {
      const from = writerOf(await globalOf(store, to)) ?? to;
      const target = { GlobalClusterIdentifier: store.globalId, TargetDbClusterIdentifier: arnOf(store, to) };
      await clients(from).rds.send(new SwitchoverGlobalClusterCommand(target));
    },
    failover: async (store, to) => {
      const target = { GlobalClusterIdentifier: store.globalId, TargetDbClusterIdentifier: arnOf(store, to) };
      await clients(to).rds.send(new FailoverGlobalClusterCommand({ ...target, AllowDataLoss: true }));
    },
  };
}

/**
 * Milliseconds. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html (2026-11)
 *
 * Alarms in the wild name the cluster; a lab of AWS finds it under the source region alone, as the largest of all
 * clusters that follow that region.
 */
const metricOf = (store: Store, region: string): LagMetric => {
  const DBClusterIdentifier = store.members[region] ?? '';
  const SourceRegion = Object.keys(store.members).find((other) => other !== region) ?? '';
  return {
    namespace: 'AWS/RDS',
    name: 'AuroraGlobalDBReplicationLag',
    dimensions: [{ DBClusterIdentifier }, { DBClusterIdentifier, SourceRegion }, { SourceRegion }],
    unitSeconds: 0.001,
  };
};

function theOne<T>(found: readonly T[] | undefined, name: string): T {
  const [one] = found ?? [];
  if (!one) throw new Error(`Cannot find "${name}": AWS lists none, expected one`);
  return one;
}

/** `arn:aws:rds:<region>:…` */
const regionOf = (arn: string | undefined) => arn?.split(':')[3] ?? '';

const writerOf = ({ GlobalClusterMembers = [] }: GlobalCluster) => {
  const writer = GlobalClusterMembers.find(({ IsWriter }) => IsWriter);
  return writer && regionOf(writer.DBClusterArn);
};

/** `own` is asked at its own endpoint; of the other member only its synchronization is known here. */
function viewOf(global: GlobalCluster, own: DBCluster, region: string, lag: number | undefined): StoreView {
  const writer = writerOf(global);
  const members = (global.GlobalClusterMembers ?? []).map((member) => {
    const mine = regionOf(member.DBClusterArn) === region;
    return {
      region: regionOf(member.DBClusterArn),
      available: mine ? takesOver(own) : member.SynchronizationStatus !== 'pending-resync',
      version: (mine ? own.EngineVersion : global.EngineVersion) ?? '',
      lagSeconds: member.IsWriter ? 0 : mine ? lag : undefined,
    };
  });
  return { writer, moving: Boolean(global.FailoverState?.Status), members };
}

/** A cluster serves while its daily backup is taken. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html (2026-11) */
const SERVING: ReadonlySet<string | undefined> = new Set(['available', 'backing-up']);

/** A cluster without an instance cannot be promoted. */
const takesOver = ({ Status, DBClusterMembers = [] }: DBCluster) =>
  SERVING.has(Status) && DBClusterMembers.length > 0;
