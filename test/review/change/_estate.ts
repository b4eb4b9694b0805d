/** Committed estates, changed in memory and rendered: both sides of a comparison. */
import { join } from 'node:path';
import { facts } from './_estate-facts';
import { render } from '../../../main';
import { type ChangeReview, changeReview, type Side } from '../../../review/change/review';
import { readEstateFiles } from '../../../scripts/estates';
import { formatProblems } from '../../../spec/format';
import { loadEstate } from '../../../spec/load';
import type { EstateInput } from '../../../spec/input';

const committed = readEstateFiles(join(__dirname, '..', '..', '..'));

/** Changes texts in place, by path below the estate's folder or below its output. */
export type Edit = (files: Map<string, string>) => void;

/** An estate as it is committed, with an edit of what people write. */
export function inputOf(estate: string, edit: Edit = () => {}): EstateInput {
  const root = `estates/${estate}/`;
  const own = [...committed].filter(([path]) => path.startsWith(root));
  const texts = new Map(
    own.map(([path, bytes]) => [path.slice(root.length), new TextDecoder().decode(bytes)]),
  );
  edit(texts);
  const files = new Map([...texts].map(([path, text]) => [root + path, new TextEncoder().encode(text)]));
  const loaded = loadEstate(estate, files);
  if ('problems' in loaded) throw new Error(formatProblems(loaded.problems));
  return loaded.input;
}

/** A side of a comparison, with an edit of what was rendered. */
export function sideOf(input: EstateInput, edit: Edit = () => {}): Side {
  const root = `${input.estate.name}/`;
  const files = new Map([...render([input])].map(([path, text]) => [path.slice(root.length), text]));
  edit(files);
  return { input, files };
}

/** A recorded change. */
export interface Recorded {
  readonly estate: string;
  /** Of `estates/<estate>/`. */
  readonly input?: Edit;
  /** Of `dist/<estate>/`, after. */
  readonly output?: Edit;
  /** Of `dist/<estate>/`, before and after, where another part of the platform would write it. */
  readonly both?: Edit;
}

const sides = new Map<string, Side>();

function baseOf(estate: string): Side {
  const side = sides.get(estate) ?? sideOf(inputOf(estate));
  sides.set(estate, side);
  return side;
}

/** What the review says of a recorded change. */
export function reviewed({ estate, input, output, both }: Recorded): ChangeReview {
  const base = withEdit(baseOf(estate), both);
  const head = withEdit(input ? sideOf(inputOf(estate, input)) : baseOf(estate), both);
  return changeReview(estate, base, withEdit(head, output), facts);
}

function withEdit(side: Side, edit: Edit = () => {}): Side {
  const files = new Map(side.files);
  edit(files);
  return { ...side, files };
}

/** Replaces what the pattern finds, which must be there, in every file whose path matches. */
export function replace(path: RegExp, pattern: string | RegExp, to: string): Edit {
  return (files) => {
    const found = [...files].filter(([name, text]) => path.test(name) && new RegExp(pattern, 'm').test(text));
    if (found.length === 0) throw new Error(`Cannot replace "${pattern}": no file like ${path} holds it`);
    for (const [name, text] of found)
      files.set(
        name,
        text.replaceAll(new RegExp(pattern, 'gm'), () => to),
      );
  };
}

/** Takes the YAML documents that hold `text` out of every file whose path matches. */
export function drop(path: RegExp, text: string): Edit {
  return (files) => {
    const found = [...files].filter(([name, body]) => path.test(name) && body.includes(text));
    if (found.length === 0) throw new Error(`Cannot drop "${text}": no file like ${path} holds it`);
    for (const [name, body] of found)
      files.set(
        name,
        body
          .split(/^---\n/m)
          .filter((document) => !document.includes(text))
          .join('---\n'),
      );
  };
}

/** One edit after the other. */
export const all =
  (...edits: readonly Edit[]): Edit =>
  (files) => {
    for (const edit of edits) edit(files);
  };
