/** A claim's zod schema as the structural schema that a CustomResourceDefinition takes. */
import * as z from 'zod';

/** A node of a structural schema; only the keywords that are read here are named. */
export interface Structural {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Structural>>;
  readonly required?: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema */
const KEPT: ReadonlySet<string> = new Set([
  'type',
  'description',
  'default',
  'enum',
  'format',
  'pattern',
  'nullable',
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
  'required',
  'x-kubernetes-validations',
]);

/** zod bounds every integer by what JavaScript can count to, which says nothing about the field. */
const UNBOUNDED: ReadonlySet<unknown> = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

/**
 * The structural schema of what people write: defaults are kept, transforms and refinements are not.
 *
 * Unknown fields are no part of it: the API server drops them, and strict clients refuse them. Throws on what a
 * structural schema cannot say, with the path of it.
 */
export function structuralOf(schema: z.ZodType, path: string): Structural {
  const json = z.toJSONSchema(schema, { io: 'input', target: 'openapi-3.0' });
  return structural(json as Node, path);
}

function structural(node: Node, path: string): Structural {
  const choice = choiceOf(node);
  if (choice) return { ...plain(node), ...choice };
  const refused = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not'].find((keyword) => keyword in node);
  if (refused) throw new Error(`Cannot make a structural schema of "${path}": ${refused}, expected one type`);
  return { ...plain(node), ...children(node, path) };
}

function plain(node: Node): Structural {
  const entries = Object.entries(node).filter(
    ([keyword, value]) => KEPT.has(keyword) && !UNBOUNDED.has(value),
  );
  return Object.fromEntries(entries);
}

function children(node: Node, path: string): Structural {
  const properties = Object.entries((node['properties'] ?? {}) as Record<string, Node>);
  const values = node['additionalProperties'];
  const items = node['items'];
  return {
    ...(properties.length > 0 && {
      properties: Object.fromEntries(
        properties.map(([name, property]) => [name, structural(property, `${path}.${name}`)]),
      ),
    }),
    // A map has values of one kind; an object has properties. Kubernetes takes one or the other.
    ...(isNode(values) && { additionalProperties: structural(values, `${path}.*`) }),
    ...(isNode(items) && { items: structural(items, `${path}[]`) }),
  };
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** A union of literals of one type is an enum; a union of numbers and text is what Kubernetes calls int-or-string. */
function choiceOf({ anyOf }: Node): Structural | undefined {
  if (!Array.isArray(anyOf)) return undefined;
  const branches = anyOf as readonly Node[];
  const types = new Set(branches.map((branch) => branch['type']));
  if (types.size === 1 && branches.every((branch) => Array.isArray(branch['enum']))) {
    return { type: String([...types][0]), enum: branches.flatMap((branch) => branch['enum'] as unknown[]) };
  }
  const bare = branches.every((branch) =>
    Object.keys(branch).every((keyword) => keyword === 'type' || keyword === 'pattern'),
  );
  const mixed = types.has('string') && (types.has('number') || types.has('integer')) && types.size === 2;
  return bare && mixed ? { 'x-kubernetes-int-or-string': true } : undefined;
}
