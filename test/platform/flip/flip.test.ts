/** The programs of the flip in a cluster: what runs, what it may do, whom it reaches. */
import { App } from 'cdk8s';
import { flipApplications, missingBeaconFacts } from '../../../platform/flip';
import type { EstateModel } from '../../../model/estate';
import { primaryRegionSchema } from '../../../spec/claims';
import { validateManifest } from '../../helpers/validate';
import { clusterOf, HOME, type Json, model as modelOf, only, PEER } from '../../charts/_model';

const services = [{}, { name: 'web', team: 'front', paths: ['/'] }];

/** The small estate; `trigger` as in its regional claim. */
function model(
  trigger: object = {},
  targets = ['catalog', 'web', 'beacon'],
  estate: object = {},
): EstateModel {
  const made = modelOf({ services, targets, estate });
  const { metadata, apiVersion, kind } = made.primaryRegion;
  const spec = { region: 'us-east-1', epoch: 0, trigger };
  return { ...made, primaryRegion: primaryRegionSchema.parse({ apiVersion, kind, metadata, spec }) };
}

const automatic = model({ automatic: true });

const rendered = (one: EstateModel, cluster: string): Json[] =>
  flipApplications(one, clusterOf(one, cluster)).flatMap(({ chart }) => chart(new App()).toJson());

const variables = (deployment: Json): Record<string, unknown> =>
  Object.fromEntries(
    deployment.spec.template.spec.containers[0].env.map(({ name, value, valueFrom }: Json) => [
      name,
      value ?? valueFrom,
    ]),
  );

test('is delivered with the regional claim, to clusters that have another region', () => {
  const one = model({}, undefined, {
    environments: { dev: { account: '222222222222', cidr: '10.2.0.0/16', zones: 1 } },
  });
  const names = (cluster: string) =>
    flipApplications(one, clusterOf(one, cluster)).map(({ name, wave }) => [name, wave]);
  expect(names(HOME)).toEqual([['flip', 'primaryRegion']]);
  expect(names(PEER)).toEqual([['flip', 'primaryRegion']]);
  expect(names('dev-us-east-1')).toEqual([]);
});

test.each([HOME, PEER])('everything in %s is valid', (cluster) => {
  expect(rendered(automatic, cluster).flatMap(validateManifest)).toEqual([]);
});

test('no object that AWS would see, but the binding to the load balancer', () => {
  const foreign = rendered(automatic, PEER).filter(({ apiVersion }) => /aws/.test(apiVersion));
  expect(foreign.map(({ kind }) => kind)).toEqual(['TargetGroupBinding']);
});

/** Kinds of the watch's objects. */
const watchObjects = (one: EstateModel) =>
  rendered(one, PEER)
    .filter(({ metadata }) => metadata.name === 'flipside-watch')
    .map(({ kind }) => kind);

test('the watch runs only where the estate agreed to an automatic flip', () => {
  expect(watchObjects(model())).toEqual([]);
  expect(watchObjects(automatic)).toEqual([
    'ServiceAccount',
    'Role',
    'RoleBinding',
    'NetworkPolicy',
    'Deployment',
  ]);
});

test('the beacon asks about the other region’s beacon; the watch about both entries', () => {
  const objects = rendered(automatic, PEER);
  const plan = { configMapKeyRef: { name: 'flip', key: 'plan.json' } };
  const common = { FLIPSIDE_PLAN: plan, FLIPSIDE_OTHER_BEACON: 'https://entry-us-east-1.shop.example.com' };
  expect(variables(only(objects, 'Deployment', 'flipside-beacon'))).toMatchObject({
    ...common,
    PORT: '8080',
  });
  expect(variables(only(objects, 'Deployment', 'flipside-watch'))).toMatchObject({
    ...common,
    FLIPSIDE_OWN_ENTRY: 'https://entry-eu-west-1.shop.example.com/health',
    FLIPSIDE_OTHER_ENTRY: 'https://entry-us-east-1.shop.example.com/health',
  });
});

test('two beacons, apart; one watch, never two', () => {
  const objects = rendered(automatic, HOME);
  const beacon = only(objects, 'Deployment', 'flipside-beacon').spec;
  expect(beacon.replicas).toBe(2);
  expect(beacon.strategy.rollingUpdate.maxUnavailable).toBe(0);
  expect(beacon.template.spec.topologySpreadConstraints[0].topologyKey).toBe('topology.kubernetes.io/zone');
  const watch = only(objects, 'Deployment', 'flipside-watch').spec;
  expect([watch.replicas, watch.strategy.type]).toEqual([1, 'Recreate']);
});

