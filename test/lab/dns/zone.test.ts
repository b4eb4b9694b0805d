/** What is answered for a name: kinds of records, names that lead elsewhere, names that are not there. */
import * as fc from 'fast-check';
import type { Names, RecordSet } from '../../../lab/dns/records';
import { answer } from '../../../lab/dns/zone';
import { zoneOf } from './_names';

const ENDPOINT = 'orders.global-lab.global.rds.amazonaws.com';
const SERVER = 'orders.cluster-lab.us-east-1.rds.amazonaws.com';

const names: Names = zoneOf(
  [
    { name: 'a.shop.example.com', type: 'A', ttl: 30, records: ['192.0.2.1', '192.0.2.2'] },
    { name: 'text.shop.example.com', type: 'TXT', ttl: 10, records: ['hello'] },
    { name: 'deep.below.shop.example.com', type: 'A', ttl: 30, records: ['192.0.2.3'] },
    { name: 'inside.shop.example.com', type: 'CNAME', ttl: 20, records: ['A.shop.example.com.'] },
    { name: 'outside.shop.example.com', type: 'CNAME', ttl: 20, records: ['proof.acm-validations.aws.'] },
    { name: 'lost.shop.example.com', type: 'CNAME', ttl: 20, records: ['nobody.shop.example.com'] },
    {
      name: 'alias.shop.example.com',
      type: 'A',
      alias: { name: 'a.shop.example.com', zoneId: 'Z1', evaluateTargetHealth: false },
    },
    {
      name: 'balanced.shop.example.com',
      type: 'A',
      alias: { name: 'Entry.elb.amazonaws.com.', zoneId: 'Z2', evaluateTargetHealth: true },
    },
    {
      name: 'loop.shop.example.com',
      type: 'A',
      alias: { name: 'loop.shop.example.com', zoneId: 'Z1', evaluateTargetHealth: false },
    },
  ],
  {
    targets: {
      'entry.elb.amazonaws.com': { is: 'address', address: '127.0.0.1', port: 8443, healthy: true },
      [SERVER]: { is: 'address', address: '127.0.0.1', port: 5433, ttl: 5, healthy: true },
    },
    writers: { [ENDPOINT]: SERVER },
  },
);

interface Case {
  readonly name: string;
  readonly type: string;
  readonly code?: string;
  /** `<name> <ttl> <type> <data>` of each line. */
  readonly lines: readonly string[];
  readonly reason: string;
}

const cases: readonly Case[] = [
  {
    name: 'a.shop.example.com',
    type: 'A',
    lines: ['a.shop.example.com 30 A 192.0.2.1', 'a.shop.example.com 30 A 192.0.2.2'],
    reason: 'all values of a record, with its time to live',
  },
  {
    name: 'A.Shop.Example.COM',
    type: 'A',
    lines: ['A.Shop.Example.COM 30 A 192.0.2.1', 'A.Shop.Example.COM 30 A 192.0.2.2'],
    reason: 'names have no case, and are given back as they were asked',
  },
  {
    name: 'text.shop.example.com',
    type: 'TXT',
    lines: ['text.shop.example.com 10 TXT hello'],
    reason: 'text',
  },
  { name: 'a.shop.example.com', type: 'AAAA', lines: [], reason: 'the name is there, this type is not' },
  { name: 'a.shop.example.com', type: 'MX', lines: [], reason: 'the name is there, this type is not' },
  {
    name: 'below.shop.example.com',
    type: 'A',
    lines: [],
    reason: 'a name above another one is there, empty',
  },
  { name: 'shop.example.com', type: 'A', lines: [], reason: 'the zone itself is there' },
  { name: 'nobody.shop.example.com', type: 'A', code: 'NXDOMAIN', lines: [], reason: 'no such name' },
  { name: 'below.a.shop.example.com', type: 'A', code: 'NXDOMAIN', lines: [], reason: 'no such name below' },
  { name: 'example.com', type: 'A', code: 'REFUSED', lines: [], reason: 'not our zone' },
  {
    name: 'xshop.example.com',
    type: 'A',
    code: 'REFUSED',
    lines: [],
    reason: 'ends alike, but is not our zone',
  },
  {
    name: 'inside.shop.example.com',
    type: 'A',
    lines: [
      'inside.shop.example.com 20 CNAME a.shop.example.com',
      'a.shop.example.com 30 A 192.0.2.1',
      'a.shop.example.com 30 A 192.0.2.2',
    ],
    reason: 'a CNAME and what it leads to',
  },
  {
    name: 'inside.shop.example.com',
    type: 'CNAME',
    lines: ['inside.shop.example.com 20 CNAME a.shop.example.com'],
    reason: 'the CNAME itself',
  },
  {
    name: 'outside.shop.example.com',
    type: 'A',
    lines: ['outside.shop.example.com 20 CNAME proof.acm-validations.aws'],
    reason: 'another zone is for the client to ask',
  },
  {
    name: 'lost.shop.example.com',
    type: 'A',
    code: 'NXDOMAIN',
    lines: ['lost.shop.example.com 20 CNAME nobody.shop.example.com'],
    reason: 'the end of the chain is missing',
  },
  {
    name: 'alias.shop.example.com',
    type: 'A',
    lines: ['alias.shop.example.com 30 A 192.0.2.1', 'alias.shop.example.com 30 A 192.0.2.2'],
    reason: 'an alias answers in its own name, with the time to live of its target',
  },
  { name: 'alias.shop.example.com', type: 'AAAA', lines: [], reason: 'the alias is of type A' },
  {
    name: 'balanced.shop.example.com',
    type: 'A',
    lines: ['balanced.shop.example.com 60 A 127.0.0.1'],
    reason: 'an alias to a load balancer lives for a minute',
  },
  {
    name: '_https._tcp.balanced.shop.example.com',
    type: 'SRV',
    lines: ['_https._tcp.balanced.shop.example.com 60 SRV 8443 entry.elb.amazonaws.com'],
    reason: 'the port that an address cannot carry',
  },
  { name: '_https._tcp.a.shop.example.com', type: 'SRV', lines: [], reason: 'nothing here stands behind it' },
  { name: 'balanced.shop.example.com', type: 'SRV', lines: [], reason: 'names no service' },
  {
    name: '_https._tcp.nobody.shop.example.com',
    type: 'SRV',
    code: 'NXDOMAIN',
    lines: [],
    reason: 'no such name',
  },
  { name: 'loop.shop.example.com', type: 'A', lines: [], reason: 'what leads to itself ends' },
  {
    name: ENDPOINT,
    type: 'A',
    lines: [`${ENDPOINT} 5 CNAME ${SERVER}`, `${SERVER} 5 A 127.0.0.1`],
    reason: 'the writer endpoint points to the server that writes, for five seconds',
  },
  {
    name: `_postgresql._tcp.${ENDPOINT}`,
    type: 'SRV',
    lines: [`_postgresql._tcp.${ENDPOINT} 5 SRV 5433 ${SERVER}`],
    reason: 'and tells its port',
  },
];

