/** The small HTTP server beside gRPC: kubelet does not probe gRPC over TLS, and Prometheus does not speak gRPC. */
import { createServer, type Server } from 'node:http';
import { splitAddress } from './address';

/** What it answers with. */
export interface Probed {
  readonly ready: () => boolean;
  readonly metrics: () => string;
}

/** Listens; resolves once it does. */
export function probes(address: string, { ready, metrics }: Probed): Promise<Server> {
  const server = createServer(({ url }, response) => {
    const [status, body] = answerTo(url);
    response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body);
  });

  function answerTo(url: string | undefined): [number, string] {
    if (url === '/healthz') return [200, 'alive\n'];
    if (url === '/readyz') return ready() ? [200, 'ready\n'] : [503, 'not ready\n'];
    if (url === '/metrics') return [200, metrics()];
    return [404, 'expected /healthz, /readyz or /metrics\n'];
  }

  const { host, port } = splitAddress(address);
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}

/** The port it listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : Number.NaN;
}
