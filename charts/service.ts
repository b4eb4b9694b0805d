/** One service in one cluster. */
import { ApiObject, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { TargetGroupBinding } from '../imports/eks-auto-mode';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { serviceLabels } from '../model/labels';
import type { Workload } from '../model/workload';
import { autoscaler } from './autoscaler';
import { deployment } from './deployment';
import { disruptionBudget } from './disruption-budget';
import { clusterService, targetGroupBinding } from './entry';
import { networkPolicy } from './network-policy';

/** What a service's chart is made of. */
export interface ServiceChartProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  /** The service as it runs in `cluster`. */
  readonly workload: Workload;
}

/** The objects of one service, in its team's namespace, all under the service's name. */
export class ServiceChart extends Chart {
  constructor(scope: Construct, id: string, { model, cluster, workload }: ServiceChartProps) {
    const { service } = workload;
    super(scope, id, {
      namespace: service.team,
      labels: serviceLabels(model.estate.name, service),
      disableResourceNameHashes: true,
    });
    // Pod Identity gives the pod its AWS role; nothing here talks to the Kubernetes API.
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: service.name },
      automountServiceAccountToken: false,
    });
    new ApiObject(this, 'service', clusterService(workload));
    const binding = targetGroupBinding(workload, cluster);
    if (binding) new TargetGroupBinding(this, 'target-group-binding', binding);
    new k8s.KubeNetworkPolicy(this, 'network-policy', networkPolicy(workload, model, cluster));
    new ApiObject(this, 'deployment', deployment(workload, model, cluster));
    new ApiObject(this, 'autoscaler', autoscaler(workload));
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', disruptionBudget(workload));
  }
}
