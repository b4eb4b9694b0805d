/** The answer as a comment on a pull request: one screen. */
import type { ChangeReview } from './review';
import type { Row } from './row';
import { countOf, decisionOf, figuresOf, reachOf, verdictOf, whatOf, whereOf, whyOf } from './wording';

/** More lines than this are counted, the gravest are shown. */
const MAX_ROWS = 20;

/** Every estate with a change, or one line when there is none. */
export function markdownOf(reviews: readonly ChangeReview[]): string {
  const told = reviews.filter(({ rows, estateChanges }) => rows.length + estateChanges.length > 0);
  if (told.length === 0) return '### Flipside review: no change\n';
  return told.map(estateOf).join('\n');
}

function estateOf(review: ChangeReview): string {
  const { estate, rows, estateChanges } = review;
  const lines = [
    `### Flipside review: ${escaped(estate)} · ${countOf(review)} · ${decisionOf(review)}`,
    ...estateChanges.map((text) => `- estate: ${escaped(text)}`),
    ...table(rows),
    ...reachOf(review).map(escaped),
    figuresOf(review).map(escaped).join(' · '),
  ];
  return `${lines
    .filter((line) => line !== '')
    .join('\n\n')
    .replaceAll('|\n\n|', '|\n|')}\n`;
}

function table(rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - MAX_ROWS;
  return [
    '| change | verdict | where | why |',
    '|---|---|---|---|',
    ...rows.slice(0, MAX_ROWS).map(rowText),
    ...(more > 0 ? [`and ${more} more, none graver`] : []),
  ];
}

const rowText = (row: Row): string => {
  const verdict = verdictOf(row);
  const cells = [
    whatOf(row),
    row.severity === 'error' ? `**${verdict}**` : verdict,
    whereOf(row),
    whyOf(row),
  ];
  return `| ${cells.map((cell, i) => (i === 1 ? cell : escaped(cell))).join(' | ')} |`;
};

/** What Markdown would take for its own; an image or a link in a value stays text. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>|~#!]/g, (one) => `\\${one}`).replaceAll(/\s*\n\s*/g, ' ');
