import { join } from 'node:path';
import { modelOf } from '../../../model/estate';
import { PROVIDER_SERVICES, providerAccount } from '../../../model/identities';
import { claimsIn } from '../../../model/claims';
import { kindOf, kinds } from '../../../platform/apis';
import { GRANTED } from '../../../platform/crossplane';
import type { Manifest } from '../../../platform/kind';
import { settle } from '../../../platform/settle';
import { readEstates } from '../../../scripts/estates';
import { model, objectOf, objectsOf } from '../applications';

/** `<plural>.<group>`, as English makes the plural; every kind in use does. */
function resourceOf({ apiVersion, kind }: Manifest): string {
  const [group = ''] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
  return `${kind.toLowerCase().replace(/y$/, 'ie').replace(/s?$/, 's')}.${group}`;
}

/** Every kind of resource that the committed claims become, in every cluster. */
function composedByCommittedClaims(): string[] {
  const models = readEstates(join(__dirname, '../../..')).map(modelOf);
  const manifests = models.flatMap((one) =>
    one.clusters.flatMap((cluster) =>
      claimsIn(one, cluster).flatMap((claim) => {
        const { composition } = settle(kindOf(claim.kind), claim, cluster.placement);
        return Object.values(composition.resources).map(({ manifest }) => manifest);
      }),
    ),
  );
  return [...new Set(manifests.map(resourceOf))].toSorted();
}

test('each kind that a claim becomes is activated or granted', () => {
  const { activate } = objectOf('crossplane', 'ManagedResourceActivationPolicy').spec;
  const granted = Object.entries(GRANTED).flatMap(([group, names]) =>
    names.map((name) => `${name}.${group}`),
  );
  const composed = composedByCommittedClaims();
  expect(composed.length).toBeGreaterThan(10);
  expect(composed.filter((name) => !activate.includes(name) && !granted.includes(name))).toEqual([]);
});

test('activates exactly the kinds in use, each once and in order', () => {
  const { activate } = objectOf('crossplane', 'ManagedResourceActivationPolicy').spec;
  expect(activate).toEqual([...new Set(kinds.flatMap((kind) => kind.activates))].toSorted());
  for (const name of activate) expect(name).toMatch(/^[a-z]+\.[a-z0-9]+\.aws\.m\.upbound\.io$/);
});

test('calls AWS as its pods, without a key', () => {
  expect(objectOf('crossplane', 'ClusterProviderConfig')).toMatchObject({
    metadata: { name: 'default' },
    spec: { credentials: { source: 'PodIdentity' } },
  });
});

test("adds to Crossplane's own role, without a wildcard", () => {
  const { metadata, rules } = objectOf('crossplane', 'ClusterRole');
  expect(metadata.labels).toEqual({ 'rbac.crossplane.io/aggregate-to-crossplane': 'true' });
  expect(JSON.stringify(rules)).not.toContain('*');
});

test('reads secrets of its own region, for its own namespaces only', () => {
  const { spec } = objectOf('crossplane', 'ClusterSecretStore');
  expect(spec.provider.aws).toEqual({ service: 'SecretsManager', region: 'us-east-1' });
  expect(spec.conditions).toEqual([{ namespaces: [...model().teams, 'flipside-system'] }]);
});

test('tells teams the facts of the region', () => {
  expect(objectOf('crossplane', 'EnvironmentConfig').data).toMatchObject({
    region: 'us-east-1',
    position: 'home',
    facts: { region: 'us-east-1' },
  });
});

test('each provider runs as the service account that its role is for', () => {
  const objects = objectsOf('crossplane');
  const configs = new Map(
    objects
      .filter(({ kind }) => kind === 'DeploymentRuntimeConfig')
      .map(({ metadata, spec }) => [metadata.name, spec.serviceAccountTemplate.metadata.name]),
  );
  expect([...configs.values()].toSorted()).toEqual(
    PROVIDER_SERVICES.map((service) => providerAccount(service).name),
  );
  const providers = objects.filter(
    ({ kind, metadata }) => kind === 'Provider' && metadata.name !== 'provider-family-aws',
  );
  for (const { spec } of providers) expect(configs.has(spec.runtimeConfigRef.name)).toBe(true);
  expect(providers).toHaveLength(configs.size);
});
