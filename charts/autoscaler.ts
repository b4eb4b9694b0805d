/** The HorizontalPodAutoscaler of a service. Plain data: its tolerance is younger than the types of cdk8s-plus-28. */
import { autoscalerFloor } from '../model/bounds';
import type { Workload } from '../model/workload';

/** How a service scales, besides its bounds. */
interface Scaling {
  /** Average CPU utilization to aim for, in percent. */
  readonly cpu: number;
  /** Utilization under which it shrinks, in percent. @default a tenth under the target, as Kubernetes has it */
  readonly shrink?: number;
  /** Requests a second that the region entry sends to each pod. @default not looked at */
  readonly requests?: number;
  /** A metric that the application exports, and its average over the pods. @default none */
  readonly metric?: { readonly name: string; readonly average: number };
}

/** External metric that the metrics adapter reads from the load balancer's target groups, labelled by service. */
export const ENTRY_METRIC = 'flipside_entry_requests_per_second';

/**
 * The autoscaler of a workload. Its floor is at least 1: a floor of 0 stands in the Deployment instead, which turns
 * the autoscaler off until a flip raises both.
 */
export const autoscaler = ({ service, bounds }: Workload) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: service.name },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: service.name },
    minReplicas: autoscalerFloor(bounds.min),
    maxReplicas: bounds.max,
    metrics: metrics(service.name, service.scale),
    behavior: behavior(service.scale),
  },
});

const metrics = (service: string, { cpu, requests, metric }: Scaling) => [
  { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpu } } },
  ...(requests ? [entryMetric(service, requests)] : []),
  ...(metric ? [podsMetric(metric.name, metric.average)] : []),
];

const entryMetric = (service: string, average: number) => ({
  type: 'External',
  external: {
    metric: { name: ENTRY_METRIC, selector: { matchLabels: { service } } },
    target: { type: 'AverageValue', averageValue: String(average) },
  },
});

const podsMetric = (name: string, average: number) => ({
  type: 'Pods',
  pods: { metric: { name }, target: { type: 'AverageValue', averageValue: String(average) } },
});

/** Up at once, by as much as doubles it; down after five calm minutes, a tenth a minute. */
const behavior = (scaling: Scaling) => ({
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 15 },
      { type: 'Pods', value: 4, periodSeconds: 15 },
    ],
    ...(scaling.shrink && { tolerance: '0' }),
  },
  scaleDown: {
    stabilizationWindowSeconds: 300,
    policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
    ...(scaling.shrink && { tolerance: shrinkTolerance(scaling.cpu, scaling.shrink) }),
  },
});

/** In thousandths: how far under the target the utilization has to fall, as the API server writes it. */
const shrinkTolerance = (target: number, shrink: number) => `${Math.round((1 - shrink / target) * 1000)}m`;
