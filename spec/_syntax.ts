/** Faults of YAML itself, in the words of the other problems. */
import type { ErrorCode, YAMLError } from 'yaml';
import { quoted } from './_words';

const REMEDIES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'expected spaces',
  MULTIPLE_DOCS: 'expected one document in each file: move what follows --- to a file of its own',
  BLOCK_AS_IMPLICIT_KEY: 'expected quotes around a value that holds ": ", or another indentation',
  MULTILINE_IMPLICIT_KEY: 'expected "key: value" on one line',
  BAD_INDENT: 'expected a closing bracket, or more indentation',
  MISSING_CHAR: 'expected it before the end of the line',
  BAD_SCALAR_START: 'expected quotes around the value',
  TAG_RESOLVE_FAILED: 'expected a plain value without a tag',
  RESOURCE_EXHAUSTION: 'expected a few levels of nesting',
};

/** Two keys of one name leave the rest of the file readable. */
export const isRepeatedKey = (error: YAMLError) => error.code === 'DUPLICATE_KEY';

/** The whole message for a fault that `yaml` found; `text` is the part of the file it points to. */
export function syntaxMessage(error: YAMLError, text: string): string {
  if (isRepeatedKey(error))
    return `Cannot use the key ${quoted(text)}: there twice, expected each key once in a mapping`;
  if (error.code === 'MULTIPLE_DOCS')
    return `Cannot read a second document: the file holds several, ${REMEDIES.MULTIPLE_DOCS}`;
  const fault = error.message.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  return `Cannot parse the file as YAML: ${fault}, ${REMEDIES[error.code] ?? 'expected YAML 1.2'}`;
}

/** The whole message for an alias without an anchor, or for one that repeats too much. */
export function aliasMessage(fault: unknown): string {
  const unknown = fault instanceof Error && fault.message.startsWith('Unresolved');
  const current = unknown
    ? 'an alias (*name) without an anchor (&name) before it'
    : 'aliases repeat too much';
  return `Cannot parse the file as YAML: ${current}, expected the values written out`;
}
