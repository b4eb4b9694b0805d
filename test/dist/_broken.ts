/** Objects with one thing wrong, to see whether two validators notice the same. */
import type { Manifest } from '../../platform/kind';

type Fields = Readonly<Record<string, unknown>>;

/** A valid object with each of its fields in turn missing or of another type, and with a field that nobody knows. */
export const brokenOf = (object: Manifest): Manifest[] =>
  brokenFields((object.spec ?? {}) as Fields).map((spec) => ({ ...object, spec }));

/** Two levels deep: the second holds `forProvider`. */
function brokenFields(fields: Fields, depth = 2): Fields[] {
  if (depth === 0) return [];
  const each = Object.entries(fields).flatMap(([key, value]) => {
    const { [key]: _, ...without } = fields;
    const inner = isFields(value) ? brokenFields(value, depth - 1) : [];
    return [without, ...[wrongTypeOf(value), ...inner].map((wrong) => ({ ...fields, [key]: wrong }))];
  });
  return [...each, { ...fields, unknownField: 1 }];
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrongTypeOf = (value: unknown): unknown => (typeof value === 'string' ? { not: 'text' } : 'not this type');
