/**
 * A stand-in for the region's load balancer: plain HTTP on loopback, one port. `/primary` and below go to a beacon that
 * is ready; every other path answers 200 while a pod of the estate's services is ready, else 503.
 */
import { createServer, type ServerResponse } from 'node:http';
import { BEACON_PATH } from '../../model/site-hosts';
import { hasCondition } from '../../platform/managed';
import type { AgentContext } from './context';
import type { Kubelet } from './kubelet';

const ANSWER_MS = 5_000;

/** Starts it. */
export function startEntry(context: AgentContext, kubelet: Kubelet): void {
  const services = readyServices(context);
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === BEACON_PATH || path.startsWith(`${BEACON_PATH}/`))
      return void forward(path, kubelet, response);
    const up = services() > 0;
    response
      .writeHead(up ? 200 : 503, { 'content-type': 'text/plain' })
      .end(up ? 'ok\n' : 'no pod is ready\n');
  });
  server.listen(context.region.ports.entry, '127.0.0.1');
  context.signal.addEventListener('abort', () => server.close());
}

async function forward(path: string, kubelet: Kubelet, response: ServerResponse): Promise<void> {
  const [port] = kubelet.ready('flipside-beacon');
  if (port === undefined) return void response.writeHead(503).end('no beacon is ready\n');
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const type = answer.headers.get('content-type') ?? 'text/plain';
    response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
  } catch {
    response.writeHead(504).end('the beacon does not answer\n');
  }
}

/** How many pods behind the public entry are ready. */
function readyServices({ kube, model, signal }: AgentContext): () => number {
  const behind = new Set(model.services.filter(({ paths }) => paths.length > 0).map(({ name }) => name));
  let count = 0;
  void kube.watch(
    '/api/v1/pods?labelSelector=app.kubernetes.io%2Fname',
    (known) => {
      count = [...known.values()].filter(
        (pod) =>
          behind.has(pod.metadata.labels?.['app.kubernetes.io/name'] ?? '') && hasCondition(pod, 'Ready'),
      ).length;
    },
    signal,
  );
  return () => count;
}
