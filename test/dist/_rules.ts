/** The CEL rules of a definition, and definitions in which one of them says something else. */
import type { Crd, JSONSchema } from '../../imports/schemas';
import type { CelRule } from '../../spec/claims';

/** A rule and where it stands in the schema. */
export interface RuleAt {
  /** Keys from the root of the schema to the node that has the rule. */
  readonly path: readonly string[];
  readonly index: number;
  readonly rule: CelRule;
}

/** Every rule of a definition. */
export const rulesOf = (crd: Crd): RuleAt[] => rulesBelow(schemaIn(crd), []);

function rulesBelow(node: JSONSchema, path: readonly string[]): RuleAt[] {
  const own = (node['x-kubernetes-validations'] ?? []) as readonly CelRule[];
  const inner = [
    ...Object.entries(node.properties ?? {}).map(([name, one]) => [['properties', name], one] as const),
    ...(['items', 'additionalProperties'] as const).map((key) => [[key], node[key]] as const),
  ];
  return [
    ...own.map((rule, index) => ({ path, index, rule })),
    ...inner.flatMap(([keys, one]) => (typeof one === 'object' ? rulesBelow(one, [...path, ...keys]) : [])),
  ];
}

/** `<Kind>.<field>: <rule>` */
export const labelOf = (crd: Crd, { path, rule }: RuleAt) =>
  `${[crd.spec.names.kind, ...path.filter((key) => key !== 'properties')].join('.')}: ${rule.rule}`;

/** The definition with another rule in that place. */
export function withRule(crd: Crd, { path, index }: RuleAt, rule: string): Crd {
  const copy = structuredClone(crd);
  // The path was found in the same schema.
  const node = path.reduce((at, key) => at[key] as JSONSchema, schemaIn(copy));
  const rules = node['x-kubernetes-validations'] as { rule: string }[];
  rules[index] = { ...rules[index], rule };
  return copy;
}

function schemaIn(crd: Crd): JSONSchema {
  const [version] = crd.spec.versions;
  if (!version) throw new Error(`Cannot read "${crd.metadata.name}": no version, expected one`);
  return version.schema.openAPIV3Schema;
}
