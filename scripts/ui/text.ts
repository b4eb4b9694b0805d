/** How the command line shows text: aligned columns, and colours only where a person looks. */
import pico from 'picocolors';

/** Colours; plain text when the output is no terminal or `NO_COLOR` is set. */
export const colour = pico.createColors(
  Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
);

/** Rows with their columns aligned; numbers belong to the right. The first row is the heading. */
export function columns(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const pad = (cell: string | number, width: number) =>
  typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);

/** `1 file`, `2 files`. */
export const plural = (n: number, noun: string) =>
  `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
