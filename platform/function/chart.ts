/** The composition function in one cluster: the package, how it runs, and who may reach it. */
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { DeploymentRuntimeConfig, Function as FunctionPackage } from '../../imports/crossplane-pkg';
import type { Cluster } from '../../model/clusters';
import { imageOf } from '../../model/release';
import { COMPOSE_FUNCTION } from '../composition';
import { CROSSPLANE_NAMESPACE } from '../crossplane';
import { networkPolicySpec } from './network-policy';
import { deploymentTemplate, FUNCTION_LABELS } from './runtime';

/** What the chart is made of. */
export interface FunctionChartProps {
  readonly cluster: Pick<Cluster, 'account' | 'region'>;
}

/** The Function and what surrounds it. */
export class FunctionChart extends Chart {
  constructor(scope: Construct, id: string, { cluster }: FunctionChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const metadata = { name: COMPOSE_FUNCTION };
    const namespaced = { ...metadata, namespace: CROSSPLANE_NAMESPACE };
    new FunctionPackage(this, 'function', { metadata, spec: packageSpec(cluster) });
    new DeploymentRuntimeConfig(this, 'runtime', {
      metadata,
      spec: { deploymentTemplate: deploymentTemplate() },
    });
    new k8s.KubePodDisruptionBudget(this, 'budget', { metadata: namespaced, spec: budget() });
    new k8s.KubeNetworkPolicy(this, 'network-policy', { metadata: namespaced, spec: networkPolicySpec() });
  }
}

/** From the region's own registry: no other region, and no public one, is asked when a node is new. */
const packageSpec = ({ account, region }: FunctionChartProps['cluster']) => ({
  package: imageOf('compose', account, region),
  packagePullPolicy: 'IfNotPresent',
  runtimeConfigRef: {
    apiVersion: DeploymentRuntimeConfig.GVK.apiVersion,
    kind: DeploymentRuntimeConfig.GVK.kind,
    name: COMPOSE_FUNCTION,
  },
});

/** One of the two always answers. */
const budget = (): k8s.PodDisruptionBudgetSpec => ({
  maxUnavailable: k8s.IntOrString.fromNumber(1),
  selector: { matchLabels: FUNCTION_LABELS },
  unhealthyPodEvictionPolicy: 'AlwaysAllow',
});
