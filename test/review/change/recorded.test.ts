import { parseAllDocuments, stringify } from 'yaml';
import { drop, type Edit, type Recorded, replace, reviewed } from './_estate';

const ORDERS = /^claims\/shop\/orders\.yaml$/;
const HOME = 'prod-us-east-1';
const PEER = 'prod-eu-west-1';

const rename: Edit = (files) => {
  const text = files.get('claims/shop/orders.yaml') ?? '';
  files.delete('claims/shop/orders.yaml');
  files.set('claims/shop/purchases.yaml', text.replace('name: orders', 'name: purchases'));
  for (const [path, service] of files)
    if (path.startsWith('services/')) files.set(path, service.replace(/\borders\b/, 'purchases'));
};

const vpc = (cidr: string): string =>
  JSON.stringify({ Resources: { Vpc1: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } } } });

const network =
  (cidr: string): Edit =>
  (files) =>
    void files.set(`aws/${PEER}-network.json`, vpc(cidr));

const newClaim: Edit = (files) =>
  void files.set(
    'claims/shop/invoices.yaml',
    (files.get('claims/shop/orders.yaml') ?? '').replace('name: orders', 'name: invoices'),
  );

/** What one line of the answer must say. */
interface Expected {
  readonly name: string;
  readonly outcome: string;
  readonly refused?: boolean;
  readonly why: RegExp;
  readonly what?: string;
  readonly clusters?: readonly string[];
}

interface Case extends Recorded {
  /** Why the verdict is right. */
  readonly reason: string;
  readonly lines: readonly Expected[];
  readonly severity: 'error' | 'warning' | 'info';
}

const cases: Record<string, Case> = {
  'resize a database': {
    estate: 'storefront',
    reason: 'instances restart on another machine, in their window, each region in its own',
    input: replace(ORDERS, 'size: medium', 'size: large'),
    lines: [
      {
        name: 'shop/orders',
        outcome: 'restart',
        what: 'size medium → large',
        why: /instanceClass db\.r6g\.xlarge → db\.r6g\.2xlarge: .* take over, \w{3}:\d\d:\d\d-\S+ UTC in \S+ and \w{3}:/,
        clusters: [HOME, PEER],
      },
    ],
    severity: 'warning',
  },
  'rename a database': {
    estate: 'storefront',
    reason: 'a name is the identity: the new store is empty, the old one is left behind',
    input: rename,
    lines: [
      { name: 'shop/orders', outcome: 'data-loss', why: /renamed to shop\/purchases: .* unmanaged/ },
      { name: 'shop/purchases', outcome: 'data-loss', why: /renamed from shop\/orders: .* new and empty/ },
    ],
    severity: 'error',
  },
  'change the engine version': {
    estate: 'storefront',
    reason: 'a major upgrade stops the database; the version stands in the GlobalCluster',
    input: replace(ORDERS, "version: '16'", "version: '17'"),
    lines: [
      {
        name: 'shop/orders',
        outcome: 'restart',
        what: 'version 16 → 17',
        why: /engineVersion 16\.\d+ → 17\.\d+: the engine of every member is upgraded/,
      },
    ],
    severity: 'warning',
  },
  'switch deletion protection off in the claim': {
    estate: 'storefront',
    reason: 'nothing stands between one call and the data any more',
    input: replace(ORDERS, "version: '16'", "version: '16', deletionProtection: false"),
    lines: [
      {
        name: 'shop/orders',
        outcome: 'data-loss',
        what: 'deletionProtection true → false',
        why: /deletionProtection true → false: one call deletes it/,
        clusters: [HOME, PEER],
      },
    ],
    severity: 'error',
  },
  'lower a floor': {
    estate: 'storefront',
    reason: 'what stands ready is what survives the loss of the other region',
    input: replace(/^services\/cart\.yaml$/, 'min: 4', 'min: 2'),
    lines: [
      {
        name: 'cart',
        outcome: 'failover-lost',
        what: 'scale.min 4 → 2',
        why: /minReplicas 4 → 2: less stands ready/,
        clusters: [HOME, PEER],
      },
    ],
    severity: 'error',
  },
  'change a CIDR': {
    estate: 'storefront',
    reason: 'a VPC cannot change its block; policies of the services follow in place',
    input: replace(/^estate\.yaml$/, '10.1.0.0/16', '10.2.0.0/16'),
    both: network('10.1.0.0/16'),
    output: network('10.2.0.0/16'),
    lines: [
      {
        name: 'stack network',
        outcome: 'replacement',
        refused: false,
        why: /CidrBlock 10\.1\.0\.0\/16 → 10\.2\.0\.0\/16: CloudFormation makes a new one/,
        clusters: [PEER],
      },
      { name: 'account', outcome: 'in-place', why: /cidr|ipBlock/ },
    ],
    severity: 'error',
  },
  'use another zone': {
    estate: 'storefront',
    reason: 'an instance cannot move: the provider refuses a new availability zone',
    input: replace(/^estate\.yaml$/, 'cidr: 10.0.0.0/16', 'cidr: 10.0.0.0/16, zones: [b, c, d]'),
    lines: [
      {
        name: 'shop/orders',
        outcome: 'replacement',
        refused: true,
        why: /availabilityZone us-east-1a → us-east-1b: the provider refuses it: the object stays Synced=False and nothing is replaced; it needs a new claim/,
        clusters: [HOME],
      },
    ],
    severity: 'error',
  },
  'drop a zone': {
    estate: 'storefront',
    reason: 'the nodes that stood there are what a failover counts on',
    output: drop(/prod-eu-west-1\/nodes/, 'name: static-eu-west-1c'),
    lines: [
      {
        name: 'platform nodes',
        outcome: 'failover-lost',
        why: /NodePool static-eu-west-1c is gone/,
        clusters: [PEER],
      },
    ],
    severity: 'error',
  },
  'edit a health check': {
    estate: 'storefront',
    reason: 'the number of failures changes in place; only the recovery time follows',
    input: replace(/^estate\.yaml$/, 'failures: 3', 'failures: 5'),
    lines: [{ name: 'shop/site', outcome: 'in-place', why: /failureThreshold 3 → 5/, clusters: [HOME] }],
    severity: 'info',
  },
  'check health less often': {
    estate: 'storefront',
    reason: 'the interval of a check cannot change, so another check takes its place before it goes',
    input: replace(/^estate\.yaml$/, 'interval: 10s', 'interval: 30s'),
    lines: [
      {
        name: 'shop/site',
        outcome: 'in-place',
        why: /check-home-30s takes the place of check-home-10s/,
        clusters: [HOME],
      },
    ],
    severity: 'info',
  },
  'remove the region of a replica': {
    estate: 'global-tables',
    reason: 'the table lives in one region only',
    output: replace(/composed\/prod-us-east-1\/app\.items\.yaml/, /^ {4}replica:\n(?: {6}.*\n)+/, ''),
    lines: [
      {
        name: 'app/items',
        outcome: 'failover-lost',
        why: /replica\[us-west-2\]\.regionName us-west-2 → \(none\): that region holds no copy/,
        clusters: ['prod-us-east-1'],
      },
    ],
    severity: 'error',
  },
  'add a claim': {
    estate: 'storefront',
    reason: 'nothing that is there changes',
    input: newClaim,
    lines: [{ name: 'shop/invoices', outcome: 'created', why: /\d+ AWS resources/, clusters: [HOME, PEER] }],
    severity: 'info',
  },
  'another image': {
    estate: 'storefront',
    reason: 'a Deployment replaces its pods a few at a time',
    input: replace(/^services\/web\.yaml$/, '1729640e', '00000000'),
    lines: [
      {
        name: 'web',
        outcome: 'restart',
        what: 'image 1729640e → 00000000',
        why: /containers\[app\]\.image 1729640e → 00000000: its pods are replaced a few at a time/,
        clusters: [HOME, PEER],
      },
    ],
    severity: 'warning',
  },
};

