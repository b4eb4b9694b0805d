/** What a schema has against an object of the API server, in the words of the claim's owner. */
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** Every problem as `Cannot use <path> "<value>": <current>, expected <allowed>`. */
export const problemsOf = (issues: readonly Issue[], value: unknown): string[] =>
  issues.flatMap((issue) => problemsOfIssue(issue, value));

function problemsOfIssue(issue: Issue, value: unknown): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `Cannot use ${pathText([...issue.path, key])}: unknown field`);
  return [`Cannot use ${subject(issue.path, value)}: ${halfSentence(issue.message)}`];
}

/** zod opens its own messages with a verdict, ours begin with what is expected. */
const halfSentence = (message: string): string => message.replace(/^[A-Z][a-z ]+: (?=expected)/, '');

function subject(path: readonly PropertyKey[], value: unknown): string {
  const found = path.reduce(step, value);
  const name = pathText(path) || 'the object';
  return typeof found === 'string' || typeof found === 'number' ? `${name} "${found}"` : name;
}

const step = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
