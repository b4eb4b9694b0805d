/** Reads and writes a folder of generated files. Nothing is ever half-written, and stale files go. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Text by path relative to the folder, with forward slashes. */
export type Tree = ReadonlyMap<string, string>;

/** How a folder differs from the tree it should hold; paths sorted. */
export interface Difference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** Every file below `dir`; empty when there is no such folder. */
export function filesBelow(dir: string): string[] {
  const entries = readdirSafe(dir);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .split(sep)
        .join('/'),
    )
    .toSorted();
}

function readdirSafe(dir: string) {
  try {
    return readdirSync(dir, { recursive: true, withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Compares the part of `dir` that `owns` claims with `tree`. */
export function compare(dir: string, tree: Tree, owns: (path: string) => boolean = () => true): Difference {
  const present = new Set(filesBelow(dir).filter(owns));
  const paths = [...tree.keys()].toSorted();
  return {
    added: paths.filter((path) => !present.has(path)),
    changed: paths.filter(
      (path) => present.has(path) && readFileSync(join(dir, path), 'utf8') !== tree.get(path),
    ),
    removed: [...present].filter((path) => !tree.has(path)),
  };
}

/** Number of files a difference touches. */
export const sizeOf = ({ added, changed, removed }: Difference) =>
  added.length + changed.length + removed.length;

/** Makes `dir` hold `tree`: everything is written aside first, then moved into place. */
export function apply(dir: string, tree: Tree, difference: Difference): void {
  if (sizeOf(difference) === 0) return;
  mkdirSync(dir, { recursive: true });
  const aside = mkdtempSync(join(dir, '.writing-'));
  try {
    const wanted = [...difference.added, ...difference.changed];
    wanted.forEach((path, i) => writeFileSync(join(aside, String(i)), tree.get(path) ?? ''));
    for (const folder of new Set(wanted.map((path) => dirname(join(dir, path)))))
      mkdirSync(folder, { recursive: true });
    wanted.forEach((path, i) => renameSync(join(aside, String(i)), join(dir, path)));
    difference.removed.forEach((path) => removeWithEmptyFolders(dir, path));
  } finally {
    rmSync(aside, { recursive: true });
  }
}

function removeWithEmptyFolders(dir: string, path: string): void {
  rmSync(join(dir, path));
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (readdirSync(join(dir, folder)).length > 0) return;
    rmdirSync(join(dir, folder));
  }
}
