/** The items by key, in the order they came in. `Map.groupBy` needs a newer Node.js than is supported. */
export function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    if (!group) groups.set(key, [item]);
  }
  return groups;
}

/** Orders texts by their characters, the same on every machine. */
export const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);
