/** Nodes and addresses of a cluster against what a load needs. */
import { GIB_PER_CPU, NODE_SIZES, type NodeSize } from '../../model/node-sizes';
import { CONTROL_PLANE_INTERFACES, PREFIX_ADDRESSES, RESERVED_ADDRESSES } from '../../model/quotas';
import type { CapacityLine } from '../assessment';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { each, type Load, type Needed, totalOf } from './_load';
import { lineOf, only, resourcesOf, stackResources } from './_read';
import { launchLimitsOf, staticPoolsOf } from './_workloads';

/** A line before it is judged. */
export type Limit = Omit<CapacityLine, 'meets' | 'cluster'>;

/** Small nodes lose the largest share and need the most addresses: they are the worst case. */
const NODE = NODE_SIZES[0] as NodeSize;
const CPU_SHARE = NODE.milliCpu / (NODE.cpu * 1000);
const MEMORY_SHARE = NODE.mebibytes / (NODE.cpu * GIB_PER_CPU * 1024);

/** vCPUs of nodes that the pods of a load stand on. */
export const nodeCpus = (loads: readonly Load[]): Needed => {
  const milli = totalOf(loads, ({ milliCpu }) => milliCpu);
  return each((situation) => Math.ceil(milli[situation] / 1000 / CPU_SHARE));
};

/** What the lost zone's static nodes gave has to be launched in the others. */
const withZone = (needed: Needed, zone: number): Needed => ({ ...needed, zoneLost: needed.zoneLost + zone });

/** vCPUs, memory and static nodes. */
export function nodeLimits(cluster: RenderedCluster, loads: readonly Load[]): Limit[] {
  const pools = staticPoolsOf(cluster);
  const limits = launchLimitsOf(cluster);
  const standing = pools.reduce((sum, { nodes, size }) => sum + nodes * size.cpu, 0);
  const zone = Math.max(0, ...pools.map(({ nodes, size }) => nodes * size.cpu));
  const mebi = totalOf(loads, ({ mebibytes }) => mebibytes);
  const memory = each((situation) => Math.ceil(mebi[situation] / 1024 / MEMORY_SHARE));
  const source = `NodePools of ${cluster.name}; ${Math.round(CPU_SHARE * 100)} % of a node is for pods (model/node-sizes.ts)`;
  return [
    {
      limit: 'vCPUs of nodes',
      available: standing + limits.cpu,
      needed: withZone(nodeCpus(loads), zone),
      unit: 'vCPUs',
      source,
    },
    {
      limit: 'memory of nodes',
      available: standing * GIB_PER_CPU + limits.gibibytes,
      needed: withZone(memory, zone * GIB_PER_CPU),
      unit: 'GiB',
      source,
    },
    floorLimit(cluster, loads),
  ];
}

/** The floors of the services stand on nodes that always run. After the other region's loss the promoted ones count. */
function floorLimit(cluster: RenderedCluster, loads: readonly Load[]): Limit {
  const pools = staticPoolsOf(cluster);
  const scaled = loads.filter(({ service }) => service.scaled);
  const cpus = (pods: 'running' | 'floor') =>
    scaled.reduce((sum, { service }) => sum + (service[pods] * service.milliCpu) / 1000, 0);
  const usable = pools.map(({ nodes, size }) => (nodes * size.milliCpu) / 1000);
  return {
    limit: 'floor on static nodes',
    available: usable.reduce((sum, one) => sum + one, 0),
    needed: {
      peak: cpus('running'),
      zoneLost: cpus('running') + (cpus('running') > 0 ? Math.max(0, ...usable) : 0),
      regionLost: Math.max(cpus('running'), cpus('floor')),
    },
    unit: 'vCPUs for pods',
    source: `static NodePools of ${cluster.name}`,
  };
}

/** Pods take addresses of the VPC. With a zone lost, the nodes of the others take its share. */
export function addressLimit(
  estate: RenderedEstate,
  cluster: RenderedCluster,
  loads: readonly Load[],
): Limit {
  const { prefix } = estate.input.estate.network.tiers.application;
  const zones = Math.max(1, staticPoolsOf(cluster).length);
  const cpus = nodeCpus(loads);
  const pods = totalOf(loads, () => 1);
  const others = interfacesOf(estate, cluster);
  const inOneZone = (situation: keyof Needed) => {
    const left = situation === 'zoneLost' ? Math.max(1, zones - 1) : zones;
    const nodes = Math.ceil(cpus[situation] / NODE.cpu / left);
    const perNode = nodes === 0 ? 0 : Math.ceil(pods[situation] / left / nodes);
    const prefixes = Math.ceil(perNode / PREFIX_ADDRESSES) + 1;
    return nodes * (1 + prefixes * PREFIX_ADDRESSES) + others;
  };
  return {
    limit: 'addresses of an application subnet',
    available: 2 ** (32 - prefix) - RESERVED_ADDRESSES,
    needed: each(inOneZone),
    unit: 'addresses in each zone',
    source: lineOf(estate, 'network.tiers.application'),
  };
}

/** Worst case: every store that shares the tier has its nodes in one zone. */
function interfacesOf(estate: RenderedEstate, cluster: RenderedCluster): number {
  const endpoints = stackResources(estate, cluster.name, 'AWS::EC2::VPCEndpoint').filter(
    (one) => one['VpcEndpointType'] === 'Interface',
  ).length;
  const shared = estate.input.estate.network.tiers.data === undefined;
  return CONTROL_PLANE_INTERFACES + endpoints + (shared ? storeNodesOf(cluster) : 0);
}

/** Instances of the databases and nodes of the caches. */
export function storeNodesOf(cluster: RenderedCluster): number {
  const resources = resourcesOf(cluster);
  const caches = only(resources, 'elasticache', 'ReplicationGroup').map(
    ({ wish }) => count(wish['numNodeGroups'], 1) * (1 + count(wish['replicasPerNodeGroup'], 0)),
  );
  const dax = only(resources, 'dax', 'Cluster').map(({ wish }) => count(wish['replicationFactor'], 1));
  return [...caches, ...dax].reduce(
    (sum, one) => sum + one,
    only(resources, 'rds', 'ClusterInstance').length,
  );
}

const count = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
