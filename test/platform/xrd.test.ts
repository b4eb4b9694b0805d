import Ajv from 'ajv';
import * as fc from 'fast-check';
import * as z from 'zod';
import { schemaOfCrd, type JSONSchema } from '../../imports/schemas';
import { definitions, kinds, schemaOf } from '../../platform/apis';
import type { Kind, Manifest } from '../../platform/kind';
import { crdOf, xrd } from '../../platform/xrd';
import { postgresDatabaseSchema, primaryRegionSchema } from '../../spec/claims';
import { home, peer } from '../helpers/placement';
import { validateAgainst, validateManifest } from '../helpers/validate';
import { anySpec, fileOf } from './apis/postgres-database/claims';

const regional = { kind: 'PrimaryRegion', plural: 'primaryregions', columns: [], status: {} };
const all: [string, Manifest, z.ZodType][] = [
  ...kinds.map((kind): [string, Manifest, z.ZodType] => [
    kind.kind,
    xrd(kind, schemaOf(kind)),
    schemaOf(kind),
  ]),
  ['PrimaryRegion', xrd(regional, primaryRegionSchema), primaryRegionSchema],
];

type Node = Readonly<Record<string, unknown>>;

const rootOf = (definition: Manifest): Node =>
  crdOf(definition).spec.versions[0]?.schema.openAPIV3Schema as Node;

/** Every node of a schema with its path. */
function nodesOf(node: Node, path = ''): [string, Node][] {
  const properties = Object.entries((node['properties'] ?? {}) as Record<string, Node>);
  const inner = ['items', 'additionalProperties']
    .filter((keyword) => typeof node[keyword] === 'object')
    .map((keyword): [string, Node] => [keyword, node[keyword] as Node]);
  return [
    [path, node],
    ...[...properties, ...inner].flatMap(([name, one]) => nodesOf(one, `${path}.${name}`)),
  ];
}

const ALLOWED = new Set(
  'type description default enum format pattern nullable minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems minProperties maxProperties required properties items additionalProperties x-kubernetes-validations x-kubernetes-int-or-string x-kubernetes-preserve-unknown-fields x-kubernetes-list-type x-kubernetes-list-map-keys x-kubernetes-map-type'.split(
    ' ',
  ),
);

/** Why Kubernetes would not take the node, if it would not. */
function structuralProblem([path, node]: [string, Node]): string | undefined {
  const unknown = Object.keys(node).filter((keyword) => !ALLOWED.has(keyword));
  if (unknown.length > 0) return `${path}: ${unknown.join(', ')}`;
  const typed = ['type', 'x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields'];
  if (!typed.some((keyword) => keyword in node)) return `${path}: no type`;
  if ('properties' in node && 'additionalProperties' in node)
    return `${path}: both properties and additionalProperties`;
  // Go's regular expressions look neither ahead nor behind.
  if (/\(\?[=!<]/.test(String(node['pattern'] ?? ''))) return `${path}: pattern ${String(node['pattern'])}`;
  return undefined;
}

/** True for what people write under a name of its own: neither an entry of a list nor a value of a map. */
const isField = (path: string) => path.startsWith('.spec') && !/(items|additionalProperties)$/.test(path);

const group = (path: string) => path.slice(0, path.lastIndexOf('.'));

/** Every CEL rule in a schema, as text. */
const rulesIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"rule":("(?:[^"\\]|\\.)*")/g)].map(([, rule = '']) => rule);

