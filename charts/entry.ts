/** How requests find the pods of a service: the Service inside the cluster, the binding to the region's entry. */
import type { Cluster } from '../model/clusters';
import { selectorOf } from '../model/labels';
import { unpublished } from '../model/missing-facts';
import type { Workload } from '../model/workload';
import type { TargetGroupBindingProps } from '../imports/eks-auto-mode';
import { PORT } from './container';

/**
 * Both exist before the first pod: pods get the readiness gate of the load balancer only when they find a binding.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/ (2026-11)
 */
const FIRST = { 'argocd.argoproj.io/sync-wave': '-1' };

/** The Service. Plain data: trafficDistribution is younger than the types of cdk8s-plus-28. */
export const clusterService = ({ service }: Workload) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: service.name, annotations: FIRST },
  spec: {
    type: 'ClusterIP',
    selector: selectorOf(service.name),
    // Within the zone where possible: faster, and traffic between zones costs.
    trafficDistribution: 'PreferSameZone',
    ports: [{ name: PORT, port: service.port, targetPort: PORT, protocol: 'TCP' }],
  },
});

/**
 * The binding of a service with paths to the target group that CDK made, or undefined without paths. Pods are targets
 * themselves. Throws when the facts do not know the target group.
 */
export function targetGroupBinding(
  { service, targetGroup }: Workload,
  cluster: Cluster,
): TargetGroupBindingProps | undefined {
  if (service.paths.length === 0) return undefined;
  if (!targetGroup) throw new Error(unpublished(service.name, cluster));
  return {
    metadata: { name: service.name, annotations: FIRST },
    spec: {
      serviceRef: { name: service.name, port: service.port },
      targetGroupArn: targetGroup,
      targetType: 'ip',
    },
  };
}
