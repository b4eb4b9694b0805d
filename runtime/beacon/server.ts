/** The beacon's HTTP answers. Health checkers read the status code; people and dashboards the rest. */
import { createServer, type Server } from 'node:http';
import type { Answer } from './observe';

/** A page: status code, content type, body. */
type Page = readonly [number, string, string];

const TEXT = 'text/plain; charset=utf-8';

/** Serves what `latest` gives. The caller listens and closes. */
export function beaconServer(latest: () => Answer): Server {
  return createServer((request, response) => {
    const [code, type, body] = pageOf(request.url ?? '/', latest());
    response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
}

function pageOf(url: string, answer: Answer): Page {
  const pages: Readonly<Record<string, () => Page>> = {
    '/primary': () => [
      answer.primary ? 200 : 503,
      TEXT,
      `${answer.primary ? 'primary' : answer.reasons.join('\n')}\n`,
    ],
    '/healthz': () => [200, TEXT, 'ok\n'],
    '/status': () => [200, 'application/json', `${JSON.stringify(answer)}\n`],
    '/metrics': () => [200, 'text/plain; version=0.0.4', metrics(answer)],
  };
  const page = pages[new URL(url, 'http://beacon').pathname];
  return page ? page() : [404, TEXT, `no such page, expected one of ${Object.keys(pages).join(' ')}\n`];
}

function metrics({ primary, peerReady, stores, at }: Answer): string {
  const lines = [
    '# TYPE flipside_primary gauge',
    `flipside_primary ${Number(primary)}`,
    '# TYPE flipside_peer_ready gauge',
    `flipside_peer_ready ${Number(peerReady)}`,
    '# TYPE flipside_beacon_asked_seconds gauge',
    `flipside_beacon_asked_seconds ${at / 1000}`,
    '# TYPE flipside_store_lag_seconds gauge',
    ...stores
      .filter(({ lagSeconds }) => lagSeconds !== undefined)
      .map(({ name, lagSeconds }) => `flipside_store_lag_seconds{store="${name}"} ${lagSeconds}`),
  ];
  return `${lines.join('\n')}\n`;
}
