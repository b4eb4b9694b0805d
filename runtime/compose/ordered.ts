/**
 * Objects with their keys in order. They come from Go's maps, each time in another order: a text or a list made of them
 * would differ from the last one although nothing has changed, and Crossplane composes again whenever one differs.
 */
export const ordered = <T>(value: T): T => orderedOf(value) as T;

function orderedOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(orderedOf);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, orderedOf(one)]));
}
