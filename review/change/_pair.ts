/** Brings two values into a shape in which order and spelling that mean nothing cannot differ. */
import { ordered } from '../../model/ordered';

/** Parsed YAML or JSON. */
export type Plain = unknown;
type Fields = Readonly<Record<string, Plain>>;

/** Lists whose order is meaning. */
const ORDERED = /^(args|command|initContainers|orderedCacheBehavior|member|pipeline|Fn::.*)$/;
/** What names an item of a list; the first that all items have, and no two alike, counts. */
const NAMES = [
  'name',
  'Name',
  'key',
  'Key',
  'id',
  'Id',
  'setIdentifier',
  'regionName',
  'region',
  'originId',
  'Sid',
];

/**
 * Both sides, with lists of named things as records by `[name]`, lists of plain values as sets, and of other lists only
 * the items that the other side does not have. JSON inside a text, such as a policy, counts as what it says.
 */
export function pair(before: Plain, after: Plain, key = ''): readonly [Plain, Plain] {
  const [from, to] = [unfolded(before), unfolded(after)];
  if (Array.isArray(from) || Array.isArray(to)) return pairOfLists(from, to, key);
  if (isFields(from) && isFields(to)) return pairOfFields(from, to);
  return [alone(from, key), alone(to, key)];
}

const isFields = (value: Plain): value is Fields => typeof value === 'object' && value !== null;

/** What stands on one side only. */
function alone(value: Plain, key: string): Plain {
  if (Array.isArray(value)) return pairOfLists(value, [], key)[0];
  return isFields(value) ? pairOfFields(value, {})[0] : value;
}

function unfolded(value: Plain): Plain {
  if (typeof value !== 'string' || !/^\s*[{[][^]*[}\]]\s*$/.test(value)) return value;
  try {
    return JSON.parse(value) as Plain;
  } catch {
    return value;
  }
}

function pairOfFields(before: Fields, after: Fields): readonly [Plain, Plain] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const pairs = keys.map((key) => [key, pair(own(before, key), own(after, key), key)] as const);
  return [sideOf(pairs, 0), sideOf(pairs, 1)];
}

const own = (fields: Fields, key: string): Plain => (Object.hasOwn(fields, key) ? fields[key] : undefined);

/** Without a prototype: a field may be called `constructor`. */
function recordOf(entries: readonly (readonly [string, Plain])[]): Fields {
  const record = Object.create(null) as Record<string, Plain>;
  for (const [key, value] of entries) record[key] = value;
  return record;
}

const sideOf = (pairs: readonly (readonly [string, readonly [Plain, Plain]])[], side: 0 | 1): Fields =>
  recordOf(
    pairs.filter(([, both]) => both[side] !== undefined).map(([key, both]) => [key, both[side]] as const),
  );

function pairOfLists(before: Plain, after: Plain, key: string): readonly [Plain, Plain] {
  if (!isListOrNothing(before) || !isListOrNothing(after)) return [alone(before, key), alone(after, key)];
  const [from, to] = [before ?? [], after ?? []];
  const records = ORDERED.test(key) ? [indexed(from), indexed(to)] : recordsOf(from, to);
  const [left, right] = pairOfFields(records[0] ?? {}, records[1] ?? {});
  return [before && left, after && right];
}

const isListOrNothing = (value: Plain): value is readonly Plain[] | undefined =>
  value === undefined || Array.isArray(value);

function recordsOf(before: readonly Plain[], after: readonly Plain[]): readonly Fields[] {
  const names = ['', ...NAMES].find((name) => isKey(before, name) && isKey(after, name));
  if (names !== undefined) return [named(before, names), named(after, names)];
  return [indexed(without(before, after)), indexed(without(after, before))];
}

/** The empty name stands for the value itself. */
const nameOf = (item: Plain, name: string): Plain =>
  name === '' ? item : isFields(item) ? item[name] : undefined;

function isKey(items: readonly Plain[], name: string): boolean {
  const values = items.map((item) => nameOf(item, name));
  return (
    values.every((value) => typeof value === 'string' || typeof value === 'number') &&
    new Set(values).size === items.length
  );
}

const named = (items: readonly Plain[], name: string): Fields =>
  recordOf(items.map((item) => [`[${String(nameOf(item, name))}]`, item] as const));

const indexed = (items: readonly Plain[]): Fields =>
  recordOf(items.map((item, i) => [`[${i}]`, item] as const));

/** Items that are not among `others`, each of which accounts for one. */
function without(items: readonly Plain[], others: readonly Plain[]): Plain[] {
  const rest = others.map(canonical);
  return items.filter((item) => {
    const at = rest.indexOf(canonical(item));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** Text that is equal for equal values, whatever the order of their keys. */
export const canonical = (value: Plain): string => JSON.stringify(ordered(value)) ?? 'undefined';
