/** What zod found, as problems: each with its place in the file and the value as it was typed. */
import type * as z from 'zod';
import { keysIn } from './_half';
import { type Path, pathText, placeOf } from './_path';
import { type Source, problemAt, problemAtKey, typedAt } from './_source';
import { choice, quoted } from './_words';
import type { Problem } from './problem';

type Issue = z.core.$ZodIssue;

/** The problems of one file; `within` is put before the path of every issue. */
export function problemsOf(source: Source, issues: readonly Issue[], within: Path = []): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(source, issue, [...within, ...pathOf(issue)]));
}

/** Data from YAML has no symbols for keys. */
const pathOf = (issue: Issue): Path => issue.path.map((key) => (typeof key === 'number' ? key : String(key)));

function problemsOfIssue(source: Source, issue: Issue, path: Path): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(source, [...path, key], keysIn(issue.message)));
  if (issue.code === 'invalid_key') return [badKey(source, path, issue.issues)];
  if (issue.code === 'invalid_union' && issue.message === '')
    return unionProblems(source, issue.errors, path);
  return [unfit(source, path, issue.message)];
}

function unknownKey(source: Source, path: Path, known: readonly string[]): Problem {
  const key = String(path.at(-1));
  return problemAtKey(source, path, `Cannot use the key ${quoted(key)}: unknown, ${choice(key, known)}`);
}

function badKey(source: Source, path: Path, issues: readonly Issue[]): Problem {
  const why = issues.map(({ message }) => message).join(', ');
  return problemAtKey(source, path, `Cannot use the key ${quoted(String(path.at(-1)))}: ${why}`);
}

/** The branch that got furthest is the one that was meant; branches that fail at once are offered together. */
function unionProblems(source: Source, branches: readonly (readonly Issue[])[], path: Path): Problem[] {
  const deep = branches.filter((issues) => issues.every((issue) => issue.path.length > 0));
  const [meant] = deep.toSorted((a, b) => a.length - b.length);
  if (meant) return problemsOf(source, meant, path);
  const allowed = branches.map(([first]) => first?.message.replace(/^.*expected /s, ''));
  return [unfit(source, path, `expected ${[...new Set(allowed)].join(' or ')}`)];
}

/** A problem with the value at `path`, from the half sentence `<current>, expected <allowed>`. */
export function unfit(source: Source, path: Path, half: string): Problem {
  return problemAt(source, path, `Cannot ${subjectOf(source, path)}${half}`);
}

function subjectOf(source: Source, path: Path): string {
  const name = pathText(path) || 'the file';
  if (!placeOf(source.document, path).found) return `find ${name}: missing, `;
  const typed = typedAt(source, path);
  return `use ${typed === undefined ? name : quoted(typed)}: `;
}
