/** Reads `estates/` from disk: the one place that does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblems } from '../spec/format';
import type { EstateInput } from '../spec/input';
import { loadEstates } from '../spec/load';
import type { Files } from '../spec/problem';
import { UserError } from './answer';
import { filesBelow } from './tree';

/** The bytes of everything below `estates/`. */
export function readEstateFiles(root: string): Files {
  const dir = join(root, 'estates');
  return new Map(filesBelow(dir).map((path) => [`estates/${path}`, readFileSync(join(dir, path))]));
}

/** Every estate, or the one named `only`. Throws one UserError with all problems at once. */
export function readEstates(root: string, only?: string): EstateInput[] {
  const { inputs, problems } = loadEstates(readEstateFiles(root));
  if (problems.length > 0) throw new UserError(formatProblems(problems));
  return chosen(inputs, only);
}

function chosen(inputs: readonly EstateInput[], only?: string): EstateInput[] {
  if (!only) return [...inputs];
  const found = inputs.filter(({ estate }) => estate.name === only);
  if (found.length > 0) return found;
  const names = inputs.map(({ estate }) => estate.name).join(', ');
  throw new UserError(
    `Cannot find the estate "${only}": no folder estates/${only}, expected one of ${names}`,
  );
}
