/** One YAML file as text, tree and plain value; every fault of the text itself is told here. */
import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';
import { nodeAt, pathAt, pathText, type Path } from './_path';
import type { Problem } from './problem';
import { quoted } from './_words';

/** Largest file that is read, in bytes. */
const LARGEST = 1024 * 1024;
/** How many nodes aliases may repeat; more is taken for an attack. */
const ALIASES = 100;

/** A file that is well-formed YAML of one document. */
export interface Source {
  readonly file: string;
  /** As plain data, not yet held against a schema. */
  readonly value: unknown;
  /** A problem with what stands at `path`, or with its nearest parent when nothing does. */
  readonly at: (path: Path, message: string) => Problem;
  /** A problem with the key at the end of `path`. */
  readonly atKey: (path: Path, message: string) => Problem;
  /** What stands at `path` as it was typed, when that is short enough to repeat. */
  readonly typed: (path: Path) => string | undefined;
}

/** What reading gave: a source unless nothing can be made of the file, and what is wrong with its text. */
export interface Read {
  readonly source?: Source;
  readonly problems: readonly Problem[];
}

/** Reads one file. */
export function readSource(file: string, bytes: Uint8Array): Read {
  if (bytes.length > LARGEST) return broken(file, tooLarge(bytes.length));
  const line = firstBrokenLine(bytes);
  if (line !== undefined) return broken(file, 'Cannot read the file: not UTF-8, expected UTF-8 text', line);
  return readText(file, new TextDecoder().decode(bytes));
}

const broken = (file: string, message: string, line = 1): Read => ({
  problems: [{ file, line, column: 1, path: '', message }],
});

const tooLarge = (size: number) =>
  `Cannot read the file: ${(size / LARGEST).toFixed(1)} MiB, expected at most 1 MiB`;

/** UTF-8 never uses the byte of a line feed inside another character, so lines can be decoded one by one. */
function firstBrokenLine(bytes: Uint8Array): number | undefined {
  if (decodes(bytes)) return undefined;
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start);
    const next = end < 0 ? bytes.length : end + 1;
    if (!decodes(bytes.subarray(start, next))) return line;
    start = next;
  }
  return 1;
}

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function readText(file: string, text: string): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const locate = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const repeated = document.errors.filter(isRepeatedKey).map((error) => ({
    ...locate(error.pos[0]),
    path: pathText(pathAt(document, error.pos[0])),
    message: repeatedKey(text.slice(...error.pos)),
  }));
  const fatal = [...document.errors, ...document.warnings].find((error) => !isRepeatedKey(error));
  if (fatal)
    return { problems: [...repeated, { ...locate(fatal.pos[0]), path: '', message: wordsOf(fatal) }] };
  return { ...valueOf(document, file, locate), problems: repeated } satisfies Read as Read;
}
