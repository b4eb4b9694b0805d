/**
 * A stand-in for the metrics server: pods have the CPU that the lab says, by service, in percent of what they request.
 * The API server asks it as it would ask a real one, and the autoscaler asks the API server.
 */
import { createServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { milliCpu } from '../../model/quantity';
import type { KubeObject } from '../kube';
import type { AgentContext } from './context';

const API = 'metrics.k8s.io/v1beta1';
const PODS = /^\/apis\/metrics\.k8s\.io\/v1beta1\/namespaces\/([^/]+)\/pods(?:\?(.*))?$/;
/** ConfigMap of the lab: percent of the request by service; 10 where it says nothing. */
const LOAD = '/api/v1/namespaces/default/configmaps/load';
const IDLE_PERCENT = 10;

/** Starts it and registers it with the API server. */
export async function startMetrics(context: AgentContext): Promise<void> {
  const { kube, region, signal } = context;
  const pki = (file: string) => readFileSync(join(region.dir, 'pki', file));
  const server = createServer({ cert: pki('entry.crt'), key: pki('entry.key') }, (request, response) => {
    void answer(context, request.url ?? '/').then(
      (body) => {
        response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify(body ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }),
        );
      },
      () => response.writeHead(503).end(),
    );
  });
  server.listen(region.ports.metricsApi, '127.0.0.1');
  signal.addEventListener('abort', () => server.close());
  await kube.apply('/api/v1/namespaces/kube-system/services/metrics-server', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'metrics-server', namespace: 'kube-system' },
    spec: { type: 'ExternalName', externalName: 'localhost' },
  });
  await kube.apply('/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io', {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      insecureSkipTLSVerify: true,
      groupPriorityMinimum: 100,
      versionPriority: 100,
      service: { name: 'metrics-server', namespace: 'kube-system', port: region.ports.metricsApi },
    },
  });
}

async function answer(context: AgentContext, url: string): Promise<object | undefined> {
  if (url.startsWith(`/apis/${API}`) && !url.includes('/namespaces/')) return resources;
  const [, namespace, query] = PODS.exec(url) ?? [];
  if (!namespace) return undefined;
  const selector = new URLSearchParams(query).get('labelSelector');
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const pods = await context.kube.list(
    selector ? `${path}?labelSelector=${encodeURIComponent(selector)}` : path,
  );
  const load = await loadOf(context);
  return {
    kind: 'PodMetricsList',
    apiVersion: API,
    metadata: {},
    items: pods.filter(({ status }) => status?.phase === 'Running').map((pod) => metricsOf(pod, load)),
  };
}

const resources = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: API,
  resources: [
    { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
  ],
};

async function loadOf({ kube }: AgentContext): Promise<Readonly<Record<string, string>>> {
  const { data } = await kube.get(LOAD).catch(() => ({ data: {} }));
  return (data ?? {}) as Record<string, string>;
}

function metricsOf({ metadata, spec }: KubeObject, load: Readonly<Record<string, string>>): object {
  const percent = Number(load[metadata.labels?.['app.kubernetes.io/name'] ?? ''] ?? IDLE_PERCENT);
  const containers = (spec.containers as { name: string; resources?: { requests?: { cpu?: string } } }[]).map(
    ({ name, resources: { requests } = {} }) => ({
      name,
      usage: { cpu: `${Math.round((milliCpu(requests?.cpu ?? '100m') * percent) / 100)}m`, memory: '64Mi' },
    }),
  );
  return {
    metadata: { name: metadata.name, namespace: metadata.namespace, labels: metadata.labels },
    timestamp: new Date().toISOString(),
    window: '15s',
    containers,
  };
}
