import { applications } from '../../charts';
import { missingFacts } from '../../model/missing-facts';
import { validateManifest } from '../helpers/validate';
import { catalog, clusterOf, everything, HOME, type Json, model, only, PEER, rendered } from './_model';

const KINDS = [
  'Deployment',
  'HorizontalPodAutoscaler',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Service',
  'ServiceAccount',
  'TargetGroupBinding',
];

test('S1-07, S1-08 each service has its own objects, legible names and labels, and shares none', () => {
  const names = ['product', 'order', 'user'];
  const one = model({ services: names.map((name) => ({ name })) });
  for (const name of names) {
    const objects = rendered(one, HOME, name);
    expect(objects.map(({ kind }) => kind).toSorted()).toEqual(KINDS);
    for (const { metadata } of objects) {
      expect(metadata).toMatchObject({
        name,
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/name': name,
          'flipside.dev/team': 'shop',
          'flipside.dev/estate': 'shop',
        },
      });
    }
  }
});

test('S0-24, S1-19, S1-22, S4-28 Service, target group and container agree on the port; targets are pods', () => {
  const one = model({ services: [{ port: 8080 }, { name: 'web' }] });
  const { spec } = catalog(one, HOME, 'TargetGroupBinding');
  expect(spec).toEqual({
    serviceRef: { name: 'catalog', port: 8080 },
    targetGroupARN: 'arn:aws:elasticloadbalancing:us-east-1:111111111111:targetgroup/prod-catalog/1',
    targetType: 'ip',
  });
  expect(catalog(one, HOME, 'Service').spec.ports[0]).toMatchObject({ port: 8080, targetPort: 'http' });
  const other = only(rendered(one, HOME, 'web'), 'TargetGroupBinding').spec;
  expect(other.targetGroupARN).not.toBe(spec.targetGroupARN);
});

const wave = (kind: string) =>
  catalog(model(), HOME, kind).metadata.annotations?.['argocd.argoproj.io/sync-wave'];

test('S2-18 the binding exists before the first pod, so that pods wait for the load balancer', () => {
  expect([wave('Service'), wave('TargetGroupBinding'), wave('Deployment')]).toEqual(['-1', '-1', undefined]);
});

test('traffic stays in its zone where it can', () => {
  expect(catalog(model(), HOME, 'Service').spec).toMatchObject({
    type: 'ClusterIP',
    trafficDistribution: 'PreferSameZone',
  });
});

test('a service without paths is not bound to the entry', () => {
  const kinds = rendered(model({ services: [{ paths: [] }] }), HOME, 'catalog').map(({ kind }) => kind);
  expect(kinds).not.toContain('TargetGroupBinding');
});

test('a service with paths and no target group is a problem of the facts of each cluster', () => {
  const one = model({ targets: [] });
  expect(missingFacts(one)).toEqual(
    [HOME, PEER].map((cluster) => ({
      file: `estates/shop/facts/${cluster}.yaml`,
      path: 'targetGroups.catalog',
      message: expect.stringContaining(`Cannot publish "catalog" in ${cluster}`),
    })),
  );
  expect(() => rendered(one, HOME, 'catalog')).toThrow('Cannot publish "catalog" in prod-us-east-1');
  expect(missingFacts(model())).toEqual([]);
});

test('C-02, S0-21 a drain takes a tenth of the pods, at least one, and never waits for sick ones', () => {
  expect(catalog(model(), HOME, 'PodDisruptionBudget').spec).toMatchObject({
    maxUnavailable: '10%',
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
});

test('S0-50 the regions differ only in names of places and in address blocks', () => {
  const services = [{ uses: ['orders', 'media'] }];
  const claims = [
    { kind: 'PostgresDatabase', name: 'orders' },
    { kind: 'Bucket', name: 'media' },
  ];
  const [home, peer] = [HOME, PEER].map((cluster) =>
    rendered(model({ services, claims }), cluster, 'catalog'),
  );
  expect(home?.map(placeless)).toEqual(peer?.map(placeless));
});

/** An object as text without regions, blocks and the endings of ARNs. */
const placeless = (object: Json) =>
  JSON.stringify(object)
    .replaceAll(/us-east-1|eu-west-1/g, '<region>')
    .replaceAll(/10\.[01]\.[\d.]+\/\d+/g, '<block>')
    .replace(/(targetgroup\/prod-catalog)\/\d/, '$1');

test('applications come in order, by name', () => {
  const one = model({ services: [{}, { name: 'web', team: 'site' }] });
  const listed = applications(one, clusterOf(one, HOME)).map(({ name, wave }) => [name, wave]);
  expect(listed).toEqual([
    ['nodes', 'nodes'],
    ['team-shop', 'teams'],
    ['team-site', 'teams'],
    ['catalog', 'services'],
    ['web', 'services'],
  ]);
});

test('the same model gives the same bytes', () => {
  expect(JSON.stringify(everything(model(), HOME))).toBe(JSON.stringify(everything(model(), HOME)));
});

test('every object is what a strict API server accepts', () => {
  const dev = { account: '222222222222', cidr: '10.2.0.0/16', zones: 1, scale: { min: 0, max: 2 } };
  const one = model({
    estate: { environments: { dev } },
    services: [
      { uses: ['orders', 'media'], calls: ['worker'] },
      { name: 'worker', team: 'back', paths: [], critical: false },
    ],
    claims: [
      { kind: 'PostgresDatabase', name: 'orders' },
      { kind: 'Bucket', name: 'media' },
    ],
  });
  for (const { name } of one.clusters) {
    for (const object of everything(one, name)) expect(validateManifest(object)).toEqual([]);
  }
});
