/** One YAML file as a tree and as a plain value, with the means to point into it. */
import { type Document, LineCounter, isAlias, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { type Unreadable, textOf } from './_bytes';
import { type Path, pathOfKey, pathText, placeOf } from './_path';
import { aliasMessage, isRepeatedKey, syntaxMessage } from './_syntax';
import type { Problem } from './problem';

/** How many nodes aliases may repeat; more is taken for an attack. */
const MAX_ALIASES = 100;

/** A file that is one well-formed YAML document. */
export interface Source {
  readonly file: string;
  readonly document: Document;
  /** As plain data, not yet held against a schema. */
  readonly value: unknown;
  readonly locate: Locate;
}

/** What reading gave: a source unless nothing can be made of the file, and the faults of its text. */
export interface Read {
  readonly source?: Source;
  readonly problems: readonly Problem[];
}

type Locate = (offset: number) => Required<Pick<Problem, 'file' | 'line' | 'column'>>;

/** Reads one file. */
export function readSource(file: string, bytes: Uint8Array): Read {
  const text = textOf(bytes);
  return typeof text === 'string' ? readText(file, text) : unreadable(file, text);
}

const unreadable = (file: string, { line, message }: Unreadable): Read => ({
  problems: [{ file, line, column: 1, path: '', message }],
});

function readText(file: string, text: string): Read {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const locate: Locate = (offset) => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const { problems, usable } = faultsOf(document, text, locate);
  if (!usable) return { problems };
  if (isEmpty(document)) return unreadable(file, EMPTY);
  return withValue({ file, document, locate }, problems);
}

const EMPTY: Unreadable = { line: 1, message: 'Cannot use the file: empty, expected a mapping of keys' };

const isEmpty = ({ contents }: Document) =>
  contents === null || (isScalar(contents) && contents.value === null);

/** Every repeated key, and the first other fault: later ones are mostly its consequences. */
function faultsOf(document: Document, text: string, locate: Locate) {
  const faults = [...document.errors, ...document.warnings];
  const fatal = faults.find((fault) => !isRepeatedKey(fault));
  const problems = [...faults.filter(isRepeatedKey), ...(fatal ? [fatal] : [])].map((fault) => ({
    ...locate(fault.pos[0]),
    path: isRepeatedKey(fault) ? pathText(pathOfKey(document, fault.pos[0])) : '',
    message: syntaxMessage(fault, keyAt(document, text, fault.pos[0])),
  }));
  return { problems, usable: fatal === undefined };
}

const keyAt = (document: Document, text: string, offset: number) =>
  String(pathOfKey(document, offset).at(-1) ?? text.slice(offset, offset + 1));

function withValue(source: Omit<Source, 'value'>, problems: readonly Problem[]): Read {
  try {
    const value: unknown = source.document.toJS({ maxAliasCount: MAX_ALIASES });
    return { source: { ...source, value }, problems };
  } catch (fault) {
    const place = source.locate(firstAlias(source.document));
    return { problems: [...problems, { ...place, path: '', message: aliasMessage(fault) }] };
  }
}

function firstAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias: (_key, node) => {
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** A problem with what stands at `path`, or, when nothing does, with its nearest parent. */
export const problemAt = (source: Source, path: Path, message: string): Problem => ({
  ...source.locate(placeOf(source.document, path).offset),
  path: pathText(path),
  message,
});

/** A problem with the key at the end of `path` rather than with its value. */
export const problemAtKey = (source: Source, path: Path, message: string): Problem => ({
  ...source.locate(placeOf(source.document, path).keyOffset),
  path: pathText(path),
  message,
});

/** Longest list that a message repeats, in items. */
const LISTED = 6;

/** What stands at `path` as it was typed, unless it is empty, missing or too much to repeat. */
export function typedAt(source: Source, path: Path): string | undefined {
  const { found, node } = placeOf(source.document, path);
  if (!found) return undefined;
  const target = isAlias(node) ? node.resolve(source.document) : node;
  if (!isSeq(target) || target.items.length > LISTED) return typedScalar(target);
  const items = target.items.map(typedScalar);
  return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
}

function typedScalar(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
}
