/** The report of an estate as Markdown: what the page shows, for who reads the repository. */
import type { Assessment } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { figuresOf } from './_figures';
import { countsOf, type Group, groupsOf } from './_groups';
import { sectionsOf } from './_sections';
import { columns, type Section, type Table, textOf } from './_table';
import { mermaidOf } from './mermaid';
import { leadOf } from './page';
import { descriptionOf } from './diagram';
import { topologyOf } from './topology';

/** The text of `dist/<estate>/review/README.md`. */
export function reportMarkdown(estate: RenderedEstate, assessment: Assessment): string {
  const topology = topologyOf(estate);
  const figures: Table = {
    caption: '',
    columns: columns('figure', 'value', 'objective', 'state'),
    rows: figuresOf(estate, assessment).map(({ name, value, against, state }) => [
      name,
      value,
      against.join('; '),
      state,
    ]),
  };
  const blocks = [
    `# ${escaped(topology.estate)}`,
    escaped(leadOf(topology)),
    `![${escaped(descriptionOf(topology))}](architecture.svg)`,
    gridOf(figures),
    '## Findings',
    `${countsOf(assessment.findings)}, ${assessment.waived.length} accepted.`,
    ...groupsOf(assessment.findings).map(groupText),
    '## The drawing as text',
    ['```mermaid', mermaidOf(topology), '```'].join('\n'),
    ...sectionsOf(estate, assessment, topology).flatMap(sectionBlocks),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const sectionBlocks = ({ title, notes, tables }: Section): string[] => [
  `## ${escaped(title)}`,
  ...(notes.length > 3 ? [notes.map((note) => `- ${escaped(note)}`).join('\n')] : notes.map(escaped)),
  ...tables.flatMap((table) => [`**${escaped(table.caption)}**`, gridOf(table)]),
];

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function gridOf({ columns: heads, rows }: Table): string {
  return [
    line(heads.map(({ head }) => escaped(head))),
    `|${heads.map(({ numeric }) => (numeric ? '---:' : '---')).join('|')}|`,
    ...rows.map((row) => line(row.map((cell) => escaped(textOf(cell))))),
  ].join('\n');
}

/** Of one check, before the rest is only counted: the page has them all. */
const SHOWN = 3;

function groupText({ check, severity, findings }: Group): string {
  const more = findings.length - SHOWN;
  return [
    `**${severity === 'info' ? 'to know' : severity}: ${escaped(check)}**`,
    '',
    ...findings
      .slice(0, SHOWN)
      .map(({ message, path, remedy }) => `- ${escaped(message)}. Do: ${escaped(remedy)}. ${escaped(path)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}

/** What Markdown would take for its own; an image, a link or a mention in a value stays text. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_[\]<>|~#!]/g, (one) => `\\${one}`)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('@', '&#64;');
