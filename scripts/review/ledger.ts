/** What `docs/drills.md` records: only a drill on AWS counts as one, the lab's prove something else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../review/assess';

/** A row that passed: its day and where it was run. */
const ROW = /^\| (?<day>\d{4}-\d{2}-\d{2}) \| [^|]+ \| (?<where>[^|]+) \|.*\| passed \|$/gm;

/** The ledger of the repository at `root`. */
export function ledgerOf(root: string): Ledger {
  const days = [...textOf(root).matchAll(ROW)]
    .filter(({ groups }) => /^AWS\b/.test(groups?.['where'] ?? ''))
    .map(({ groups }) => groups?.['day'] ?? '');
  const lastDrill = days.toSorted().at(-1);
  return { ...(lastDrill && { lastDrill }) };
}

function textOf(root: string): string {
  try {
    return readFileSync(join(root, 'docs', 'drills.md'), 'utf8');
  } catch {
    return '';
  }
}
