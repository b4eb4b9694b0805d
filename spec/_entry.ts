/** One file held against its schema: whole where it is valid, in parts where it is not. */
import * as z from 'zod';
import { halfSentence } from './_half';
import { problemsOf, unfit } from './_issues';
import type { Path } from './_path';
import { type Source, readSource } from './_source';
import type { Problem } from './problem';

/** A file as the rules see it. */
export interface Entry<T> {
  readonly file: string;
  /** Name of the file without folder and extension. */
  readonly stem: string;
  /** Name of the folder it lies in. */
  readonly folder: string;
  /** Absent when anything in the file is invalid. */
  readonly value?: T;
  /** The top-level keys that are valid, so that one mistake does not hide the others. */
  readonly parts: Partial<T>;
  /** A problem with the value at `path`; the message begins with `Cannot use "<value>": ` by itself. */
  readonly unfit: (path: Path, half: string) => Problem;
  readonly source: Source;
}

/** A file's entry, unless nothing can be made of it, and every problem within the file. */
export interface Checked<T> {
  readonly entry?: Entry<T>;
  readonly problems: readonly Problem[];
}

/** Reads one file and holds it against the schema that `schemaFor` picks for its value. */
export function check<T>(
  file: string,
  bytes: Uint8Array,
  schemaFor: (value: unknown) => z.ZodType<T>,
): Checked<T> {
  const { source, problems } = readSource(file, bytes);
  if (!source) return { problems };
  const schema = schemaFor(source.value);
  const result = schema.safeParse(source.value, { reportInput: true, error: halfSentence });
  const entry = entryOf(source, schema, result.data);
  return { entry, problems: [...problems, ...problemsOf(source, result.error?.issues ?? [])] };
}

function entryOf<T>(source: Source, schema: z.ZodType<T>, value: T | undefined): Entry<T> {
  const [stem = '', folder = ''] = source.file
    .replace(/\.yaml$/, '')
    .split('/')
    .toReversed();
  return {
    file: source.file,
    stem,
    folder,
    ...(value !== undefined && { value }),
    parts: value ?? partsOf<T>(schema, source.value),
    unfit: (path, half) => unfit(source, path, half),
    source,
  };
}

/** Checks each top-level key on its own. */
function partsOf<T>(schema: z.ZodType<T>, value: unknown): Partial<T> {
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return {};
  const given = new Map(Object.entries(value));
  const parts = Object.entries(schema.shape as z.ZodRawShape).flatMap(([key, part]) => {
    const result = z.safeParse(part, given.get(key));
    return result.success ? [[key, result.data]] : [];
  });
  // Each key was checked by the schema that T gives it.
  return Object.fromEntries(parts) as Partial<T>;
}
