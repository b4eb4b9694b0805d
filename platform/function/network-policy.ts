/** Who may talk to the function: Crossplane, and what collects metrics. It talks to nobody. */
import { k8s } from 'cdk8s-plus-28';
import { CROSSPLANE_NAMESPACE, MONITORING_NAMESPACE, namespaceSelector } from '../crossplane';
import { FUNCTION_LABELS, PORTS } from './runtime';

/** Crossplane's own pods, as its Helm chart labels them. https://github.com/crossplane/crossplane/blob/v2.3.4/cluster/charts/crossplane/templates/deployment.yaml (2026-11) */
const CROSSPLANE_PODS = { app: 'crossplane' } as const;

/** The only lock: the function asks for no client certificate. kubelet's probes come from the node and are always let in. */
export const networkPolicySpec = (): k8s.NetworkPolicySpec => ({
  podSelector: { matchLabels: FUNCTION_LABELS },
  policyTypes: ['Ingress', 'Egress'],
  ingress: [
    {
      from: [
        {
          namespaceSelector: namespaceSelector(CROSSPLANE_NAMESPACE),
          podSelector: { matchLabels: CROSSPLANE_PODS },
        },
      ],
      ports: [tcp(PORTS.grpc)],
    },
    { from: [{ namespaceSelector: namespaceSelector(MONITORING_NAMESPACE) }], ports: [tcp(PORTS.metrics)] },
  ],
  egress: [],
});

const tcp = (port: number) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) });