describe.each(Object.entries(cases))('%s', (_, { lines, severity, ...recorded }) => {
  const review = reviewed(recorded);

  test.each(lines)('$name: $outcome', ({ name, outcome, why, what, ...more }) => {
    const row = review.rows.find((one) => one.name === name && one.outcome === outcome);
    expect(review.rows.map((one) => `${one.name}: ${one.outcome}`)).toContain(`${name}: ${outcome}`);
    expect(row?.why.join('; ')).toMatch(why);
    expect(row).toMatchObject(more);
    expect(row?.what).toEqual(what ? [what] : (row?.what ?? 'nothing'));
  });

  test(`is ${severity}`, () => expect(review.severity).toBe(severity));
});

const spaced: Edit = (files) => {
  for (const [path, text] of files) files.set(path, `# a comment\n${text}`);
};

const quoted: Edit = (files) => {
  for (const [path, text] of files) {
    const documents = parseAllDocuments(text).map((document) => document.toJS() as object);
    files.set(
      path,
      documents.map((one) => `# another comment\n${stringify(reversedKeys(one))}`).join('---\n'),
    );
  }
};

const reversedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversedKeys(inner)]));
};

describe('a pure reformat', () => {
  test('of all of the output is no change', () => {
    const { rows, outcome, compared } = reviewed({ estate: 'pilot-light', output: quoted });
    expect(rows).toEqual([]);
    expect(outcome).toBe('unchanged');
    expect(compared.objects).toBe(0);
  });

  test('of what people write is no change', () => {
    const { rows, estateChanges } = reviewed({ estate: 'pilot-light', input: spaced });
    expect([...rows, ...estateChanges]).toEqual([]);
  });
});

test('who uses a claim is told with it', () => {
  const { reach } = reviewed({ estate: 'storefront', input: replace(ORDERS, 'size: medium', 'size: large') });
  expect(reach.map(({ claim }) => claim)).toEqual(['shop/orders']);
  expect(reach[0]?.services.map(({ name }) => name)).toEqual(['account', 'catalog', 'checkout', 'payments']);
});

test('a change of one environment is told as one', () => {
  const { rows } = reviewed({
    estate: 'capstone',
    input: replace(/^estate\.yaml$/, 'size: small\n    scale: { min: 2', 'size: medium\n    scale: { min: 2'),
  });
  expect(new Set(rows.flatMap(({ clusters }) => clusters))).toEqual(new Set(['staging-us-east-1']));
});
