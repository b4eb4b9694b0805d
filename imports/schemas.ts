import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

/** A JSON Schema, or the structural schema of a CRD: only the keywords that are read here are named. */
export interface JSONSchema {
  [keyword: string]: unknown;
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JSONSchema>;
  additionalProperties?: boolean | JSONSchema;
  items?: JSONSchema;
  required?: string[];
  enum?: unknown[];
  pattern?: string;
  allOf?: JSONSchema[];
  anyOf?: JSONSchema[];
  oneOf?: JSONSchema[];
  not?: JSONSchema;
}

/** A CustomResourceDefinition, as far as it is read here. */
export interface Crd {
  apiVersion: string;
  kind: 'CustomResourceDefinition';
  metadata: { name: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: {
    group: string;
    scope: string;
    names: { kind: string; plural: string; [key: string]: unknown };
    versions: CrdVersion[];
  };
}

/** One version of a CustomResourceDefinition. */
export interface CrdVersion {
  name: string;
  served: boolean;
  storage: boolean;
  schema: { openAPIV3Schema: JSONSchema };
  additionalPrinterColumns?: Record<string, unknown>[];
  [key: string]: unknown;
}

/** The bundle of built-in kinds in `imports/kubernetes.json`. */
export interface KubernetesBundle {
  $id: string;
  definitions: Record<string, JSONSchema>;
}

const objectMeta = 'kubernetes.json#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const cache = new Map<string, JSONSchema | undefined>();
let bundle: KubernetesBundle | undefined;

/**
 * The JSON Schema of a kind, closed: a field that the API server would drop is an error.
 *
 * Built-in kinds answer with a `$ref` into {@link kubernetesBundle}, and so does the metadata of the
 * others: a validator adds that bundle first. Files are read on first use and kept.
 *
 * @returns undefined when neither imports/crds nor imports/kubernetes.json knows the kind
 */
export function schemaFor(apiVersion: string, kind: string): JSONSchema | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!cache.has(key)) cache.set(key, builtInSchema(apiVersion, kind) ?? customSchema(apiVersion, kind));
  return cache.get(key);
}

/** The built-in kinds with everything they refer to; its `$id` is `kubernetes.json`. */
export function kubernetesBundle(): KubernetesBundle {
  bundle ??= JSON.parse(readFileSync(join(importsFolder(), 'kubernetes.json'), 'utf8')) as KubernetesBundle;
  return bundle;
}

/** The committed CRD of a kind, or undefined when imports/crds has none for this group and kind. */
export function crdFor(group: string, kind: string): Crd | undefined {
  const folder = join(importsFolder(), 'crds');
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${group}_`)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    // Parsing a large CRD takes a tenth of a second, so the kind is looked up in the text first.
    if (new RegExp(`^    kind: ${kind}$`, 'm').test(text)) return parse(text) as Crd;
  }
  return undefined;
}

/**
 * The closed JSON Schema of one version of a CRD. Also for CRDs that are derived in memory, such as those of our XRDs.
 *
 * @returns undefined when the CRD does not have the version
 */
export function schemaOfCrd(crd: Crd, version: string): JSONSchema | undefined {
  const found = crd.spec.versions.find((candidate) => candidate.name === version);
  if (found === undefined) return undefined;
  const schema = closed(found.schema.openAPIV3Schema);
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: { const: `${crd.spec.group}/${version}` },
      kind: { const: crd.spec.names.kind },
      metadata: { $ref: objectMeta },
    },
    required: [...new Set(['apiVersion', 'kind', ...(schema.required ?? [])])],
  };
}

function builtInSchema(apiVersion: string, kind: string): JSONSchema | undefined {
  const [group, version] = splitApiVersion(apiVersion);
  const found = Object.entries(kubernetesBundle().definitions).find(([, definition]) => {
    const gvks = definition['x-kubernetes-group-version-kind'] as Record<string, string>[] | undefined;
    return gvks?.some((gvk) => gvk.group === group && gvk.version === version && gvk.kind === kind);
  });
  if (found === undefined) return undefined;
  return { $ref: `kubernetes.json#/definitions/${found[0]}`, required: ['apiVersion', 'kind'] };
}

function customSchema(apiVersion: string, kind: string): JSONSchema | undefined {
  const [group, version] = splitApiVersion(apiVersion);
  const crd = crdFor(group, kind);
  return crd && schemaOfCrd(crd, version);
}

function splitApiVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return [apiVersion.slice(0, Math.max(slash, 0)), apiVersion.slice(slash + 1)];
}

/** What the API server checks, in the words of JSON Schema. CEL rules are left to real API servers. */
function closed(schema: JSONSchema): JSONSchema {
  const result: JSONSchema = { ...junctors(schema) };
  for (const keyword of plainKeywords) if (keyword in schema) result[keyword] = schema[keyword];
  if (isPattern(schema.pattern)) result.pattern = schema.pattern;
  if (schema['x-kubernetes-list-type'] === 'set') result.uniqueItems = true;
  if (schema['x-kubernetes-int-or-string'] === true) result.type = ['integer', 'string'];
  if (schema.items) result.items = closed(schema.items);
  closeObject(schema, result);
  if (schema.nullable !== true) return result;
  return { anyOf: [{ type: 'null' }, result] };
}

const plainKeywords = [
  'type',
  'enum',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
];

function closeObject(schema: JSONSchema, result: JSONSchema): void {
  const { properties, additionalProperties } = schema;
  const embedded = schema['x-kubernetes-embedded-resource'] === true;
  const required = requiredOf(schema);
  if (embedded) required.push('apiVersion', 'kind');
  if (required.length > 0) result.required = required;
  if (properties) result.properties = mapValues(properties, closed);
  if (typeof additionalProperties === 'object') result.additionalProperties = closed(additionalProperties);
  if (!properties || additionalProperties !== undefined) return;
  if (embedded) result.properties = { apiVersion: {}, kind: {}, metadata: {}, ...result.properties };
  if (schema['x-kubernetes-preserve-unknown-fields'] !== true) result.additionalProperties = false;
}

/** The API server fills in defaults before it validates, so a field with a default is never missing. */
function requiredOf(schema: JSONSchema): string[] {
  return (schema.required ?? []).filter((name) => schema.properties?.[name]?.default === undefined);
}

/** Branches of allOf, anyOf, oneOf and not only narrow what stands beside them, so they are not closed. */
function junctors(schema: JSONSchema): JSONSchema {
  const { allOf, anyOf, oneOf, not } = schema;
  return { ...(allOf && { allOf }), ...(anyOf && { anyOf }), ...(oneOf && { oneOf }), ...(not && { not }) };
}

/** Kubernetes patterns are Go's; the few that JavaScript cannot read are left to the API server. */
function isPattern(pattern: string | undefined): boolean {
  if (pattern === undefined) return false;
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

function mapValues<T, U>(object: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

/** Found from this file or, when it was bundled elsewhere, from the working folder. */
function importsFolder(): string {
  for (const start of [__dirname, process.cwd()]) {
    for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
      if (existsSync(join(folder, 'imports', 'kubernetes.json'))) return join(folder, 'imports');
    }
  }
  throw new Error(
    `Cannot find "imports/kubernetes.json": looked above ${__dirname} and ${process.cwd()}, expected it in the repository; run "flipside import"`,
  );
}
