import { crdFor, schemaFor, schemaOfCrd } from '../../imports/schemas';
import { validateAgainst, validateManifest } from '../helpers/validate';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'catalog', labels: { team: 'shop' } },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'catalog' } },
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    template: {
      metadata: { labels: { app: 'catalog' } },
      spec: {
        containers: [
          { name: 'catalog', image: 'catalog', resources: { requests: { cpu: 0.5, memory: '1Gi' } } },
        ],
      },
    },
  },
};

const globalCluster = {
  apiVersion: 'rds.aws.m.upbound.io/v1beta1',
  kind: 'GlobalCluster',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: {
    managementPolicies: ['Observe', 'Create', 'Update'],
    forProvider: { region: 'us-east-1', engine: 'aurora-postgresql', deletionProtection: true },
    initProvider: { engineVersion: '16.8' },
  },
};

const composition = {
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'orders' },
  spec: {
    compositeTypeRef: { apiVersion: 'platform.flipside.dev/v1', kind: 'PostgresDatabase' },
    mode: 'Pipeline',
    pipeline: [
      {
        step: 'compose',
        functionRef: { name: 'flipside' },
        input: { apiVersion: 'flipside.dev/v1', kind: 'Facts', facts: {} },
      },
    ],
  },
};

const cases: Record<string, { reason: string; manifest: object; want: string[] }> = {
  'valid built-in': { reason: 'quantities and int-or-string take both', manifest: deployment, want: [] },
  'valid managed': { reason: 'most objects we render', manifest: globalCluster, want: [] },
  'valid function input': { reason: 'an embedded resource is open', manifest: composition, want: [] },
  'unknown field of a built-in': {
    reason: 'the API server would drop it silently',
    manifest: { ...deployment, spec: { ...deployment.spec, replica: 4 } },
    want: ['spec.replica: unknown field'],
  },
  'wrong type in a built-in': {
    reason: 'refused on apply',
    manifest: { ...deployment, spec: { ...deployment.spec, replicas: '4' } },
    want: ['spec.replicas: "4", expected integer'],
  },
  'missing field of a built-in': {
    reason: 'refused on apply',
    manifest: { ...deployment, spec: { replicas: 4, template: deployment.spec.template } },
    want: ['spec.selector: missing, expected a value'],
  },
  'unknown field of a managed resource': {
    reason: 'initProvider is checked like forProvider',
    manifest: { ...globalCluster, spec: { ...globalCluster.spec, initProvider: { engineversion: '16.8' } } },
    want: ['spec.initProvider.engineversion: unknown field'],
  },
  'wrong values in a managed resource': {
    reason: 'all problems are told together',
    manifest: {
      ...globalCluster,
      spec: {
        managementPolicies: ['Watch'],
        forProvider: { region: 'us-east-1', deletionProtection: 'yes' },
      },
    },
    want: [
      'spec.forProvider.deletionProtection: "yes", expected boolean',
      'spec.managementPolicies[0]: "Watch", expected Observe, Create, Update, Delete, LateInitialize, *',
    ],
  },
  'missing field of a managed resource': {
    reason: 'the provider cannot guess a region',
    manifest: { ...globalCluster, spec: { forProvider: {} } },
    want: ['spec.forProvider.region: missing, expected a value'],
  },
  'wrong metadata of a managed resource': {
    reason: 'CRDs say nothing about metadata, the API server does',
    manifest: { ...globalCluster, metadata: { name: 'orders', labels: { epoch: 3 } } },
    want: ['metadata.labels.epoch: 3, expected string'],
  },
  'missing default': {
    reason: 'External Secrets fills in secretStoreRef.kind and target before it validates',
    manifest: {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'orders' },
      spec: { secretStoreRef: { name: 'aws' }, data: [{ secretKey: 'url', remoteRef: { key: 'orders' } }] },
    },
    want: [],
  },
  'unknown kind': {
    reason: 'a kind without a schema must not pass unseen',
    manifest: { apiVersion: 'example.com/v1', kind: 'Thing' },
    want: ['kind: "example.com/v1/Thing" has no schema, expected a kind listed in imports/sources.yaml'],
  },
};

test.each(Object.entries(cases))('validateManifest: %s', (_name, { manifest, want }) => {
  expect(validateManifest(manifest)).toEqual(want);
});

test('schemaFor knows the version, not only the kind', () => {
  expect(schemaFor('rds.aws.m.upbound.io/v1beta1', 'Cluster')).toBeDefined();
  expect(schemaFor('rds.aws.m.upbound.io/v1beta9', 'Cluster')).toBeUndefined();
  expect(schemaFor('apps/v1', 'ConfigMap')).toBeUndefined();
});

test('schemaOfCrd serves CRDs that are made in memory', () => {
  const crd = crdFor('eks.amazonaws.com', 'TargetGroupBinding')!;
  const schema = schemaOfCrd({ ...crd, spec: { ...crd.spec, group: 'example.com' } }, 'v1')!;
  expect(validateAgainst(schema, { apiVersion: 'example.com/v1', kind: 'TargetGroupBinding' })).toEqual([
    'spec: missing, expected a value',
  ]);
});