test.each(cases)('$type $name: $reason', ({ name, type, code = 'NOERROR', lines }) => {
  const answered = answer(names, { name, type });
  expect(answered.code).toBe(code);
  expect(answered.lines.map(text)).toEqual(lines);
});

const text = (line: ReturnType<typeof answer>['lines'][number]) => {
  if (line.type === 'SOA') return `${line.name} ${line.ttl} SOA`;
  const data = line.type === 'SRV' ? `${line.data.port} ${line.data.target}` : line.data;
  return `${line.name} ${line.ttl} ${line.type} ${data}`;
};

test.each([
  { name: 'nobody.shop.example.com', type: 'A', told: 1, reason: 'how long "no such name" may be kept' },
  { name: 'a.shop.example.com', type: 'AAAA', told: 1, reason: 'how long "not this type" may be kept' },
  { name: 'a.shop.example.com', type: 'A', told: 0, reason: 'an answer needs no SOA' },
  { name: 'example.org', type: 'A', told: 0, reason: 'we know nothing of other zones' },
])('the SOA beside $name $type: $reason', ({ name, type, told }) => {
  expect(answer(names, { name, type }).authority).toHaveLength(told);
});

const label = fc.constantFrom('a', 'b', 'c', 'www');
const host = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map((labels) => [...labels, 'shop.example.com'].join('.'));
const recordSet: fc.Arbitrary<RecordSet> = fc.oneof(
  host.map((name) => ({ name, type: 'A', ttl: 30, records: ['192.0.2.1'] })),
  fc.tuple(host, host).map(([name, to]) => ({ name, type: 'CNAME', ttl: 30, records: [to] })),
  fc.tuple(host, host, fc.boolean()).map(([name, to, evaluateTargetHealth]) => ({
    name,
    type: 'A',
    alias: { name: to, zoneId: 'Z1', evaluateTargetHealth },
  })),
);

test('whatever a zone holds, an answer ends, is made of known records, and is empty where there is no such name', () => {
  fc.assert(
    fc.property(fc.array(recordSet, { maxLength: 8 }), host, (records, name) => {
      const { code, lines } = answer(zoneOf(records), { name, type: 'A' });
      const known = new Set(records.flatMap((record) => record.records ?? []));
      for (const line of lines) expect(known).toContain(line.data);
      const there = records.some((record) => record.name === name || record.name.endsWith(`.${name}`));
      expect(there || (code === 'NXDOMAIN' && lines.length === 0)).toBe(true);
    }),
  );
});
