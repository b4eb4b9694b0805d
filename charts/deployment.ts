/** The Deployment of a service. Plain data: its preStop sleep is younger than the types of cdk8s-plus-28. */
import { SURGE_PERCENT } from '../model/bounds';
import type { Cluster } from '../model/clusters';
import { TERMINATION_GRACE } from '../model/drain';
import type { EstateModel } from '../model/estate';
import { FLOOR_ANNOTATION, selectorOf, serviceLabels, standingOf } from '../model/labels';
import type { Workload } from '../model/workload';
import { container, SCRATCH } from './container';
import { scheduling } from './scheduling';

/**
 * The Deployment of a workload.
 *
 * It has no `replicas`: the autoscaler owns them. Only a floor of 0, the pilot light, is written down, because an
 * autoscaler leaves a Deployment of 0 alone; a flip raises it, and from then on the autoscaler owns it as well.
 */
export const deployment = (workload: Workload, model: EstateModel, cluster: Cluster) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: workload.service.name,
    annotations: { [FLOOR_ANNOTATION]: String(workload.bounds.min) },
  },
  spec: {
    ...(workload.bounds.min === 0 && { replicas: 0 }),
    revisionHistoryLimit: 3,
    selector: { matchLabels: selectorOf(workload.service.name) },
    strategy: {
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: `${SURGE_PERCENT}%`, maxUnavailable: 0 },
    },
    template: {
      metadata: {
        labels: { ...serviceLabels(model.estate.name, workload.service), ...standingOf(model, cluster) },
      },
      spec: podSpec(workload, cluster),
    },
  },
});

const podSpec = (workload: Workload, cluster: Cluster) => ({
  serviceAccountName: workload.service.name,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: TERMINATION_GRACE,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  ...scheduling(workload, cluster),
  containers: [container(workload, cluster)],
  volumes: [{ name: SCRATCH, emptyDir: {} }],
});
