/** The nodes of one cluster. */
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { NodeClass } from '../imports/eks-auto-mode';
import { NodePool } from '../imports/karpenter';
import { poolLimits, staticNodes } from '../model/capacity';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { standingOf } from '../model/labels';
import type { Workload } from '../model/workload';
import { nodeClass } from './node-class';
import { dynamicPool, staticPool } from './node-pool';
import { CRITICAL } from './scheduling';

/** What a cluster's nodes are made of. */
export interface NodesChartProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  /** Every service as it runs in `cluster`. */
  readonly workloads: readonly Workload[];
}

/** NodeClass and NodePools, the priority of critical services, and the switch that makes network policies count. */
export class NodesChart extends Chart {
  constructor(scope: Construct, id: string, { model, cluster, workloads }: NodesChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    const labels = standingOf(model, cluster);
    new NodeClass(this, 'node-class', nodeClass(cluster, labels));
    const nodes = staticNodes(workloads, cluster);
    cluster.zones.forEach((zone, index) => {
      new NodePool(this, `static-${zone}`, staticPool({ zone, index, nodes, labels }));
    });
    const common = { labels, zones: cluster.zones, categories: categoriesOf(cluster) };
    const interruptible = workloads.filter(({ service }) => !service.critical);
    new NodePool(
      this,
      'on-demand',
      dynamicPool({ ...common, capacity: 'on-demand', limits: poolLimits(workloads, cluster) }),
    );
    new NodePool(
      this,
      'spot',
      dynamicPool({ ...common, capacity: 'spot', limits: poolLimits(interruptible, cluster) }),
    );
    new k8s.KubePriorityClass(this, 'critical', {
      metadata: { name: CRITICAL },
      value: 1_000_000,
      description: 'Services that the estate promises to keep up',
    });
    new k8s.KubeConfigMap(this, 'network-policies', networkPolicySwitch);
  }
}

/** Burstable instances are cheap and slow under a steady load: good enough outside prod. */
const categoriesOf = ({ environment }: Cluster) =>
  environment === 'prod' ? ['c', 'm', 'r'] : ['c', 'm', 'r', 't'];

/** Without it no policy is enforced. https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html (2026-11) */
const networkPolicySwitch: k8s.KubeConfigMapProps = {
  metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' },
  data: { 'enable-network-policy-controller': 'true' },
};
