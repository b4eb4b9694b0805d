/** Broken copies of the real code: a source text is changed, and everything that the simulation runs is built with it. */
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Edit, edited } from '../../lab/drill/edits';
import type * as Search from '../../simulation/search';

export type { Edit };

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
    plugins: [edited(edits)],
  });
  const module = { exports: {} };
  // The bundle is CommonJS text that esbuild made a moment ago.
  const load = new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '');
  load(module, module.exports, createRequire(__filename));
  return module.exports as typeof Search;
}
