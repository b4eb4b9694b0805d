/** The PodDisruptionBudget of a service: how fast nodes may be drained. */
import { k8s } from 'cdk8s-plus-28';
import { selectorOf } from '../model/labels';
import type { Workload } from '../model/workload';

/**
 * A tenth of the pods at a time, rounded up: a service of one pod never blocks a drain, and pods that are not ready
 * never do.
 */
export const disruptionBudget = ({ service }: Workload): k8s.KubePodDisruptionBudgetProps => ({
  metadata: { name: service.name },
  spec: {
    maxUnavailable: k8s.IntOrString.fromString('10%'),
    selector: { matchLabels: selectorOf(service.name) },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  },
});
