import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMPOSE_FUNCTION } from '../../../platform/composition';
import { COMPOSE_FLAGS } from '../../../runtime/build';
import { clusters, objectOf } from '../applications';

const pod = () => objectOf('function', 'DeploymentRuntimeConfig').spec.deploymentTemplate.spec.template;
const source = join(__dirname, '../../../runtime/compose');

test.each(['us-east-1', 'eu-west-1'])('%s pulls the package from its own registry, by digest', (region) => {
  const cluster = clusters().find((one) => one.region === region);
  expect(objectOf('function', 'Function', cluster).spec.package).toMatch(
    new RegExp(
      `^111111111111\\.dkr\\.ecr\\.${region}\\.amazonaws\\.com/flipside/compose@sha256:[0-9a-f]{64}$`,
    ),
  );
});

test('the Function is the one that every Composition names, and runs as its runtime config says', () => {
  const { metadata, spec } = objectOf('function', 'Function');
  expect(metadata.name).toBe(COMPOSE_FUNCTION);
  expect(spec.runtimeConfigRef.name).toBe(objectOf('function', 'DeploymentRuntimeConfig').metadata.name);
  expect(objectOf('apis', 'Composition').spec.pipeline[0].functionRef.name).toBe(COMPOSE_FUNCTION);
});

test('two pods in different zones, replaced without a gap', () => {
  const { spec } = objectOf('function', 'DeploymentRuntimeConfig').spec.deploymentTemplate;
  expect(spec.replicas).toBe(2);
  expect(spec.strategy.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  expect(pod().spec.topologySpreadConstraints).toMatchObject([
    { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: pod().metadata.labels } },
  ]);
});

test('the pod keeps to the restricted Pod Security Standard', () => {
  const { securityContext, containers } = pod().spec;
  expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(containers[0].securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('budget and policy select the pods', () => {
  const { labels } = pod().metadata;
  expect(objectOf('function', 'PodDisruptionBudget').spec.selector.matchLabels).toEqual(labels);
  expect(objectOf('function', 'NetworkPolicy').spec.podSelector.matchLabels).toEqual(labels);
});

test('only Crossplane reaches gRPC, and the function reaches nothing', () => {
  const { spec } = objectOf('function', 'NetworkPolicy');
  const grpc = spec.ingress.filter(({ ports }: { ports: { port: number }[] }) =>
    ports.some((p) => p.port === 9443),
  );
  expect(grpc).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'crossplane-system' } },
          podSelector: { matchLabels: { app: 'crossplane' } },
        },
      ],
      ports: [{ protocol: 'TCP', port: 9443 }],
    },
  ]);
  expect(spec.policyTypes).toContain('Egress');
  expect(spec.egress).toEqual([]);
});

test('the package says that it composes', () => {
  const text = readFileSync(join(source, 'package', 'crossplane.yaml'), 'utf8');
  expect(parse(text)).toMatchObject({
    apiVersion: 'meta.pkg.crossplane.io/v1',
    kind: 'Function',
    metadata: { name: COMPOSE_FUNCTION },
    spec: { capabilities: ['composition'] },
  });
});

test('the image starts as it is measured', () => {
  const text = readFileSync(join(source, 'Containerfile'), 'utf8');
  expect(existsSync(join(source, 'main.ts'))).toBe(true);
  for (const flag of COMPOSE_FLAGS) expect(text).toContain(`"${flag}"`);
  expect(text).toMatch(/^USER 65532:65532$/m);
});
