/** How Crossplane runs the function: the part of its Deployment that is ours. */
import { selectorOf } from '../../model/labels';
import { COMPOSE_FUNCTION } from '../composition';

/** Selects the function's pods, of any revision. */
export const FUNCTION_LABELS = selectorOf(COMPOSE_FUNCTION);

/** Ports that Crossplane gives to the container. https://github.com/crossplane/crossplane/blob/v2.3.4/internal/controller/pkg/runtime/runtime.go (2026-11) */
export const PORTS = { grpc: 9443, metrics: 8080 } as const;

/** Crossplane's name for the container that runs the package. */
const CONTAINER = 'package-runtime';

/** User `nonroot` of the image. */
const NONROOT = 65_532;

/** Template of the Deployment; Crossplane adds the image, the ports and the certificates, and makes the selector. */
export const deploymentTemplate = () => ({
  spec: {
    replicas: 2,
    selector: {},
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: { metadata: { labels: FUNCTION_LABELS }, spec: podSpec() },
  },
});

const podSpec = () => ({
  // A flip needs the function; a full node must make room for it.
  priorityClassName: 'system-cluster-critical',
  // The function is pure: it asks the API server for nothing.
  automountServiceAccountToken: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: NONROOT,
    runAsGroup: NONROOT,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  topologySpreadConstraints: [zoneSpread()],
  containers: [container()],
});

/** Nodes that take no pods do not count, so the loss of a zone does not hold up its replacement. */
const zoneSpread = () => ({
  maxSkew: 1,
  topologyKey: 'topology.kubernetes.io/zone',
  whenUnsatisfiable: 'DoNotSchedule',
  nodeTaintsPolicy: 'Honor',
  matchLabelKeys: ['pod-template-hash'],
  labelSelector: { matchLabels: FUNCTION_LABELS },
});

/** kubelet does not probe gRPC over TLS, so it asks the port of the metrics. */
const container = () => ({
  name: CONTAINER,
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  readinessProbe: { ...probe('/readyz'), periodSeconds: 5, failureThreshold: 2 },
  livenessProbe: { ...probe('/healthz'), periodSeconds: 10, failureThreshold: 3 },
  securityContext: {
    runAsNonRoot: true,
    runAsUser: NONROOT,
    runAsGroup: NONROOT,
    privileged: false,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
});

const probe = (path: string) => ({ httpGet: { path, port: PORTS.metrics }, timeoutSeconds: 2 });