test('every pod fits the restricted standard that its namespace enforces', () => {
  const objects = rendered(automatic, HOME);
  expect(only(objects, 'Namespace').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  for (const { spec } of objects.filter(({ kind }) => kind === 'Deployment')) {
    const pod = spec.template.spec;
    expect(pod.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  }
});

/** `<verbs> <resource>/<names> in <namespace>` of every rule of a program. */
function rights(objects: readonly Json[], program: string): string[] {
  const roles = objects.filter(({ kind, metadata }) => kind === 'Role' && metadata.name === program);
  return roles
    .flatMap(({ rules, metadata }) =>
      rules.map(
        ({ verbs, resources, resourceNames = ['*'] }: Json) =>
          `${verbs.join(',')} ${resources.join()}/${resourceNames.join()} in ${metadata.namespace}`,
      ),
    )
    .toSorted();
}

const granted: Record<string, { reason: string; program: string; rights: string[] }> = {
  promote: {
    reason: 'raises the floors of services, and nothing else in a team’s namespace',
    program: 'flipside-promote',
    rights: [
      'get deployments/catalog in shop',
      'get deployments/web in front',
      'get primaryregions/shop in flipside-system',
      'get,patch deployments/scale/catalog in shop',
      'get,patch deployments/scale/web in front',
      'get,patch horizontalpodautoscalers/catalog in shop',
      'get,patch horizontalpodautoscalers/web in front',
      'patch configmaps/flip in flipside-system',
    ],
  },
  beacon: {
    reason: 'reads',
    program: 'flipside-beacon',
    rights: [
      'get deployments/catalog in shop',
      'get deployments/web in front',
      'get primaryregions/shop in flipside-system',
      'get,patch configmaps/flip in flipside-system',
    ],
  },
  watch: {
    reason: 'the only program that may change the claim',
    program: 'flipside-watch',
    rights: [
      'create events/* in flipside-system',
      'get,patch configmaps/flip in flipside-system',
      'get,patch primaryregions/shop in flipside-system',
    ],
  },
};

test.each(Object.entries(granted))('%s may do what it does and no more', (_, { program, rights: want }) => {
  const objects = rendered(automatic, PEER);
  expect(rights(objects, program)).toEqual(want);
  const bindings = objects.filter(
    ({ kind, metadata }) => kind === 'RoleBinding' && metadata.name === program,
  );
  expect(bindings.length).toBeGreaterThan(0);
  for (const { roleRef, subjects } of bindings) {
    expect(roleRef).toMatchObject({ kind: 'Role', name: program });
    expect(subjects).toEqual([{ kind: 'ServiceAccount', name: program, namespace: 'flipside-system' }]);
  }
});

test('everything is denied but DNS, credentials, the API server, AWS and the entry’s way in', () => {
  const objects = rendered(model(), PEER);
  expect(only(objects, 'NetworkPolicy', 'default-deny').spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
  const { ingress, egress } = only(objects, 'NetworkPolicy', 'flipside-beacon').spec;
  expect(ingress).toEqual([
    {
      from: [
        ...['10.1.1.0/24', '10.1.2.0/24', '10.1.3.0/24'].map((cidr) => ({ ipBlock: { cidr } })),
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
      ],
      ports: [{ protocol: 'TCP', port: 8080 }],
    },
  ]);
  expect(egress.map(({ ports }: Json) => ports.map(({ port }: Json) => port))).toEqual([
    [53, 53],
    [80],
    [443],
  ]);
  expect(egress[2].to.map(({ ipBlock }: Json) => ipBlock.cidr)).toEqual([
    '172.20.0.1/32',
    '10.1.0.0/16',
    '0.0.0.0/0',
  ]);
  expect(only(objects, 'NetworkPolicy', 'flipside-promote').spec.ingress).toEqual([]);
});

test('the beacon joins the target group that the facts name', () => {
  expect(only(rendered(model(), PEER), 'TargetGroupBinding').spec).toMatchObject({
    serviceRef: { name: 'flipside-beacon', port: 8080 },
    targetGroupARN: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/prod-beacon/2',
    targetType: 'ip',
  });
  expect(missingBeaconFacts(model())).toEqual([]);
});

test('facts without its target group are reported for each cluster, and nothing is bound', () => {
  const one = model({}, ['catalog', 'web']);
  expect(rendered(one, PEER).filter(({ kind }) => kind === 'TargetGroupBinding')).toEqual([]);
  expect(missingBeaconFacts(one).map(({ file, path }) => [file, path])).toEqual([
    ['estates/shop/facts/prod-us-east-1.yaml', 'targetGroups.beacon'],
    ['estates/shop/facts/prod-eu-west-1.yaml', 'targetGroups.beacon'],
  ]);
});
