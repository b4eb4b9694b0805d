/** The services of a cluster as they were rendered: pods, requests, and the nodes that always run. */
import { NODE_SIZES, type NodeSize } from '../../model/node-sizes';
import type { KubeObject, RenderedCluster } from '../rendered';
import { type Fields, appliedOf, at, listAt, numberAt, planOf, textAt } from './_read';

/** One Deployment of a cluster. */
export interface RenderedService {
  readonly name: string;
  readonly team: string;
  /** Pods that run with no load. */
  readonly running: number;
  readonly max: number;
  /** Pods it must have once its region has taken over. */
  readonly floor: number;
  readonly milliCpu: number;
  readonly mebibytes: number;
  /** Behind the region's load balancer. */
  readonly published: boolean;
  /** Secrets that its environment comes from, for example `orders-connection`. */
  readonly secrets: readonly string[];
  /** False: part of the platform, never scaled. */
  readonly scaled: boolean;
}

/** Every Deployment of a cluster. */
export function servicesOf(cluster: RenderedCluster): RenderedService[] {
  const scalers = byTarget(appliedOf(cluster, 'HorizontalPodAutoscaler'), 'scaleTargetRef');
  const bindings = byTarget(appliedOf(cluster, 'TargetGroupBinding'), 'serviceRef');
  const floors = new Map(
    planOf(cluster).floors.map(({ namespace, service, min }) => [keyOf(namespace, service), min]),
  );
  return appliedOf(cluster, 'Deployment').map((deployment) => {
    const { name = '', namespace = '' } = deployment.metadata;
    const key = keyOf(namespace, name);
    const scaler = scalers.get(key);
    const running = numberAt(deployment, 'spec', 'replicas') ?? numberAt(scaler, 'spec', 'minReplicas') ?? 1;
    return {
      name,
      team: namespace,
      running,
      max: numberAt(scaler, 'spec', 'maxReplicas') ?? running,
      floor: floors.get(key) ?? running,
      ...requestsOf(deployment),
      published: bindings.has(key),
      secrets: secretsOf(deployment),
      scaled: scaler !== undefined,
    };
  });
}

const keyOf = (namespace: unknown, name: unknown) => `${namespace}/${name}`;

/** Objects by the namespace and name of what their reference leads to; of several the last. */
const byTarget = (objects: readonly KubeObject[], reference: string) =>
  new Map(
    objects.map((one) => [keyOf(one.metadata.namespace, at(one, 'spec', reference, 'name')), one] as const),
  );

const containersOf = (deployment: unknown) => listAt(deployment, 'spec', 'template', 'spec', 'containers');

const requestsOf = (deployment: unknown) => ({
  milliCpu: total(deployment, (container) => cpuOf(textAt(container, 'resources', 'requests', 'cpu'))),
  mebibytes: total(deployment, (container) => memoryOf(textAt(container, 'resources', 'requests', 'memory'))),
});

const total = (deployment: unknown, of: (container: Fields) => number) =>
  containersOf(deployment).reduce((sum, container) => sum + of(container), 0);

/** Thousandths of a CPU in `500m` or `2`. */
export const cpuOf = (quantity = '0'): number =>
  quantity.endsWith('m') ? Number.parseInt(quantity, 10) : Number(quantity) * 1000;

/** MiB in `512Mi` or `1Gi`. */
export const memoryOf = (quantity = '0'): number =>
  Number.parseFloat(quantity) * (quantity.endsWith('Gi') ? 1024 : 1);

const secretsOf = (deployment: unknown): string[] =>
  containersOf(deployment).flatMap((container) => [
    ...listAt(container, 'envFrom').map((source) => textAt(source, 'secretRef', 'name') ?? ''),
    ...listAt(container, 'env').map((one) => textAt(one, 'valueFrom', 'secretKeyRef', 'name') ?? ''),
  ]);

/** A NodePool of nodes that always run in one zone. */
export interface StaticPool {
  readonly zone: string;
  readonly nodes: number;
  readonly size: NodeSize;
  /** May stand on reserved capacity. */
  readonly reservable: boolean;
}

/** The static NodePools of a cluster. */
export const staticPoolsOf = (cluster: RenderedCluster): StaticPool[] =>
  appliedOf(cluster, 'NodePool').flatMap((pool) => {
    const nodes = numberAt(pool, 'spec', 'replicas');
    if (nodes === undefined) return [];
    const cpus = valuesOf(pool, 'eks.amazonaws.com/instance-cpu').map(Number);
    return [
      {
        zone: valuesOf(pool, 'topology.kubernetes.io/zone')[0] ?? '',
        nodes,
        size: sizeOf(Math.min(...cpus)),
        reservable: valuesOf(pool, 'karpenter.sh/capacity-type').includes('reserved'),
      },
    ];
  });

const valuesOf = (pool: unknown, key: string): readonly string[] =>
  (listAt(pool, 'spec', 'template', 'spec', 'requirements').find((one) => one['key'] === key)?.['values'] as
    string[] | undefined) ?? [];

/** The size of a node with so many vCPUs; another size loses as much as the smallest. */
export function sizeOf(cpu: number): NodeSize {
  const known = NODE_SIZES.find((size) => size.cpu === cpu);
  if (known) return known;
  const smallest = NODE_SIZES[0] as NodeSize;
  const share = Number.isFinite(cpu) ? cpu / smallest.cpu : 0;
  return {
    cpu: smallest.cpu * share,
    milliCpu: smallest.milliCpu * share,
    mebibytes: smallest.mebibytes * share,
    pods: smallest.pods,
  };
}

/** Most that the pools of nodes on demand may launch: vCPUs and GiB. */
export function launchLimitsOf(cluster: RenderedCluster): {
  readonly cpu: number;
  readonly gibibytes: number;
} {
  const pools = appliedOf(cluster, 'NodePool').filter(
    (pool) =>
      numberAt(pool, 'spec', 'replicas') === undefined &&
      valuesOf(pool, 'karpenter.sh/capacity-type').includes('on-demand'),
  );
  return {
    cpu: pools.reduce((sum, pool) => sum + (numberAt(pool, 'spec', 'limits', 'cpu') ?? 0), 0),
    gibibytes: pools.reduce(
      (sum, pool) => sum + memoryOf(textAt(pool, 'spec', 'limits', 'memory')) / 1024,
      0,
    ),
  };
}

/** How many pods of a request fit on the static nodes, each node filled by itself. */
export const roomFor = (
  pods: readonly { milliCpu: number; mebibytes: number }[],
  pools: readonly StaticPool[],
) => {
  const nodes = pools.flatMap(({ nodes: count, size }) =>
    Array.from({ length: count }, () => ({ cpu: size.milliCpu, memory: size.mebibytes, pods: size.pods })),
  );
  for (const pod of pods.toSorted((a, b) => b.milliCpu - a.milliCpu)) {
    const node = nodes.find((one) => one.cpu >= pod.milliCpu && one.memory >= pod.mebibytes && one.pods > 0);
    if (!node) return false;
    node.cpu -= pod.milliCpu;
    node.memory -= pod.mebibytes;
    node.pods -= 1;
  }
  return true;
};
