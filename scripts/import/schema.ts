import type { JSONSchema } from '../../imports/schemas';

/** Applies `change` to a schema and every schema inside it, the inner ones first. */
export function mapSchema(schema: JSONSchema, change: (schema: JSONSchema) => JSONSchema): JSONSchema {
  const inner = (child: JSONSchema): JSONSchema => mapSchema(child, change);
  const copy: JSONSchema = { ...schema };
  if (copy.properties) copy.properties = mapProperties(copy.properties, inner);
  if (copy.items) copy.items = inner(copy.items);
  if (copy.not) copy.not = inner(copy.not);
  if (typeof copy.additionalProperties === 'object')
    copy.additionalProperties = inner(copy.additionalProperties);
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    const branches = copy[keyword];
    if (branches) copy[keyword] = branches.map(inner);
  }
  return change(copy);
}

/**
 * Replaces the schema at a path of property names; a missing property is left missing.
 *
 * @param path for example `spec.provider`; arrays are entered by the name of the array alone
 */
export function changeAt(
  schema: JSONSchema,
  path: string[],
  change: (schema: JSONSchema) => JSONSchema | undefined,
): JSONSchema {
  const [head, ...rest] = path;
  if (schema.items) return { ...schema, items: changeAt(schema.items, path, change) };
  if (head === undefined || schema.properties?.[head] === undefined) return schema;
  const { [head]: child, ...others } = schema.properties;
  const changed = rest.length > 0 ? changeAt(child!, rest, change) : change(child!);
  if (changed !== undefined) return { ...schema, properties: { ...schema.properties, [head]: changed } };
  return { ...schema, properties: others, ...withoutRequired(schema, head) };
}

/** An object about which nothing is said: any field may stand in it. */
export function opaqueObject(): JSONSchema {
  return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
}

/** The schema without some keywords. */
export function omit(schema: JSONSchema, keywords: readonly string[]): JSONSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
}

function mapProperties(
  properties: Record<string, JSONSchema>,
  change: (schema: JSONSchema) => JSONSchema,
): Record<string, JSONSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, change(child)]));
}

function withoutRequired(schema: JSONSchema, name: string): Pick<JSONSchema, 'required'> {
  if (!schema.required) return {};
  return { required: schema.required.filter((other) => other !== name) };
}
