/** Objects with their keys in order, all the way down: what is made of them does not depend on who wrote them. */
export const ordered = <T>(value: T): T => orderedOf(value) as T;

function orderedOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(orderedOf);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, orderedOf(one)]));
}
