/** Programs from PyPI, each with its pins in an environment of its own, installed once into `.cache`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A first run downloads: milliseconds to allow for it. */
export const INSTALL_MS = 180_000;

/**
 * The environment with what `requirements`, a file below `root`, pins. Made aside and moved into place when complete:
 * neither an interrupted install nor two at once leave half of one.
 */
export function venv(root: string, name: string, requirements: string): string {
  const pins = join(root, requirements);
  const hash = createHash('sha256').update(readFileSync(pins)).digest('hex').slice(0, 12);
  const folder = join(root, '.cache', `${name}-${hash}`);
  if (existsSync(folder)) return folder;
  const aside = `${folder}.${process.pid}.partial`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  try {
    execFileSync('python3', ['-m', 'venv', aside], { stdio: 'pipe', timeout: INSTALL_MS });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', pins];
    execFileSync(join(aside, 'bin', 'python'), pip, { stdio: 'pipe', timeout: INSTALL_MS });
    moveInto(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return folder;
}

/** Somebody else may have finished first: theirs is as good. */
function moveInto(aside: string, folder: string): void {
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}
