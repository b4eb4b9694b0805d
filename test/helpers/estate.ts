/** A small complete valid estate as files, to load as it is or to break in one place. */
import type { Files } from '../../spec/problem';

const ACCOUNT = '111111111111';
const ROOT = 'estates/shop';

const estate = `name: shop
account: '${ACCOUNT}'
domain: shop.example.com
regions:
  home: { name: us-east-1, cidr: 10.0.0.0/16 }
  peer: { name: eu-west-1, cidr: 10.1.0.0/16 }
pattern: active-active
objectives: { rto: 5m, rpo: 1m, availability: 99.99%, surge: 10x }
traffic:
  routing: latency
  healthCheck: { interval: 10s, failures: 3 }
network:
  tiers:
    public: { prefix: 20, indexes: [0, 1, 2] }
    application: { prefix: 20, indexes: [3, 4, 5] }
    data: { prefix: 20, indexes: [6, 7, 8] }
delivery: { repository: https://git.example.com/flipside.git }
`;

const primaryRegion = `apiVersion: platform.flipside.dev/v1
kind: PrimaryRegion
metadata: { name: shop, namespace: flipside-system }
spec: { region: us-east-1, epoch: 0 }
`;

const orders = `apiVersion: platform.flipside.dev/v1
kind: PostgresDatabase
metadata: { name: orders, namespace: sales }
spec: { size: small, version: '16' }
`;

const service = (name: string, links: string) => `name: ${name}
team: sales
image: ${name}@sha256:${'0123456789abcdef'.repeat(4)}
scale: { min: 2, max: 20, cpu: 70% }
paths: [/${name}]
${links}
`;

const ids = (prefix: string, digits: string) =>
  `[${[1, 2, 3].map((n) => `${prefix}-00000000000000${digits}${n}`).join(', ')}]`;

/** A facts file, for a cluster of `environment` in `region`; `digit` tells its ids from those of other clusters. */
export const factsFile = (environment: string, region: string, digit: number, account = ACCOUNT) => {
  const arn = (service: string, rest: string) => `'arn:aws:${service}:${region}:${account}:${rest}'`;
  const cluster = `${environment}-${region}`;
  return `account: '${account}'
region: ${region}
vpc: { id: vpc-0000000000000000${digit} }
subnets:
  public: ${ids('subnet', `${digit}1`)}
  application: ${ids('subnet', `${digit}2`)}
  data: ${ids('subnet', `${digit}3`)}
securityGroups:
  loadBalancer: sg-0000000000000001${digit}
  nodes: sg-0000000000000002${digit}
  database: sg-0000000000000003${digit}
  cache: sg-0000000000000004${digit}
keys: { data: ${arn('kms', 'key/mrk-0001')} }
cluster: { name: ${cluster}, nodeRole: ${cluster}-node }
loadBalancer:
  arn: ${arn('elasticloadbalancing', `loadbalancer/app/${cluster}-entry/1`)}
  dnsName: ${cluster}-entry.${region}.elb.amazonaws.com
  zoneId: Z35SXDOTRQ7X7K
targetGroups:
  beacon: ${arn('elasticloadbalancing', `targetgroup/${environment}-beacon/1`)}
  catalog: ${arn('elasticloadbalancing', `targetgroup/${environment}-catalog/1`)}
  web: ${arn('elasticloadbalancing', `targetgroup/${environment}-web/1`)}
hostedZone: { id: Z00000000000000000001 }
elasticache: { globalPrefix: ldgnf }
rotation: { functionArn: ${arn('lambda', `function:${cluster}-rotation`)} }
`;
};

const valid = {
  'estate.yaml': estate,
  'primary-region.yaml': primaryRegion,
  'claims/sales/orders.yaml': orders,
  'services/catalog.yaml': service('catalog', 'uses: [orders]'),
  'services/web.yaml': service('web', 'calls: [catalog]'),
  'facts/prod-us-east-1.yaml': factsFile('prod', 'us-east-1', 1),
  'facts/prod-eu-west-1.yaml': factsFile('prod', 'eu-west-1', 2),
};

/** Changes the texts in place, by path from the root of the repository. */
export type Edit = (files: Map<string, string>) => void;

/** The files of the valid estate `shop`: two services, one database, two clusters; `edit` may break them. */
export function estateFiles(edit: Edit = () => {}): Files {
  const texts = new Map(Object.entries(valid).map(([path, text]) => [`${ROOT}/${path}`, text]));
  edit(texts);
  return new Map([...texts].map(([path, text]) => [path, new TextEncoder().encode(text)]));
}

/** Replaces `from`, which must be there, in one file of the estate, for example of `services/web.yaml`. */
export function change(path: string, from: string | RegExp, to: string): Edit {
  return (files) => {
    const before = files.get(`${ROOT}/${path}`) ?? '';
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`Cannot change "${from}": ${path} does not hold it`);
    files.set(`${ROOT}/${path}`, after);
  };
}

/** Writes a file of the estate. */
export const write =
  (path: string, text: string): Edit =>
  (files) => {
    files.set(`${ROOT}/${path}`, text);
  };

/** Removes a file of the estate. */
export const remove =
  (path: string): Edit =>
  (files) => {
    files.delete(`${ROOT}/${path}`);
  };

/** One edit after the other. */
export const both =
  (...edits: readonly Edit[]): Edit =>
  (files) => {
    for (const edit of edits) edit(files);
  };

/** Adds the environment `dev`, in a block and an account of its own, with its facts. */
export const dev = (cidr: string): Edit =>
  both(
    change(
      'estate.yaml',
      'network:',
      `environments:\n  dev: { account: '222222222222', cidr: ${cidr} }\nnetwork:`,
    ),
    write('facts/dev-us-east-1.yaml', factsFile('dev', 'us-east-1', 3, '222222222222')),
  );
