/** The answer on a terminal. */
import type { ChangeReview } from '../../review/change/review';
import type { Row } from '../../review/change/row';
import {
  countOf,
  decisionOf,
  figuresOf,
  reachOf,
  verdictOf,
  whatOf,
  whereOf,
  whyOf,
} from '../../review/change/wording';
import { colour, columns } from '../ui/text';

/** One screen for all estates together. */
const MAX_ROWS = 24;

/** The lines for every estate with a change, or one that says there is none. */
export function textOf(reviews: readonly ChangeReview[], width: number): string[] {
  const told = reviews.filter(({ rows, estateChanges }) => rows.length + estateChanges.length > 0);
  if (told.length === 0) return ['no change: what differs means the same'];
  const rows = Math.max(3, Math.floor(MAX_ROWS / told.length));
  return told.flatMap((review) => estateOf(review, rows, width));
}

function estateOf(review: ChangeReview, most: number, width: number): string[] {
  const { estate, rows, estateChanges } = review;
  const more = rows.length - most;
  const decision = review.severity === 'error' ? colour.red(decisionOf(review)) : decisionOf(review);
  return [
    `${colour.bold(estate)}  ${countOf(review)}, ${decision}`,
    '',
    ...estateChanges.map((text) => `  estate: ${text}`),
    ...table(rows.slice(0, most), width),
    ...(more > 0 ? [`  and ${more} more, none graver`] : []),
    ...reachOf(review).map((text) => `  ${text}`),
    ...figures(review),
    '',
  ];
}

function figures(review: ChangeReview): string[] {
  const line = figuresOf(review).join(' · ');
  return line === '' ? [] : ['', `  ${line}`];
}

const WIDEST = 46;

/** The reason stands below its line: it is what people read, and a table would cut it. */
function table(rows: readonly Row[], width: number): string[] {
  const cells = rows.map((row) => [cut(whatOf(row), WIDEST), verdictOf(row), whereOf(row)]);
  const [head = '', ...lines] = columns([['change', 'verdict', 'where'], ...cells]);
  if (rows.length === 0) return [];
  return [
    `  ${colour.dim(head)}`,
    ...lines.flatMap((line, i) => {
      const row = rows[i];
      return row ? [`  ${tinted(line, row)}`, `    ${colour.dim(cut(whyOf(row), width - 4))}`] : [];
    }),
  ];
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function tinted(line: string, { severity }: Row): string {
  if (severity === 'error') return colour.red(line);
  return severity === 'warning' ? colour.yellow(line) : line;
}
