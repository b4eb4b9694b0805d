/** How values and choices are put into words, the same way in every message. */
import { distance } from 'fastest-levenshtein';

/** More names than this are not listed in full: a message stays readable in an estate of a thousand services. */
const LISTED = 12;
const NEAREST = 5;

/** Longest part of a value that a message repeats, in characters. */
const SHOWN = 80;

/** The value in double quotes, cut when long, with nothing in it that a terminal would obey. */
export function quoted(value: string): string {
  const short = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return `"${short.replace(/\p{C}/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`)}"`;
}

/** What kind of value it is, in the words of YAML. */
export function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'string') return 'a string';
  return Number.isInteger(value) ? 'a whole number' : 'a number with a fraction';
}

/** `is a string, expected <allowed>`; without the first half for a value that is not there. */
export const mistyped = (value: unknown, allowed: string): string =>
  value === undefined ? `expected ${allowed}` : `is ${kindOf(value)}, expected ${allowed}`;

/** The known name that `name` is most likely a typing mistake of, if any is close. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [first] = byDistance(name, known);
  if (!first) return undefined;
  const allowed = Math.ceil(Math.min(name.length, first.length) / 3);
  return distance(name.toLowerCase(), first.toLowerCase()) <= allowed ? first : undefined;
}

/** `expected one of a, b, c (did you mean "b"?)`; of very many only the nearest are listed. */
export function choice(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  const hint = guess ? ` (did you mean ${quoted(guess)}?)` : '';
  if (known.length === 0) return 'expected none';
  if (known.length === 1) return `expected ${known[0]}`;
  return `expected one of ${listed(name, known)}${hint}`;
}

function listed(name: string, known: readonly string[]): string {
  if (known.length <= LISTED) return known.join(', ');
  return `${byDistance(name, known).slice(0, NEAREST).join(', ')} and ${known.length - NEAREST} more`;
}

function byDistance(name: string, known: readonly string[]): string[] {
  const far = (other: string) => distance(name.toLowerCase(), other.toLowerCase());
  return known
    .map((other) => ({ other, far: far(other) }))
    .toSorted((a, b) => a.far - b.far)
    .map(({ other }) => other);
}
