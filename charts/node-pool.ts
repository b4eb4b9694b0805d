/** The node pools of a cluster: nodes that always run, nodes on demand, and spot nodes. */
import type { NodePoolProps, NodePoolSpecTemplateSpecRequirements } from '../imports/karpenter';
import type { PoolLimits, StaticNodes } from '../model/capacity';
import { NODE_SIZES } from '../model/node-sizes';
import { CAPACITY_TYPE, SPOT_TAINT } from './scheduling';

/** Name of the NodeClass that all pools use. */
export const NODE_CLASS = 'application';

/**
 * Hours a node lives before it is replaced by a patched one, and hours its pods then get to leave: together at most
 * the 21 days that Auto Mode allows. https://docs.aws.amazon.com/eks/latest/userguide/automode-learn-instances.html (2026-11)
 */
const LIFE = 480;
const LEAVING = 24;

/** A tenth at a time. While people work, nodes stay unless they are empty or little used. */
const BUDGETS = [
  { nodes: '10%' },
  { nodes: '0', schedule: '0 7 * * mon-fri', duration: '14h', reasons: ['Drifted'] },
];

/** What the pools of a cluster have in common. */
export interface PoolProps {
  /** Labels of its nodes. */
  readonly labels: Readonly<Record<string, string>>;
}

const within = (key: string, values: readonly string[]): NodePoolSpecTemplateSpecRequirements => ({
  key,
  operator: 'In',
  values: [...values],
});

const SHAPE = [
  within('kubernetes.io/arch', ['amd64']),
  within('kubernetes.io/os', ['linux']),
  { key: 'eks.amazonaws.com/instance-generation', operator: 'Gt', values: ['4'] },
];

/** Nodes that run in one zone whatever the load: what a failover stands on. */
export interface StaticPoolProps extends PoolProps {
  readonly zone: string;
  /** 0 for the first zone; each further one replaces its nodes a day earlier, so that they do not all go at once. */
  readonly index: number;
  readonly nodes: StaticNodes;
}

/** The static pool of a zone. One node more than it has may exist while one is replaced. */
export const staticPool = ({ zone, index, nodes, labels }: StaticPoolProps): NodePoolProps => ({
  metadata: { name: `static-${zone}` },
  spec: {
    replicas: nodes.perZone,
    limits: { nodes: String(nodes.perZone + 1) },
    disruption: {
      consolidationPolicy: 'WhenEmpty',
      consolidateAfter: 'Never',
      budgets: [{ ...BUDGETS[0], nodes: '1' }, ...BUDGETS.slice(1)],
    },
    template: template(labels, LIFE - index * 24, [
      within(CAPACITY_TYPE, ['on-demand', 'reserved']),
      within('topology.kubernetes.io/zone', [zone]),
      within('eks.amazonaws.com/instance-category', ['m']),
      within('eks.amazonaws.com/instance-cpu', [String(nodes.cpu)]),
    ]),
  },
});

/** Nodes that follow the pods. */
export interface DynamicPoolProps extends PoolProps {
  readonly capacity: 'on-demand' | 'spot';
  readonly zones: readonly string[];
  readonly limits: PoolLimits;
  /** Instance families, for example `c`, `m` and `r`. */
  readonly categories: readonly string[];
}

/** A pool that follows the pods, within its limits. Spot nodes are tried first, by those that tolerate them. */
export const dynamicPool = (props: DynamicPoolProps): NodePoolProps => ({
  metadata: { name: props.capacity },
  spec: {
    weight: props.capacity === 'spot' ? 50 : 10,
    limits: { cpu: String(props.limits.cpu), memory: `${props.limits.gibibytes}Gi` },
    disruption: {
      consolidationPolicy: 'WhenEmptyOrUnderutilized',
      consolidateAfter: '5m',
      budgets: BUDGETS,
    },
    template: template(
      props.labels,
      LIFE,
      [
        within(CAPACITY_TYPE, [props.capacity]),
        within('topology.kubernetes.io/zone', props.zones),
        within('eks.amazonaws.com/instance-category', props.categories),
        within('eks.amazonaws.com/instance-cpu', CPUS),
      ],
      props.capacity === 'spot' ? [SPOT_TAINT] : [],
    ),
  },
});

const CPUS = ['2', ...NODE_SIZES.map(({ cpu }) => String(cpu))];

const template = (
  labels: Readonly<Record<string, string>>,
  hours: number,
  requirements: readonly NodePoolSpecTemplateSpecRequirements[],
  taints: readonly (typeof SPOT_TAINT)[] = [],
): NodePoolProps['spec']['template'] => ({
  metadata: { labels: { ...labels } },
  spec: {
    nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: NODE_CLASS },
    expireAfter: `${hours}h`,
    terminationGracePeriod: `${LEAVING}h`,
    requirements: [...SHAPE, ...requirements],
    ...(taints.length > 0 && { taints: [...taints] }),
  },
});
