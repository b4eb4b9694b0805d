/** Broken copies of the real code: a source text is changed, and everything that the simulation runs is built with it. */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Search from '../../simulation/search';

/** A change of one source file; `from` must stand there. */
export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const ROOT = join(__dirname, '..', '..');

/** The simulation's search over a copy of the code with these edits. */
export async function mutated(edits: readonly Edit[]): Promise<typeof Search> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'simulation', 'search.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutate',
        setup: ({ onLoad }) => {
          for (const file of new Set(edits.map((edit) => edit.file)))
            onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => ({
              contents: edits.filter((edit) => edit.file === file).reduce(apply, readFileSync(path, 'utf8')),
              loader: 'ts',
            }));
        },
      },
    ],
  });
  const module = { exports: {} };
  // The bundle is CommonJS text that esbuild made a moment ago.
  const load = new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '');
  load(module, module.exports, createRequire(__filename));
  return module.exports as typeof Search;
}

function apply(text: string, { file, from, to }: Edit): string {
  if (!text.includes(from)) throw new Error(`Cannot break ${file}: it does not hold "${from}"`);
  return text.replaceAll(from, () => to);
}
