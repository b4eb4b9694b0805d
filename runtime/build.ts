/** Bundles a program of `runtime/` into the one file that its image holds. */
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../model/release';

/** Libraries that came as CommonJS ask for Node's own modules with `require`, which ESM has not. */
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/**
 * Flags of Node for the composition function; the Containerfile has the same. Left alone, V8 lets garbage grow to
 * 150 MB before it collects; with them the function stays below 100 MB at the same speed. Measured by `flipside bench`.
 */
export const COMPOSE_FLAGS = ['--max-semi-space-size=2', '--max-old-space-size=96'] as const;

/**
 * Bundles `runtime/<name>/main.ts` and gives the path of `.cache/runtime/<name>.mjs`.
 *
 * Not minified: a stack in a log is read at night, and the start takes as long either way.
 */
export async function bundle(
  name: Program,
  root: string = process.cwd(),
  plugins: Plugin[] = [],
): Promise<string> {
  await bundlePrograms([name], root, plugins);
  return join(folderOf(root), `${name}.mjs`);
}

/** Bundles several programs at once, which reads what they share once, and gives their folder. */
export async function bundlePrograms(
  names: readonly Program[],
  root: string = process.cwd(),
  plugins: Plugin[] = [],
): Promise<string> {
  await write(root, Object.fromEntries(names.map((name) => [name, join('runtime', name, 'main.ts')])), {
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: { js: REQUIRE },
    plugins,
  });
  return folderOf(root);
}

/**
 * Bundles the client of the composition function, as CommonJS: the SDK is ESM only, and neither tests nor the
 * command line could load it otherwise.
 */
export async function bundleClient(root: string = process.cwd()): Promise<string> {
  const entries = { 'compose-client': join('runtime', 'compose', 'client.ts') };
  await write(root, entries, { format: 'cjs', outExtension: { '.js': '.cjs' } });
  return join(folderOf(root), 'compose-client.cjs');
}

const folderOf = (root: string) => join(root, '.cache', 'runtime');

/** `entries` are paths below the root, by the name of the file they become. */
async function write(
  root: string,
  entries: Readonly<Record<string, string>>,
  options: Pick<BuildOptions, 'format' | 'outExtension' | 'banner' | 'plugins'>,
): Promise<void> {
  const outdir = folderOf(root);
  const { outputFiles } = await build({
    entryPoints: { ...entries },
    outdir,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    // Libraries with both: what is not used of their modules need not be in the program.
    mainFields: ['module', 'main'],
    sourcemap: 'external',
    logLevel: 'error',
    write: false,
    ...options,
  });
  mkdirSync(outdir, { recursive: true });
  for (const { path, contents } of outputFiles) replace(path, contents);
}

/** At once, since tests that run side by side start the same file. */
function replace(path: string, contents: Uint8Array): void {
  const written = `${path}.${process.pid}`;
  writeFileSync(written, contents);
  renameSync(written, path);
}
