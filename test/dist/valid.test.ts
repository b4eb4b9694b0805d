import { schemaOfCrd, type JSONSchema } from '../../imports/schemas';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { PROVIDER_VERSION } from '../../platform/crossplane/providers';
import { readSources } from '../../scripts/import/sources';
import { root } from '../helpers/cli';
import { validateAgainst, validateManifest } from '../helpers/validate';
import {
  documentsOf,
  files,
  groupBy,
  isClaim,
  labelOf,
  modernDocumentsOf,
  objects,
  type Rendered,
  servedIn,
} from './_objects';
import { looseImagesIn, metadataProblems, secretsIn, tracesIn } from './_suspicions';

/** Made before anything of ours is applied, by the installation of each cluster's tools. */
const BORN_WITH_THE_CLUSTER = ['crossplane-system', 'external-secrets', 'argocd', 'kube-system', 'default'];

/** Every problem of every object, with its file and name. */
const problems = (check: (one: Rendered) => readonly string[], all: readonly Rendered[] = objects) =>
  all.flatMap((one) => check(one).map((problem) => `${labelOf(one)}: ${problem}`));

/** Labels of those that share a key with another. */
const twins = (keyOf: (one: Rendered) => string, all: readonly Rendered[]) =>
  [...groupBy(all, keyOf)].filter(([, same]) => same.length > 1).map(([, same]) => same.map(labelOf));

const groupOf = ({ object }: Rendered) => object.apiVersion.replace(/\/?[^/]*$/, '');

test('there is something to check', () => {
  expect(new Set(objects.map(({ cluster }) => cluster.split('/')[0])).size).toBe(5);
  expect(objects.filter(isClaim).length).toBeGreaterThan(50);
  expect(objects.filter(({ composed }) => composed).length).toBeGreaterThan(300);
});

test('every file reads the same in YAML 1.1 and 1.2', () => {
  const ambiguous = files.filter(
    (one) => JSON.stringify(documentsOf(one)) !== JSON.stringify(modernDocumentsOf(one)),
  );
  expect(ambiguous.map(({ file }) => file)).toEqual([]);
});

test('every object is what its schema says', () => {
  expect(problems((one) => (isClaim(one) ? claimProblems(one) : validateManifest(one.object)))).toEqual([]);
});

test('every object has a name, labels and annotations that the API server takes', () => {
  expect(problems(({ object }) => metadataProblems(object))).toEqual([]);
});

test('every applied object says where it stands', () => {
  const astray = objects.filter(
    (one) => !one.composed && (one.object.metadata.name === undefined || isNamespaced(one) === !one.namespace),
  );
  expect(astray.map(labelOf)).toEqual([]);
});

test('every namespace that is used is made in the same cluster', () => {
  const made = new Set(
    objects
      .filter(({ object }) => object.kind === 'Namespace')
      .map(({ cluster, object }) => `${cluster} ${object.metadata.name}`),
  );
  const homeless = objects.filter(
    ({ cluster, namespace }) =>
      namespace && !BORN_WITH_THE_CLUSTER.includes(namespace) && !made.has(`${cluster} ${namespace}`),
  );
  expect(homeless.map(labelOf)).toEqual([]);
});

test('no two objects of a cluster are the same object', () => {
  const named = objects.filter(({ object }) => object.metadata.name !== undefined);
  expect(twins(identityOf, named)).toEqual([]);
});

test('no two composed resources of a cluster are the same resource of AWS', () => {
  const named = objects.filter((one) => one.composed && awsNameOf(one.object).name !== undefined);
  expect(twins(awsIdentityOf, named)).toEqual([]);
});

test('no secret is rendered', () => {
  expect(problems(({ object }) => secretsIn(object))).toEqual([]);
});

test("every image is one of the account's registry, by digest", () => {
  expect(problems(({ object }) => looseImagesIn(object))).toEqual([]);
});

test('providers have the version whose definitions are pinned', () => {
  const pin = readSources(root).modules.find(({ module }) => module.includes('provider-aws'));
  expect(pin?.version).toBe(PROVIDER_VERSION);
});

test('nothing tells where or when it was rendered', () => {
  expect(problems(({ object }) => tracesIn(object))).toEqual([]);
  const told = files.filter(({ text }) => text.includes(root) || /creationTimestamp/.test(text));
  expect(told.map(({ file }) => file)).toEqual([]);
});

const identityOf = (one: Rendered) =>
  [one.cluster, groupOf(one), one.object.kind, one.namespace, one.object.metadata.name].join(' ');

const awsIdentityOf = (one: Rendered) =>
  [one.cluster, groupOf(one), one.object.kind, JSON.stringify(awsNameOf(one.object))].join(' ');

/** By what AWS tells two resources of a kind apart; a scalable target has a dimension besides its name. */
function awsNameOf({ metadata, spec }: Rendered['object']) {
  const { forProvider = {} } = (spec ?? {}) as { forProvider?: Record<string, unknown> };
  const { region, scalableDimension } = forProvider;
  return { name: metadata.annotations?.['crossplane.io/external-name'], region, scalableDimension };
}

const claimSchemas = new Map<string, JSONSchema | undefined>();

/** Against the definition that stands in the same cluster, compiled once for all clusters that have the same one. */
function claimProblems({ cluster, object }: Rendered): string[] {
  const crd = servedIn.get(cluster)?.find(({ spec }) => spec.names.kind === object.kind);
  if (!crd) return [`kind: "${object.kind}" has no definition in ${cluster}, expected one in apis.yaml`];
  const key = JSON.stringify(crd);
  if (!claimSchemas.has(key)) claimSchemas.set(key, schemaOfCrd(crd, 'v1'));
  const schema = claimSchemas.get(key);
  return schema ? validateAgainst(schema, object) : ['apiVersion: no such version, expected v1'];
}

/** Built-in kinds that stand outside namespaces, among those we render. */
const OF_THE_CLUSTER: ReadonlySet<string> = new Set(
  'ClusterRole ClusterRoleBinding CustomResourceDefinition IngressClass Namespace PriorityClass StorageClass ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding'.split(
    ' ',
  ),
);

const crds = readdirSync(join(root, 'imports', 'crds')).map((name) =>
  parse(readFileSync(join(root, 'imports', 'crds', name), 'utf8')),
);
const scopes = new Map(crds.map(({ spec }) => [`${spec.group} ${spec.names.kind}`, spec.scope === 'Namespaced']));

function isNamespaced(one: Rendered): boolean {
  if (isClaim(one)) return true;
  return scopes.get(`${groupOf(one)} ${one.object.kind}`) ?? !OF_THE_CLUSTER.has(one.object.kind);
}
