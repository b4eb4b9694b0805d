/** The watch as it runs in a cluster whose estate has agreed to an automatic flip. */
import type { Cluster } from '../../model/clusters';
import { entryUrl } from '../../model/site-hosts';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import type { FlipPlan } from '../../spec/flip';
import type { Manifest } from '../kind';
import { WATCH_SERVICE_ACCOUNT } from './access';
import { commonEnvironment, containerOf, podOf, selectorOf } from './pod';

/** One pod and never two: the cool-down and the time of the evidence are the memory of one. */
export const watchDeployment = (cluster: Cluster, plan: FlipPlan): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'flipside-watch', namespace: SYSTEM_NAMESPACE },
  spec: {
    replicas: 1,
    revisionHistoryLimit: 3,
    selector: { matchLabels: selectorOf('watch') },
    strategy: { type: 'Recreate' },
    template: { metadata: { labels: selectorOf('watch') }, spec: podSpec(cluster, plan) },
  },
});

function podSpec(cluster: Cluster, plan: FlipPlan) {
  const { path } = cluster.placement.traffic.healthCheck;
  const env = [
    ...commonEnvironment(plan, cluster),
    { name: 'FLIPSIDE_OWN_ENTRY', value: `${entryUrl(plan.region, cluster.placement)}${path}` },
    { name: 'FLIPSIDE_OTHER_ENTRY', value: `${entryUrl(plan.other, cluster.placement)}${path}` },
  ];
  return { ...podOf(WATCH_SERVICE_ACCOUNT), containers: [containerOf('watch', cluster, env)] };
}
