import { catalog, type Change, HOME, type Json, model, only, PEER, rendered } from './_model';

const policy = (change: Change, cluster = HOME): Json =>
  catalog(model(change), cluster, 'NetworkPolicy').spec;

const blocksOf = (rules: Json[], port: number): string[] =>
  rules
    .filter(({ ports }) => ports.some((one: Json) => one.port === port))
    .flatMap(({ to, from }) => to ?? from)
    .flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr] : []));

const using = (kind: string, spec: object = {}): Change => ({
  services: [{ uses: ['store'] }],
  claims: [{ kind, name: 'store', spec }],
});

test('S0-19, S1-22, S4-55 only the subnets of the load balancer reach the port', () => {
  const { ingress } = policy({});
  expect(ingress).toHaveLength(1);
  expect(ingress[0].ports).toEqual([{ protocol: 'TCP', port: 3000 }]);
  expect(blocksOf(ingress, 3000)).toEqual(['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24']);
});

test('S4-55 the peer region has its own load balancer', () => {
  expect(blocksOf(policy({}, PEER).ingress, 3000)).toEqual(['10.1.1.0/24', '10.1.2.0/24', '10.1.3.0/24']);
});

test('X-21 the network on premises is reached on the ports a service names, and only from regions that have it', () => {
  const { network } = model({}).estate;
  const joined: Change = {
    services: [{ onPremises: [1521] }],
    estate: {
      network: { ...network, onPremises: ['192.168.0.0/16'] },
      environments: { dev: { account: '222222222222', cidr: '10.2.0.0/16', zones: 1 } },
    },
  };
  for (const cluster of [HOME, PEER])
    expect(blocksOf(policy(joined, cluster).egress, 1521)).toEqual(['192.168.0.0/16']);
  expect(blocksOf(policy(joined, 'dev-us-east-1').egress, 1521)).toEqual([]);
});

test('C-15 a service without paths and callers takes no connection', () => {
  expect(policy({ services: [{ paths: [] }] }).ingress).toEqual([]);
});

const pods = (team: string, name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': team } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});

test('C-15 a call opens both ends, for these two services only', () => {
  const services = [
    { calls: ['prices'] },
    { name: 'prices', team: 'money', port: 9000, paths: [] },
    { name: 'other' },
  ];
  const one = model({ services });
  const caller = catalog(one, HOME, 'NetworkPolicy').spec;
  expect(caller.egress).toContainEqual({
    to: [pods('money', 'prices')],
    ports: [{ protocol: 'TCP', port: 9000 }],
  });
  const called = only(rendered(one, HOME, 'prices'), 'NetworkPolicy').spec;
  expect(called.ingress).toEqual([
    { from: [pods('shop', 'catalog')], ports: [{ protocol: 'TCP', port: 9000 }] },
  ]);
});

test('DNS has an address in Auto Mode and is reached over UDP and TCP', () => {
  const [dns] = policy({}).egress;
  expect(dns.ports).toEqual([
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ]);
  expect(blocksOf([dns], 53)).toEqual(['172.20.0.10/32']);
});

test('S1-20 credentials come from the Pod Identity agent, never from the instance', () => {
  const { egress } = policy(using('Bucket'));
  expect(blocksOf(egress, 80)).toEqual(['169.254.170.23/32']);
  const internet = egress
    .flatMap(({ to }: Json) => to)
    .find(({ ipBlock }: Json) => ipBlock?.cidr === '0.0.0.0/0');
  expect(internet.ipBlock.except).toContain('169.254.0.0/16');
});

interface Case {
  readonly reason: string;
  readonly change: Change;
  readonly port: number;
  readonly blocks: readonly string[];
}

const HERE = ['10.0.20.0/24', '10.0.21.0/24', '10.0.22.0/24'];
const THERE = ['10.1.20.0/24', '10.1.21.0/24', '10.1.22.0/24'];
const VPC = '10.0.0.0/16';

const cases: Record<string, Case> = {
  'S0-32 a database in both regions': {
    reason: 'the global writer endpoint may be in either',
    change: using('PostgresDatabase'),
    port: 5432,
    blocks: [...HERE, ...THERE],
  },
  'a cache in the own region': { reason: 'never across', change: using('Cache'), port: 6379, blocks: HERE },
  'a table with DAX': {
    reason: 'in the data tier',
    change: using('Table', { dax: {} }),
    port: 9111,
    blocks: HERE,
  },
  'a table without DAX': { reason: 'nothing in the VPC', change: using('Table'), port: 9111, blocks: [] },
  'a table over its gateway endpoint': {
    reason: 'its addresses are public',
    change: using('Table'),
    port: 443,
    blocks: [VPC, '0.0.0.0/0'],
  },
  'a bucket over its gateway endpoint': {
    reason: 'its addresses are public',
    change: using('Bucket'),
    port: 443,
    blocks: [VPC, '0.0.0.0/0'],
  },
  'a secret of somebody else': {
    reason: 'it opens a service on the internet',
    change: using('AppSecret'),
    port: 443,
    blocks: [VPC, '0.0.0.0/0'],
  },
  'nothing but interface endpoints': {
    reason: 'no claim needs more',
    change: using('PostgresDatabase'),
    port: 443,
    blocks: [VPC],
  },
  'no database, no port': { reason: 'least privilege', change: {}, port: 5432, blocks: [] },
};

test.each(Object.entries(cases))('C-15 %s', (_, { change, port, blocks }) => {
  expect(blocksOf(policy(change).egress, port)).toEqual(blocks);
});

test('without a data tier stores are in the application tier', () => {
  const tiers = {
    public: { prefix: 24, indexes: [1, 2, 3] },
    application: { prefix: 24, indexes: [10, 11, 12] },
  };
  const { egress } = policy({ ...using('Cache'), estate: { network: { tiers } } });
  expect(blocksOf(egress, 6379)).toEqual(['10.0.10.0/24', '10.0.11.0/24', '10.0.12.0/24']);
});

test('an environment of one region reaches no other', () => {
  const dev = { account: '222222222222', cidr: '10.2.0.0/16', zones: 1 };
  const { egress } = policy(
    { ...using('PostgresDatabase'), estate: { environments: { dev } } },
    'dev-us-east-1',
  );
  expect(blocksOf(egress, 5432)).toEqual(['10.2.20.0/24', '10.2.21.0/24', '10.2.22.0/24']);
});
