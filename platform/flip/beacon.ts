/** The beacon as it runs in a cluster: two pods in different zones, behind the region's public entry. */
import type { TargetGroupBindingProps } from '../../imports/eks-auto-mode';
import type { Cluster } from '../../model/clusters';
import { BEACON_PORT } from '../../model/entry';
import { PRE_STOP, TERMINATION_GRACE } from '../../model/drain';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import type { FlipPlan } from '../../spec/flip';
import type { Manifest } from '../kind';
import { BEACON_SERVICE_ACCOUNT } from './access';
import { commonEnvironment, containerOf, podOf, selectorOf } from './pod';

const NAME = 'flipside-beacon';
const PORT = 'http';

/** Both exist before the first pod: pods get the load balancer's readiness gate only when they find a binding. */
const FIRST = { 'argocd.argoproj.io/sync-wave': '-1' };

/** Inside the cluster, for the binding and for metrics. */
export const beaconService: Manifest = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: NAME, namespace: SYSTEM_NAMESPACE, annotations: FIRST },
  spec: {
    type: 'ClusterIP',
    selector: selectorOf('beacon'),
    ports: [{ name: PORT, port: BEACON_PORT, targetPort: PORT, protocol: 'TCP' }],
  },
};

/** The binding to the target group that CDK made for `/primary`. */
export const beaconTargetGroupBinding = (targetGroupArn: string): TargetGroupBindingProps => ({
  metadata: { name: NAME, annotations: FIRST },
  spec: { serviceRef: { name: NAME, port: BEACON_PORT }, targetGroupArn, targetType: 'ip' },
});

/** A drain takes one pod at a time. */
export const beaconDisruptionBudget: Manifest = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: NAME, namespace: SYSTEM_NAMESPACE },
  spec: {
    maxUnavailable: 1,
    selector: { matchLabels: selectorOf('beacon') },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  },
};

/** The Deployment. */
export const beaconDeployment = (cluster: Cluster, plan: FlipPlan): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: NAME, namespace: SYSTEM_NAMESPACE },
  spec: {
    replicas: 2,
    revisionHistoryLimit: 3,
    selector: { matchLabels: selectorOf('beacon') },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: { metadata: { labels: selectorOf('beacon') }, spec: podSpec(cluster, plan) },
  },
});

const podSpec = (cluster: Cluster, plan: FlipPlan) => ({
  ...podOf(BEACON_SERVICE_ACCOUNT),
  terminationGracePeriodSeconds: TERMINATION_GRACE,
  topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(apart),
  containers: [
    {
      ...containerOf('beacon', cluster, [
        ...commonEnvironment(plan, cluster),
        { name: 'PORT', value: String(BEACON_PORT) },
      ]),
      ports: [{ name: PORT, containerPort: BEACON_PORT, protocol: 'TCP' }],
      // A pod counts once it has asked AWS; until then it would deny that its region writes.
      readinessProbe: { ...probe('/readyz'), periodSeconds: 2, failureThreshold: 2 },
      livenessProbe: { ...probe('/healthz'), periodSeconds: 10, failureThreshold: 3 },
      lifecycle: { preStop: { sleep: { seconds: PRE_STOP } } },
    },
  ],
});

/** Two in one zone are better than one pod that waits for a zone that is gone. */
const apart = (topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  matchLabelKeys: ['pod-template-hash'],
  labelSelector: { matchLabels: selectorOf('beacon') },
});

const probe = (path: string) => ({ httpGet: { path, port: PORT }, timeoutSeconds: 2 });
