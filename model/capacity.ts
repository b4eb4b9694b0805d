/** How much the workloads of a cluster need: for quotas, for limits of node pools and for static nodes. */
import { surged } from './bounds';
import type { Cluster } from './clusters';
import { GIB_PER_CPU, NODE_SIZES, type NodeSize } from './node-sizes';
import type { Workload } from './workload';

/** CPU, memory and pods. */
export interface Amount {
  readonly milliCpu: number;
  readonly mebibytes: number;
  readonly pods: number;
}

/** What the workloads request at their peak, while all of them roll out a new version. */
export function peakOf(workloads: readonly Workload[]): Amount {
  return workloads.map((one) => times(one, surged(one.bounds))).reduce(sum, NOTHING);
}

const NOTHING: Amount = { milliCpu: 0, mebibytes: 0, pods: 0 };

const times = ({ milliCpu, mebibytes }: Workload, pods: number): Amount => ({
  milliCpu: milliCpu * pods,
  mebibytes: mebibytes * pods,
  pods,
});

const sum = (a: Amount, b: Amount): Amount => ({
  milliCpu: a.milliCpu + b.milliCpu,
  mebibytes: a.mebibytes + b.mebibytes,
  pods: a.pods + b.pods,
});

/** Most a node pool may launch. */
export interface PoolLimits {
  readonly cpu: number;
  readonly gibibytes: number;
}

/**
 * Limits under which the peak fits for sure: a quarter of each node for the kubelet, collectors and gaps, one more
 * node in each zone, and memory of general-purpose nodes even where the pods use less.
 */
export function poolLimits(workloads: readonly Workload[], { zones }: Pick<Cluster, 'zones'>): PoolLimits {
  const { milliCpu, mebibytes } = peakOf(workloads);
  const gibibytes = mebibytes / 1024;
  const spare = zones.length * (NODE_SIZES.at(0)?.cpu ?? 0);
  const cpu = Math.ceil(Math.max(milliCpu / 1000, gibibytes / GIB_PER_CPU) / 0.75) + spare;
  return { cpu, gibibytes: Math.max(Math.ceil(gibibytes / 0.75), cpu * GIB_PER_CPU) };
}

/** The nodes that always run in each zone. */
export interface StaticNodes {
  /** vCPUs of each. */
  readonly cpu: number;
  readonly perZone: number;
}

/**
 * The nodes that the floors of the critical services stand on, so that no node has to start before traffic can move.
 * With one zone lost, those of the other zones carry all of them. Only prod has any.
 */
export function staticNodes(workloads: readonly Workload[], cluster: Cluster): StaticNodes {
  const size = sizeFor(workloads);
  if (cluster.environment !== 'prod') return { cpu: size.cpu, perZone: 0 };
  return { cpu: size.cpu, perZone: packed(podsPerZone(workloads, cluster.zones.length), size) };
}

/** The smallest size in which even the largest pod fits. */
function sizeFor(workloads: readonly Workload[]): NodeSize {
  const size = NODE_SIZES.find((one) => workloads.every((workload) => fits(times(workload, 1), one)));
  if (size) return size;
  const largest = NODE_SIZES.at(-1)?.cpu;
  throw new Error(
    `Cannot place every pod: one is larger than a node of ${largest} vCPUs, expected it to fit`,
  );
}

const fits = (amount: Amount, size: NodeSize) =>
  amount.milliCpu <= size.milliCpu && amount.mebibytes <= size.mebibytes && amount.pods <= size.pods;

function podsPerZone(workloads: readonly Workload[], zones: number): Amount[] {
  const surviving = Math.max(1, zones - 1);
  return workloads
    .filter(({ service }) => service.critical)
    .flatMap((one) => Array.from({ length: Math.ceil(one.bounds.min / surviving) }, () => times(one, 1)));
}

/** Nodes after placing the largest pods first, each on the first node with room. */
function packed(pods: readonly Amount[], size: NodeSize): number {
  const share = ({ milliCpu, mebibytes }: Amount) =>
    Math.max(milliCpu / size.milliCpu, mebibytes / size.mebibytes);
  const nodes: Amount[] = [];
  for (const pod of pods.toSorted((a, b) => share(b) - share(a))) {
    const first = nodes.findIndex((node) => fits(sum(node, pod), size));
    const place = first < 0 ? nodes.length : first;
    nodes[place] = sum(nodes[place] ?? NOTHING, pod);
  }
  return nodes.length;
}