describe('every kind', () => {
  test.each(all)('%s has a definition that Crossplane takes', (_, definition) => {
    expect(validateManifest(definition)).toEqual([]);
    expect(definition.spec).toMatchObject({ scope: 'Namespaced', group: 'platform.flipside.dev' });
    expect(definition.spec).not.toHaveProperty('claimNames');
    expect(JSON.stringify(definition.spec)).not.toContain('"categories"');
  });

  test.each(all)('%s has a structural schema', (_, definition) => {
    expect(nodesOf(rootOf(definition)).map(structuralProblem).filter(Boolean)).toEqual([]);
  });

  test.each(all)('%s keeps every CEL rule of its schema', (_, definition, schema) => {
    const wanted = rulesIn(z.toJSONSchema(schema, { io: 'input' }));
    expect(rulesIn(definition)).toEqual(expect.arrayContaining(wanted));
    expect(rulesIn(definition)).toHaveLength(wanted.length + 1);
  });

  test.each(all)('%s describes every field, alone or with its group', (_, definition) => {
    const nodes = nodesOf(rootOf(definition));
    const described = new Set(nodes.filter(([, node]) => node['description']).map(([path]) => path));
    const leaves = nodes.filter(([path, node]) => isField(path) && !node['properties']).map(([path]) => path);
    expect(leaves.filter((path) => !described.has(path) && !described.has(group(path)))).toEqual([]);
  });

  test.each(all)('%s has columns that Crossplane does not add itself', (kind) => {
    const columns = kinds.find((one) => one.kind === kind)?.columns ?? [];
    const added = ['SYNCED', 'READY', 'COMPOSITION', 'COMPOSITIONREVISION', 'AGE'];
    expect(columns.filter(({ name }) => added.includes(name.toUpperCase()))).toEqual([]);
  });
});

test('a cluster is told its own place', () => {
  for (const placement of [home, peer]) {
    const all = definitions(placement);
    expect(all.flatMap(validateManifest)).toEqual([]);
    const compositions = all.filter(({ kind }) => kind === 'Composition');
    expect(compositions).toHaveLength(kinds.length);
    for (const { spec } of compositions) {
      expect(spec).toMatchObject({
        mode: 'Pipeline',
        pipeline: [
          {
            functionRef: { name: 'flipside-compose' },
            input: { apiVersion: 'compose.flipside.dev/v1', kind: 'Placement', position: placement.position },
          },
        ],
      });
    }
  }
});

test('what a structural schema cannot say is refused with its path', () => {
  const kind = { ...regional, kind: 'Odd' };
  const odd = z.strictObject({ spec: z.strictObject({ one: z.union([z.string(), z.strictObject({})]) }) });
  expect(() => xrd(kind, odd)).toThrow(
    'Cannot make a structural schema of "Odd.spec.one": anyOf, expected one type',
  );
});

const postgres = xrd(kinds[0] as Kind, postgresDatabaseSchema);
const postgresSpec = (rootOf(postgres)['properties'] as Record<string, Node>)['spec'] as Node;
const schema = schemaOfCrd(crdOf(postgres), 'v1') as JSONSchema;

describe('PostgresDatabase in the API server and in the loader', () => {
  test('take the same valid claims', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(validateAgainst(schema, fileOf(spec))).toEqual([]);
        expect(postgresDatabaseSchema.safeParse(fileOf(spec)).success).toBe(true);
      }),
    );
  });

  test('fill in the same defaults', () => {
    const fill = new Ajv({ strict: false, useDefaults: true }).compile(postgresSpec);
    fc.assert(
      fc.property(anySpec, (written) => {
        const filled = structuredClone(written);
        fill(filled);
        expect(postgresDatabaseSchema.parse(fileOf(written)).spec).toEqual(filled);
      }),
    );
  });

  test('refuse the same broken claims', () => {
    fc.assert(
      fc.property(anySpec, fc.constantFrom(...paths), anyValue, (spec, path, broken) => {
        const file = fileOf(replaced(spec, path, broken) as Record<string, unknown>);
        const issues = postgresDatabaseSchema.safeParse(file).error?.issues ?? [];
        // Rules between fields are custom in zod and CEL in the API server.
        const structural = issues.some(({ code }) => code !== 'custom');
        const refused = validateAgainst(schema, file).length > 0;
        expect([refused, structural && !refused]).toEqual([refused && issues.length > 0, false]);
      }),
      { numRuns: 300 },
    );
  });
});

/** Parameters have dots in their names and are as many again. */
const paths = nodesOf(postgresSpec)
  .map(([path]) => path.slice(1).split('.'))
  .filter(([first]) => first !== '' && first !== 'parameters');

const anyValue = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant({}),
  fc.constant([]),
);

function replaced(node: unknown, [first = '', ...rest]: readonly string[], broken: unknown): unknown {
  if (first === 'items') return [rest.length === 0 ? broken : replaced({}, rest, broken)];
  const before = typeof node === 'object' && node !== null ? (node as Record<string, unknown>) : {};
  return { ...before, [first]: rest.length === 0 ? broken : replaced(before[first], rest, broken) };
}
