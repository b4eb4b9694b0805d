/** Where the pods of a service may run: over the zones, over the nodes, and on which kind of capacity. */
import type { Cluster } from '../model/clusters';
import { selectorOf } from '../model/labels';
import type { Workload } from '../model/workload';

/** Label that Karpenter gives to nodes: `on-demand`, `reserved` or `spot`. */
export const CAPACITY_TYPE = 'karpenter.sh/capacity-type';

/** Taint of spot nodes; only services that may be interrupted tolerate it. */
export const SPOT_TAINT = { key: 'flipside.dev/spot', effect: 'NoSchedule' } as const;

/** PriorityClass of critical services: they push others off a full node. */
export const CRITICAL = 'flipside-critical';

/** Scheduling fields of a pod. */
export const scheduling = ({ service }: Workload, { zones }: Pick<Cluster, 'zones'>) => ({
  ...(service.critical ? critical : interruptible),
  topologySpreadConstraints: [zoneSpread(service.name, zones.length), nodeSpread(service.name)],
});

const critical = {
  priorityClassName: CRITICAL,
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: CAPACITY_TYPE, operator: 'NotIn', values: ['spot'] }] },
        ],
      },
    },
  },
};

const interruptible = { tolerations: [{ ...SPOT_TAINT, operator: 'Exists' }] };

/**
 * Evenly over the zones, each version for itself.
 *
 * `minDomains` is one less than the zones, and nodes that take no pods do not count. With all zones demanded, the
 * loss of one would allow a single pod in each remaining zone, just when they have to take over its pods.
 */
const zoneSpread = (name: string, zones: number) => ({
  maxSkew: 1,
  topologyKey: 'topology.kubernetes.io/zone',
  whenUnsatisfiable: 'DoNotSchedule',
  minDomains: Math.max(1, zones - 1),
  nodeTaintsPolicy: 'Honor',
  matchLabelKeys: ['pod-template-hash'],
  labelSelector: { matchLabels: selectorOf(name) },
});

const nodeSpread = (name: string) => ({
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
  matchLabelKeys: ['pod-template-hash'],
  labelSelector: { matchLabels: selectorOf(name) },
});
