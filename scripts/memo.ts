/**
 * What a pure function gave for the same input and the same code, kept in `.cache/memo`: rendering stacks and reports
 * takes longer than all the rest, and most edits change none of them. Deleting the folder changes nothing but time.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Only the bundled command line knows its own code: in tests nothing is kept. */
const BUNDLE = 'cli.cjs';

/** Gives what `make` gives. `name` tells apart what is kept, one result for each; `input` is all that `make` reads. */
export function memo<T>(root: string, name: string, input: unknown, make: () => T): T {
  if (basename(__filename) !== BUNDLE) return make();
  const dir = join(root, '.cache', 'memo');
  const hash = createHash('sha256').update(codeHash()).update(JSON.stringify(input)).digest('hex');
  const file = `${name}-${hash.slice(0, 32)}.json`;
  const kept = read(join(dir, file));
  if (kept !== undefined) return kept as T;
  const made = make();
  keep(dir, file, name, made);
  return made;
}

let hashed: string | undefined;

function codeHash(): string {
  hashed ??= createHash('sha256').update(readFileSync(__filename)).digest('hex');
  return hashed;
}

/** Undefined when there is none, or none that can be read. */
function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function keep(dir: string, file: string, name: string, made: unknown): void {
  mkdirSync(dir, { recursive: true });
  for (const old of readdirSync(dir)) {
    if (old.startsWith(`${name}-`) && old.length === file.length) rmSync(join(dir, old), { force: true });
  }
  const aside = join(dir, `${file}.${process.pid}`);
  writeFileSync(aside, JSON.stringify(made));
  renameSync(aside, join(dir, file));
}
