/** The drawing shows what was rendered, all of it, in both shapes and as text. */
import { XMLValidator } from 'fast-xml-parser';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { architectureSvg, Diagram } from '../../../review/report/diagram';
import { mermaidOf } from '../../../review/report/mermaid';
import { topologyOf } from '../../../review/report/topology';
import { composed, type RenderedEstate } from '../../../review/rendered';
import { withStack } from '../numbers/_estates';
import { committed, edited, NAMES, rewritten, shownIn } from './_reports';

const narrow = (estate: RenderedEstate) =>
  render(h(Diagram, { topology: topologyOf(estate), shape: 'narrow', scope: 'n' }));

const FORMS = [
  ['wide', (estate: RenderedEstate) => shownIn(architectureSvg(estate))],
  ['narrow', (estate: RenderedEstate) => shownIn(narrow(estate))],
  ['text', (estate: RenderedEstate) => mermaidOf(topologyOf(estate))],
] as const;

/** What a reader sees of each kind of AWS resource. */
const DRAWN: Readonly<Record<string, string>> = {
  'cloudfront/Distribution': 'CloudFront',
  'dax/Cluster': 'DAX',
  'dynamodb/Table': 'DynamoDB',
  'elasticache/ReplicationGroup': 'Valkey',
  'globalaccelerator/Accelerator': 'Global Accelerator',
  'rds/Cluster': 'Aurora PostgreSQL',
  'route53/HealthCheck': 'checks',
  'route53/Record': 'Route 53',
  's3/Bucket': 'S3',
  'secretsmanager/Secret': 'ecret',
  'wafv2/WebACL': 'WAF',
};

/** Settings of something that is drawn: each with the kind it belongs to. */
const PART_OF: Readonly<Record<string, string>> = {
  'acm/Certificate': 'route53/Record',
  'appautoscaling/Policy': 'dynamodb/Table',
  'appautoscaling/Target': 'dynamodb/Table',
  'cloudfront/OriginAccessControl': 'cloudfront/Distribution',
  'dax/ParameterGroup': 'dax/Cluster',
  'dax/SubnetGroup': 'dax/Cluster',
  'elasticache/GlobalReplicationGroup': 'elasticache/ReplicationGroup',
  'elasticache/ParameterGroup': 'elasticache/ReplicationGroup',
  'elasticache/SubnetGroup': 'elasticache/ReplicationGroup',
  'globalaccelerator/EndpointGroup': 'globalaccelerator/Accelerator',
  'globalaccelerator/Listener': 'globalaccelerator/Accelerator',
  'rds/ClusterInstance': 'rds/Cluster',
  'rds/ClusterParameterGroup': 'rds/Cluster',
  'rds/GlobalCluster': 'rds/Cluster',
  'rds/ParameterGroup': 'rds/Cluster',
  'rds/SubnetGroup': 'rds/Cluster',
  's3/BucketLifecycleConfiguration': 's3/Bucket',
  's3/BucketOwnershipControls': 's3/Bucket',
  's3/BucketPolicy': 's3/Bucket',
  's3/BucketPublicAccessBlock': 's3/Bucket',
  's3/BucketReplicationConfiguration': 's3/Bucket',
  's3/BucketServerSideEncryptionConfiguration': 's3/Bucket',
  's3/BucketVersioning': 's3/Bucket',
  'secretsmanager/SecretRotation': 'secretsmanager/Secret',
  'wafv2/WebACLAssociation': 'wafv2/WebACL',
};

/** Serve whatever needs them and are no component of a request: permissions and alarms. */
const NOT_DRAWN = ['iam/Role', 'iam/RolePolicy', 'cloudwatch/MetricAlarm'];

/** In every estate. */
const ALWAYS = ['Users', 'Load balancer', 'beacon', 'Argo CD', 'Crossplane', 'Git', 'Job', 'promote-1'];

const kindsOf = ({ clusters }: RenderedEstate): string[] => [
  ...new Set(
    clusters
      .flatMap(composed)
      .filter(({ object }) => object.apiVersion.includes('.aws.m.upbound.io/'))
      .map(({ object }) => `${object.apiVersion.split('.')[0]}/${object.kind}`),
  ),
];

