/** What zod found, in half a sentence: `<current>, expected <allowed>`. */
import * as z from 'zod';
import { choice, mistyped } from './_words';

type Raw = z.core.$ZodRawIssue;
type Union = Extract<Raw, { code: 'invalid_union' }>;

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** Separates the known keys of a mapping in a message; no key holds it. */
const BETWEEN = '\n';

/** The keys that the message of an `unrecognized_keys` issue carries. */
export const keysIn = (message: string): string[] => message.split(BETWEEN).filter(Boolean);

/**
 * The half sentence for an issue whose schema says nothing itself; empty for a union, whose branches say it.
 *
 * zod drops the schema from the issues it returns, so the known keys of a mapping travel as the message.
 */
export function halfSentence(issue: Raw): string {
  if (issue.code === 'invalid_type') return mistyped(issue.input, NOUNS[issue.expected] ?? issue.expected);
  if (issue.code === 'invalid_value') return oneOf(issue.input, issue.values.map(String));
  if (issue.code === 'invalid_union') return discriminated(issue);
  if (issue.code === 'too_small') return `${sizeOf(issue.input)}, expected at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `${sizeOf(issue.input)}, expected at most ${issue.maximum}`;
  if (issue.code === 'not_multiple_of') return `out of step, expected a multiple of ${issue.divisor}`;
  if (issue.code === 'invalid_format') return `expected a match of ${issue.pattern ?? issue.format}`;
  if (issue.code === 'unrecognized_keys') return knownKeys(issue.inst).join(BETWEEN);
  return 'expected another value';
}

function oneOf(input: unknown, allowed: readonly string[]): string {
  const anyOf = allowed.length > 1 ? `one of ${allowed.join(', ')}` : String(allowed[0]);
  return typeof input === 'string' ? choice(input, allowed) : mistyped(input, anyOf);
}

function discriminated({ discriminator, options, input }: Union & { options?: readonly unknown[] }): string {
  if (!discriminator || !options) return '';
  const chosen = (input as Readonly<Record<string, unknown>>)[discriminator];
  return oneOf(chosen, options.map(String));
}

function sizeOf(input: unknown): string {
  if (Array.isArray(input)) return `${input.length} items`;
  if (typeof input === 'string') return `length ${input.length}`;
  return 'out of range';
}

const knownKeys = (schema: unknown): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
