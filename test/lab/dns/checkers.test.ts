/** Health checkers against servers of this machine, at a shortened interval. */
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { CHECKER_REGIONS, type Checkers, type EndpointOf, startCheckers } from '../../../lab/dns/checkers';
import { PATIENCE, probe } from '../../../lab/dns/probe';
import type { HealthCheck } from '../../../lab/dns/records';
import { freePorts } from '../../../lab/ports';
import { until } from '../../../lab/until';

const LONG_MS = 60_000;
/** An interval of 10 s becomes 50 ms. */
const SPEED = 200;

let status = 200;
let asked: { host: string | undefined; url: string | undefined }[] = [];
let server: Server;
let url: string;
let checkers: Checkers | undefined;
beforeEach(async () => {
  status = 200;
  asked = [];
  server = createServer((request, response) => {
    asked.push({ host: request.headers.host, url: request.url });
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  checkers?.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const check = (id: string, more: Partial<HealthCheck> = {}): HealthCheck => ({
  id,
  type: 'HTTPS',
  fqdn: 'entry-us-east-1.shop.example.com',
  port: 443,
  resourcePath: '/health',
  requestInterval: 10,
  failureThreshold: 3,
  ...more,
});

function started(
  checks: readonly HealthCheck[],
  endpointOf: EndpointOf = (_, __, path) => url + path,
): Checkers {
  checkers = startCheckers({ endpointOf, speed: SPEED });
  checkers.check(checks);
  return checkers;
}

const becomes = (id: string, healthy: boolean) =>
  until(`${id} to be ${healthy}`, () => checkers?.health()[id] === healthy, LONG_MS, 5);

test('an endpoint that stops answering well turns, and turns back', async () => {
  started([check('entry')]);
  expect(checkers?.health()).toEqual({ entry: true });
  status = 503;
  await becomes('entry', false);
  status = 200;
  await becomes('entry', true);
});

test('it takes as many failures in a row as configured', async () => {
  status = 503;
  started([check('entry', { failureThreshold: 5 })]);
  await becomes('entry', false);
  // More than 18 % of eight still say healthy while two do: seven have seen five failures each.
  expect(asked.length).toBeGreaterThanOrEqual(7 * 5);
});

test('is asked as the name it stands for', async () => {
  started([check('entry')]);
  await until('a question', () => asked.length > 0, LONG_MS, 5);
  expect(asked[0]).toEqual({ host: 'entry-us-east-1.shop.example.com', url: '/health' });
});

const deadPort = async () => `http://127.0.0.1:${(await freePorts(1))[0]}`;

test.each([
  { reaching: 2, healthy: true, reason: 'a quarter of the checkers is more than 18 %' },
  { reaching: 1, healthy: false, reason: 'an eighth is not' },
])('reached by $reaching checkers it is healthy: $healthy, as $reason', async ({ reaching, healthy }) => {
  const dead = await deadPort();
  const counts = new Map<string, number>();
  started([check('entry')], (_, __, path, checker) => {
    counts.set(checker, (counts.get(checker) ?? 0) + 1);
    return CHECKER_REGIONS.indexOf(checker as (typeof CHECKER_REGIONS)[number]) < reaching
      ? url + path
      : dead;
  });
  const all = () => CHECKER_REGIONS.every((region) => (counts.get(region) ?? 0) > 4);
  await until('every checker to have asked often', all, LONG_MS, 5);
  expect(checkers?.health()['entry']).toBe(healthy);
});

test('home stops serving when the peer takes over, and serves again when the peer is gone', async () => {
  let taken = false;
  const peer = createServer((_, response) => response.writeHead(taken ? 200 : 503).end());
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  const beacon = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`;
  const inverted = {
    fqdn: 'entry-eu-west-1.shop.example.com',
    resourcePath: '/primary',
    invertHealthcheck: true,
  };
  const all = {
    id: 'serves',
    type: 'CALCULATED',
    childHealthThreshold: 2,
    childHealthchecks: ['home', 'not-taken'],
  };
  started([check('home'), check('not-taken', inverted), all], (_, __, path) =>
    path === '/primary' ? beacon + path : url + path,
  );
  try {
    // A new inverted check is unhealthy until its checkers know better.
    expect(checkers?.health()['serves']).toBe(false);
    await becomes('serves', true);
    taken = true;
    await becomes('serves', false);
  } finally {
    peer.closeAllConnections();
    await new Promise((resolve) => peer.close(resolve));
  }
  await becomes('serves', true);
});

test('a check that stays keeps what it knows, one that goes is asked no more', async () => {
  status = 503;
  const heard: string[] = [];
  checkers = startCheckers({
    endpointOf: (_, __, path) => url + path,
    speed: SPEED,
    changed: (id, healthy) => heard.push(`${id} ${healthy}`),
  });
  checkers.check([check('stays'), check('goes', { resourcePath: '/other' })]);
  await becomes('stays', false);
  await becomes('goes', false);
  checkers.check([check('stays')]);
  expect(checkers.health()).toEqual({ stays: false });
  expect(heard.toSorted()).toEqual(['goes false', 'stays false']);
  // What was under way may still arrive.
  await moreQuestions();
  const known = asked.length;
  await moreQuestions();
  expect(asked.slice(known).filter((one) => one.url === '/other')).toEqual([]);
});

function moreQuestions(): Promise<void> {
  const known = asked.length;
  return until('more questions', () => asked.length > known + 30, LONG_MS, 5);
}

test('nothing is asked after the end', async () => {
  started([check('entry')]);
  await until('a question', () => asked.length > 0, LONG_MS, 5);
  checkers?.stop();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const known = asked.length;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked.length).toBe(known);
});

test('a shortened interval is said, an unchanged one is not', () => {
  started([check('entry')]);
  expect(checkers?.note()).toBe('checker interval shortened from 10 s to 0.05 s');
  const honest = startCheckers({ endpointOf: () => url });
  honest.check([check('entry')]);
  expect(honest.note()).toBeUndefined();
  honest.stop();
});

test('all that cannot be checked is told at once, and nothing is started', () => {
  checkers = startCheckers({ endpointOf: (fqdn) => (fqdn.startsWith('entry') ? url : undefined) });
  const bad = [
    check('one', { fqdn: 'elsewhere.example.com' }),
    check('two', { type: 'TCP' }),
    check('three'),
  ];
  expect(() => checkers?.check(bad)).toThrow(/"one".*elsewhere\.example\.com:443\/health[^]*"two".*TCP/);
  expect(checkers.health()).toEqual({});
});

const patience = { connectMs: 200, answerMs: 200 };
const { signal } = new AbortController();

test.each([
  [200, true],
  [204, true],
  [302, true],
  [399, true],
  [400, false],
  [404, false],
  [503, false],
])('status %i passes: %s', async (code, passes) => {
  status = code;
  expect(await probe({ url, host: 'a.example.com', patience: PATIENCE, signal })).toBe(passes);
});

test('a server that takes connections and says nothing fails, in time', async () => {
  const silent = createTcpServer((socket) => void socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  expect(await probe({ url: `http://127.0.0.1:${port}/`, host: 'a.example.com', patience, signal })).toBe(
    false,
  );
  await new Promise((resolve) => silent.close(resolve));
});
