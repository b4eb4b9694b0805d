/** The container of a service: what it runs, what it knows, and how its health is seen. */
import { connectionPrefix, connectionSecret } from '../model/connection';
import type { Cluster } from '../model/clusters';
import { PRE_STOP } from '../model/drain';
import { cpuQuantity, memoryQuantity } from '../model/quantity';
import type { Workload } from '../model/workload';

/** Name of a service's container. */
export const CONTAINER = 'app';
/** Name of the port it listens on. */
export const PORT = 'http';
/** Name of the volume behind `/tmp`, the only place it can write to. */
export const SCRATCH = 'tmp';

/** The container of a workload. */
export function container(workload: Workload, cluster: Cluster) {
  const { service, image } = workload;
  return {
    name: CONTAINER,
    image,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: PORT, containerPort: service.port, protocol: 'TCP' }],
    env: environment(workload, cluster),
    envFrom: connections(workload),
    resources: resources(workload),
    ...probes(workload),
    // A sleep of the kubelet itself: images without a shell have none.
    lifecycle: { preStop: { sleep: { seconds: PRE_STOP } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: SCRATCH, mountPath: '/tmp' }],
  };
}

/** No CPU limit: it would slow pods down while the node idles. Memory cannot be taken back, so it is limited. */
function resources({ milliCpu, mebibytes }: Workload) {
  const memory = memoryQuantity(mebibytes);
  return { requests: { cpu: cpuQuantity(milliCpu), memory }, limits: { memory } };
}

/** Names are unique, the platform's own win: the API server refuses a list that holds a name twice. */
function environment({ service, calls }: Workload, { region, environment: name }: Cluster) {
  const values = {
    ...service.env,
    ...Object.fromEntries(calls.map((called) => [`${connectionPrefix(called.name)}URL`, urlOf(called)])),
    SERVICE: service.name,
    ENVIRONMENT: name,
    REGION: region,
    AWS_REGION: region,
  };
  return [
    ...Object.entries(values).map(([key, value]) => ({ name: key, value })),
    fieldOf('POD_NAME', 'metadata.name'),
    fieldOf('POD_NAMESPACE', 'metadata.namespace'),
    fieldOf('POD_IP', 'status.podIP'),
    fieldOf('NODE_NAME', 'spec.nodeName'),
  ];
}

const fieldOf = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });

const urlOf = ({ name, team, port }: Workload['service']) =>
  `http://${name}.${team}.svc.cluster.local:${port}`;

/**
 * Every key of each claim's connection Secret, as `<CLAIM>_<KEY>`. A Secret is read from the pod's own namespace; for
 * a claim of another team the platform delivers it there under the same name.
 */
const connections = ({ claims }: Workload) =>
  claims.map(({ metadata }) => ({
    prefix: connectionPrefix(metadata.name),
    secretRef: { name: connectionSecret(metadata.name) },
  }));

/** A pod that cannot serve gets no request after 10 s; one that hangs is restarted after 30 s; a start may take 60 s. */
function probes({ service: { health } }: Workload) {
  return {
    startupProbe: { ...probeOf(health.live), periodSeconds: 2, failureThreshold: 30 },
    readinessProbe: { ...probeOf(health.ready), periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: { ...probeOf(health.live), periodSeconds: 10, failureThreshold: 3 },
  };
}

const probeOf = (path: string) => ({ httpGet: { path, port: PORT }, timeoutSeconds: 2 });
