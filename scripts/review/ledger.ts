/** What `docs/drills.md` records of an estate: only what was run on AWS counts, the lab proves something else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../review/assess';

/** A row of a table, by the names in its head. */
type Row = Readonly<Record<string, string>>;

const GIB = 2 ** 30;
/** What a row says of every estate. */
const EVERY = 'all';

/** The ledger of the repository at `root`, as far as it is about the estate `name`. */
export function ledgerOf(root: string, name: string): Ledger {
  const passed = rowsIn(textOf(root)).filter((row) => isPassed(row) && /^AWS\b/.test(row['where'] ?? ''));
  const [lastDrill] = passed
    .filter((row) => drills(row, name))
    .flatMap((row) => row['date'] ?? [])
    .toReversed();
  const restores = passed.filter((row) => row['estate'] === name);
  const byStore = <T>(read: (row: Row) => T | undefined) =>
    Object.fromEntries(restores.flatMap((row) => pair(row['store'], read(row))));
  return {
    ...(lastDrill && { lastDrill }),
    lastRestores: byStore((row) => row['date']),
    restored: byStore(measuredIn),
  };
}

const isPassed = (row: Row) => Object.values(row).at(-1) === 'passed';

const drills = ({ estates = '' }: Row, name: string) =>
  estates.split(', ').some((one) => one === name || one.startsWith(EVERY));

function measuredIn({ GiB, minutes }: Row) {
  const [size, time] = [Number(GiB), Number(minutes)];
  return size > 0 && time > 0 ? { bytes: size * GIB, minutes: time } : undefined;
}

const pair = <T>(key: string | undefined, value: T | undefined): [string, T][] =>
  key === undefined || value === undefined ? [] : [[key, value]];

/** Rows of every table, oldest first where they begin with a date. */
function rowsIn(text: string): Row[] {
  let head: readonly string[] = [];
  const rows = text.split('\n').flatMap((line): Row[] => {
    const cells = cellsOf(line);
    if (cells.length === 0) head = [];
    else if (head.length === 0) head = cells;
    else if (!/^-+$/.test(cells[0] ?? ''))
      return [Object.fromEntries(cells.map((cell, at) => [head[at] ?? '', cell]))];
    return [];
  });
  return rows.toSorted((a, b) => ((a['date'] ?? '') < (b['date'] ?? '') ? -1 : 1));
}

const cellsOf = (line: string): string[] =>
  line.startsWith('|')
    ? line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];

function textOf(root: string): string {
  try {
    return readFileSync(join(root, 'docs', 'drills.md'), 'utf8');
  } catch {
    return '';
  }
}
