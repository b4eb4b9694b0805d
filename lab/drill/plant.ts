/** Broken copies of the programs, run in place of the real ones: a drill that does not notice them proves nothing. */
import { build, type Plugin } from 'esbuild';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../../model/release';
import { bundle } from '../../runtime/build';

/** One fault: texts of a program's sources, replaced. */
export interface Fault {
  readonly title: string;
  readonly program: Program;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

/** Replaces the program that the lab's pods run from now on. Throws when a text is not in its file any more. */
export async function plant(root: string, { program, edits }: Fault): Promise<void> {
  const outfile = join(root, '.cache', 'runtime', `${program}.mjs`);
  await build({
    entryPoints: [join(root, 'runtime', program, 'main.ts')],
    outfile: `${outfile}.planted`,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: edits.map((edit) => patch(root, edit)),
    logLevel: 'error',
  });
  renameSync(`${outfile}.planted`, outfile);
}

/** Puts the real program back. */
export const unplant = (root: string, { program }: Fault) => bundle(program, root);

const patch = (root: string, { file, from, to }: Fault['edits'][number]): Plugin => ({
  name: file,
  setup: ({ onLoad }) => {
    const path = join(root, file);
    const filter = new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    onLoad({ filter }, () => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(from))
        throw new Error(`Cannot plant a fault in "${file}": it has no ${JSON.stringify(from)}`);
      return { contents: source.replace(from, to), loader: 'ts' };
    });
  },
});
