/** Tables as data: the page and its Markdown twin show the same ones. */

/** How a cell is to be read: as it is, as good, as bad, or as what nobody knows. */
export type Tone = 'plain' | 'good' | 'bad' | 'unknown';

/** A cell. The word carries the meaning; the tone only colours it. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

/** A column. Numbers stand at the right. */
export interface Column {
  readonly head: string;
  readonly numeric?: boolean;
}

/** A table; the first cell of a row names it. */
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A part of the report. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** What a reader needs before the table; a paragraph each. */
  readonly notes: readonly string[];
  readonly tables: readonly Table[];
}

/** Columns by their heads; `#` in front makes one of numbers. */
export const columns = (...heads: readonly string[]): Column[] =>
  heads.map((head) => (head.startsWith('#') ? { head: head.slice(1), numeric: true } : { head }));

/** Text of a cell. */
export const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);

/** Whether an objective is met, in words. */
export const met = (meets: boolean): Cell =>
  meets ? { text: 'met', tone: 'good' } : { text: 'missed', tone: 'bad' };

/** What nobody knows, with the reason where there is one. */
export const unknown = (text = 'unknown'): Cell => ({ text, tone: 'unknown' });