describe.each(NAMES)('%s', (name) => {
  const estate = committed(name);

  test('draws or knows every kind of AWS resource that is rendered', () => {
    const unknown = kindsOf(estate).filter(
      (kind) => !(kind in DRAWN) && !(kind in PART_OF) && !NOT_DRAWN.includes(kind),
    );
    expect(unknown).toEqual([]);
  });

  test.each(FORMS)('%s: shows every component', (_form, drawn) => {
    const text = drawn(estate);
    const words = kindsOf(estate).flatMap((kind) => DRAWN[PART_OF[kind] ?? kind] ?? []);
    const { input, clusters } = estate;
    const all = [
      ...words,
      ...clusters.map((cluster) => cluster.name),
      ...input.services.map((service) => service.name),
      ...input.claims.filter(({ kind }) => kind !== 'Site').map(({ metadata }) => metadata.name),
      ...ALWAYS,
    ];
    expect(all.filter((word) => !text.includes(word))).toEqual([]);
  });

  test('is well-formed, and stays inside its frame', () => {
    for (const svg of [architectureSvg(estate), narrow(estate)]) {
      expect(XMLValidator.validate(svg)).toBe(true);
      const [, width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
      const rects = [
        ...svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"/g),
      ];
      expect(rects.length).toBeGreaterThan(10);
      const outside = rects.filter(
        ([, x, y, w, h]) =>
          Number(x) < 0 || Number(y) < 0 || Number(x) + Number(w) > width || Number(y) + Number(h) > height,
      );
      expect(outside).toEqual([]);
    }
  });

  test('has a title, a description and no text below 11 px', () => {
    const svg = architectureSvg(estate);
    expect(svg).toContain('role="img" aria-labelledby="a-title a-desc"');
    expect(/<desc id="a-desc">([^<]{80,})<\/desc>/.exec(svg)).not.toBeNull();
    const sizes = [...svg.matchAll(/\.s(\d+)\{font-size:\1px\}/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBe(11);
    expect(svg.match(/<text(?![^>]* s(11|12|15)")/)).toBeNull();
  });
});

describe('a stale drawing shows', () => {
  const before = architectureSvg(committed('storefront'));

  const changes: Readonly<Record<string, Parameters<typeof edited>[1]>> = {
    'a store goes': (input) => void input.claims.splice(0, 1),
    'a service grows': (input) => void (input.services[0].scale.max = 41),
    'the WAF goes': (input) => void (input.estate.traffic.waf = false),
    'a flip is committed': (input) =>
      void Object.assign(input.primaryRegion.spec, { region: 'eu-west-1', epoch: 1 }),
  };

  test.each(Object.entries(changes))('%s', (_what, edit) => {
    expect(architectureSvg(edited('storefront', edit))).not.toBe(before);
  });

  test('and nothing else changes it', () => {
    expect(
      architectureSvg(edited('storefront', (input) => void (input.services[0].resources.cpu = '600m'))),
    ).toBe(before);
  });
});

test.each([
  ['storefront', { dns: false, cdn: true }, 'at the CDN, and again at each region'],
  ['warm-standby', { dns: false, accelerator: false }, 'at each region: an accelerator has none'],
])('%s: where the WAF stands', (name, front, _reason) => {
  const topology = topologyOf(committed(name));
  expect(Object.fromEntries(topology.front.map(({ id, waf }) => [id, waf]))).toEqual(front);
  expect(topology.sides.map(({ waf }) => waf)).toEqual([true, true]);
});

test('what only the stacks hold is drawn once they are rendered', () => {
  const estate = withStack(
    withStack(committed('storefront'), 'prod-us-east-1-network', {
      a: { Type: 'AWS::EC2::NatGateway' },
      b: { Type: 'AWS::EC2::NatGateway' },
    }),
    'prod-us-east-1-peering',
    { c: { Type: 'AWS::EC2::TransitGatewayPeeringAttachment' } },
  );
  expect(shownIn(architectureSvg(estate))).toContain('2 NAT');
  expect(shownIn(architectureSvg(estate))).toContain('peering');
  expect(shownIn(architectureSvg(committed('storefront')))).not.toContain('peering');
  expect(mermaidOf(topologyOf(estate))).toContain('home_eks <-- transit gateways --> peer_eks');
});

describe('who writes and what a flip moves', () => {
  const overridden = rewritten('warm-standby', (object) => {
    if (object.kind === 'PrimaryRegion') Object.assign(object.spec, { region: 'us-west-2', epoch: 3 });
  });

  test('follows the effective region, not the home region', () => {
    const { flip, stores, sides } = topologyOf(overridden);
    expect(flip).toMatchObject({ from: 'us-west-2', to: 'us-east-1', epoch: 3, next: 4 });
    expect(stores.find(({ name }) => name === 'orders')).toMatchObject({
      halves: [{ role: 'reader' }, { role: 'writer' }],
      link: { from: 'us-west-2', to: 'us-east-1', both: false },
    });
    expect(sides.map(({ primary, serves }) => [primary, serves])).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(mermaidOf(topologyOf(overridden))).toContain('home_argo ==> home_xp ==> home_job');
  });

  test.each([
    ['storefront', ['shop/orders'], [], 'one database; its regional cache is not promoted'],
    ['capstone', ['order/orders', 'product/products', 'user/users'], [], 'three databases side by side'],
    ['pilot-light', [], ['web/web'], 'no store: pods are started instead'],
    ['warm-standby', ['shop/orders', 'shop/sessions'], ['shop/api', 'shop/payments'], 'stores and floors'],
    ['global-tables', [], ['app/api', 'app/web'], 'both regions write already: only pods are started'],
  ])('%s', (name, stores, floors, _reason) => {
    expect(topologyOf(committed(name)).flip).toMatchObject({ stores, floors });
  });
});

test('a claim kind that has no words yet is drawn by what it is made of', () => {
  const estate = rewritten('storefront', (object) => {
    if (object.kind === 'Bucket' && object.apiVersion.startsWith('s3.')) object.kind = 'Vault';
  });
  const strange = {
    ...estate,
    input: {
      ...estate.input,
      claims: estate.input.claims.map((claim) => ({
        ...claim,
        kind: claim.kind === 'Bucket' ? 'Vault' : claim.kind,
      })) as typeof estate.input.claims,
    },
  };
  expect(shownIn(architectureSvg(strange))).toContain('s3 Vault');
});

test('the same estate gives the same bytes', () => {
  expect(architectureSvg(structuredClone(committed('storefront')))).toBe(
    architectureSvg(committed('storefront')),
  );
});
