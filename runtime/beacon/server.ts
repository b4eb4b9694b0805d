/** The beacon's HTTP answers. Health checkers read the status code; people and dashboards the rest. */
import { createServer, type Server } from 'node:http';
import { BEACON_PATH } from '../../model/site-hosts';
import { type Answer, askedAt } from './observe';
import { SHARED_PATH, type Shared } from './shared';

/** A page: status code, content type, body. */
type Page = readonly [number, string, string];

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json';

/** Serves what `latest` gives. The caller listens and closes. */
export function beaconServer(latest: () => Answer): Server {
  return createServer((request, response) => {
    const [code, type, body] = pageOf(request.url ?? '/', latest());
    response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
  });
}

const PAGES: Readonly<Record<string, (answer: Answer) => Page>> = {
  [BEACON_PATH]: ({ primary }) => [primary ? 200 : 503, TEXT, primary ? 'primary\n' : 'not primary\n'],
  [SHARED_PATH]: (answer) => [200, JSON_TYPE, `${JSON.stringify(shared(answer))}\n`],
  '/healthz': () => [200, TEXT, 'ok\n'],
  // A pod that has asked nobody yet would answer 503 for a region that is primary.
  '/readyz': ({ at }) => (at > 0 ? [200, TEXT, 'ok\n'] : [503, TEXT, 'nothing asked yet\n']),
  '/status': (answer) => [200, JSON_TYPE, `${JSON.stringify(answer)}\n`],
  '/metrics': (answer) => [200, 'text/plain; version=0.0.4', metrics(answer)],
};

function pageOf(url: string, answer: Answer): Page {
  const page = Object.hasOwn(PAGES, pathOf(url)) ? PAGES[pathOf(url)] : undefined;
  return page?.(answer) ?? [404, TEXT, `no such page, expected one of ${Object.keys(PAGES).join(' ')}\n`];
}

/** Without the query; a path that is none, such as `//`, is left as it came. */
const pathOf = (url: string) => url.split('?', 1)[0] ?? '/';

const shared = ({ primary, claimed, stores }: Answer): Shared => ({
  primary,
  asked: askedAt(stores),
  ...(claimed && { claimed }),
});

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
