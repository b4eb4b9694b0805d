/** Source texts replaced while a program is bundled: how broken copies of it are made, for drills and for tests. */
import type { Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';

/** A change of one source file; `from` must stand there. */
export interface Edit {
  /** Path below the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Applies the edits, all those of a file in their order. The build fails when a text is not in its file any more. */
export const edited = (edits: readonly Edit[]): Plugin => ({
  name: 'edited',
  setup: ({ onLoad }) => {
    for (const file of new Set(edits.map((edit) => edit.file)))
      onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => ({
        contents: edits.filter((edit) => edit.file === file).reduce(apply, readFileSync(path, 'utf8')),
        loader: 'ts',
      }));
  },
});

function apply(text: string, { file, from, to }: Edit): string {
  if (!text.includes(from)) throw new Error(`Cannot break ${file}: it does not hold "${from}"`);
  return text.replaceAll(from, () => to);
}
