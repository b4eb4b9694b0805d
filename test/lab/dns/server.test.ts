/** The server on the wire, asked by Node's own resolver and by the lab's. */
import { Resolver } from 'node:dns/promises';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decode, encode } from 'dns-packet';
import { type Resolver as LabResolver, resolverOf } from '../../../lab/dns/resolver';
import { type DnsServer, startDns } from '../../../lab/dns/server';
import type { Names } from '../../../lab/dns/records';
import { zoneOf } from './_names';

const REGIONS = ['us-east-1', 'eu-west-1'];
const ENDPOINT = 'orders.global-lab.global.rds.amazonaws.com';

const serverName = (region: string) => `orders.cluster-lab.${region}.rds.amazonaws.com`;

const target = (port: number) =>
  ({ is: 'address', address: '127.0.0.1', port, ttl: 5, healthy: true }) as const;

const latency = (region: string, address: string) => ({
  name: 'near.shop.example.com',
  type: 'A',
  ttl: 60,
  records: [address],
  setIdentifier: region,
  latencyRoutingPolicy: { region },
});

const many = Array.from({ length: 60 }, (_, index) => `192.0.2.${index}`);

let names: Names;
let server: DnsServer;
let client: Resolver;
beforeEach(async () => {
  names = zoneOf(
    [
      { name: 'a.shop.example.com', type: 'A', ttl: 33, records: ['192.0.2.1'] },
      { name: 'many.shop.example.com', type: 'A', ttl: 33, records: many },
      latency('us-east-1', '192.0.2.10'),
      latency('eu-west-1', '192.0.2.20'),
    ],
    {
      targets: { [serverName('us-east-1')]: target(5001), [serverName('eu-west-1')]: target(5002) },
      writers: { [ENDPOINT]: serverName('us-east-1') },
    },
  );
  server = await startDns({ names: () => names, regions: REGIONS, draw: () => 0 });
  client = new Resolver({ timeout: 5_000 });
  client.setServers([`127.0.0.1:${server.port}`]);
});
afterEach(() => server.stop());

const moveWriter = () => {
  names = { ...names, writers: { [ENDPOINT]: serverName('eu-west-1') } };
};

test('gives addresses with their time to live', async () => {
  expect(await client.resolve4('a.shop.example.com', { ttl: true })).toEqual([
    { address: '192.0.2.1', ttl: 33 },
  ]);
});

test.each([
  { name: 'nobody.shop.example.com', code: 'ENOTFOUND', reason: 'no such name' },
  { name: 'example.org', code: 'EREFUSED', reason: 'not our zone' },
])('$name: $code, as there is $reason', async ({ name, code }) => {
  await expect(client.resolve4(name)).rejects.toMatchObject({ code });
});

test('a name without this type is told from a name that is not there', async () => {
  await expect(client.resolve6('a.shop.example.com')).rejects.toMatchObject({ code: 'ENODATA' });
});

test('tells the zone, for how long nothing may be kept', async () => {
  expect(await client.resolveSoa('shop.example.com')).toMatchObject({ minttl: 86_400 });
});

test('the writer endpoint follows the writer, and its port is told', async () => {
  expect(await client.resolveCname(ENDPOINT)).toEqual([serverName('us-east-1')]);
  expect(await client.resolve4(ENDPOINT, { ttl: true })).toEqual([{ address: '127.0.0.1', ttl: 5 }]);
  moveWriter();
  const [srv] = await client.resolveSrv(`_postgresql._tcp.${ENDPOINT}`);
  expect(srv).toMatchObject({ port: 5002, name: serverName('eu-west-1') });
});

test('what does not fit a datagram is asked again over TCP', async () => {
  expect((await client.resolve4('many.shop.example.com')).toSorted()).toEqual(many.toSorted());
});

const question = (id: number) => {
  const bytes = encode({ type: 'query', id, questions: [{ type: 'A', name: 'a.shop.example.com' }] });
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

test('over TCP two questions in one piece get two answers', async () => {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(Buffer.concat([question(1), question(2)]));
  let heard = Buffer.alloc(0);
  while (heard.length === 0 || heard.length < 2 * (2 + heard.readUInt16BE(0))) {
    heard = Buffer.concat([heard, (await once(socket, 'data'))[0] as Buffer]);
  }
  socket.destroy();
  const length = heard.readUInt16BE(0);
  expect([decode(heard.subarray(2, 2 + length)).id, decode(heard.subarray(4 + length)).id]).toEqual([1, 2]);
});

test('survives what is no query', async () => {
  const socket = createSocket('udp4');
  for (const bytes of [Buffer.from('nonsense'), Buffer.alloc(0), Buffer.alloc(12, 0xff)]) {
    await new Promise((resolve) => socket.send(bytes, server.port, '127.0.0.1', resolve));
  }
  socket.close();
  expect(await client.resolve4('a.shop.example.com')).toEqual(['192.0.2.1']);
});

test('refuses a port that is taken', async () => {
  await expect(startDns({ names: () => names, regions: [], port: server.port })).rejects.toThrow(
    'EADDRINUSE',
  );
});

const resolverIn = (region: string, now = () => 0): LabResolver =>
  resolverOf({ port: server.port, regions: REGIONS, region, now });

test.each([
  ['us-east-1', '192.0.2.10'],
  ['eu-west-1', '192.0.2.20'],
])('a client in %s is led to its nearest region', async (region, address) => {
  expect(await resolverIn(region).addresses('near.shop.example.com')).toEqual([address]);
});

test('an application keeps an answer for its time to live, and no longer', async () => {
  let now = 1_000;
  const resolver = resolverIn('us-east-1', () => now);
  const located = async () => (await resolver.locate('postgresql', ENDPOINT)).port;
  expect(await located()).toBe(5001);
  moveWriter();
  now += 4_999;
  expect(await located()).toBe(5001);
  now += 1;
  expect(await located()).toBe(5002);
});

test('an application that starts again asks again', async () => {
  const resolver = resolverIn('us-east-1');
  await resolver.locate('postgresql', ENDPOINT);
  moveWriter();
  resolver.forget();
  expect((await resolver.locate('postgresql', ENDPOINT)).port).toBe(5002);
});

test('an answer of many addresses arrives whole', async () => {
  expect(await resolverIn('us-east-1').addresses('many.shop.example.com')).toHaveLength(many.length);
});

test('a missing name is kept as missing for as long as the zone says', async () => {
  let now = 0;
  const resolver = resolverIn('us-east-1', () => now);
  await expect(resolver.addresses('new.shop.example.com')).rejects.toThrow('"new.shop.example.com"');
  const record = { name: 'new.shop.example.com', type: 'A', ttl: 60, records: ['192.0.2.9'] };
  names = { ...names, zone: { ...names.zone, records: [...names.zone.records, record] } };
  now = 899_999;
  await expect(resolver.addresses('new.shop.example.com')).rejects.toThrow('no A record');
  now = 900_000;
  expect(await resolver.addresses('new.shop.example.com')).toEqual(['192.0.2.9']);
});

test('a server that is gone is an error that names it', async () => {
  const resolver = resolverIn('us-east-1');
  await server.stop();
  await expect(resolver.addresses('a.shop.example.com')).rejects.toThrow(
    `port ${server.port} does not answer`,
  );
  server = await startDns({ names: () => names, regions: REGIONS });
});
