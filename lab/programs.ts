/** Bundles what the lab runs as processes. */
import { build } from 'esbuild';
import { join } from 'node:path';
import { PROGRAMS } from '../model/release';
import { bundle } from '../runtime/build';
import type { Programs } from './bootstrap';

/** Bundles the region's agent, the emulated world, and the programs of `runtime/`. */
export async function bundlePrograms(root: string): Promise<Programs> {
  const dir = join(root, '.cache', 'runtime');
  await Promise.all(PROGRAMS.map((program) => bundle(program, root)));
  const agent = await own(root, 'agent');
  const world = await own(root, 'world');
  return { agent, world, compose: join(dir, 'compose.mjs'), dir };
}

/** `lab/<name>/main.ts`, beside which the packages stay packages. */
async function own(root: string, name: string): Promise<string> {
  const outfile = join(root, '.cache', 'lab-programs', `${name}.cjs`);
  await build({
    entryPoints: [join(root, 'lab', name, 'main.ts')],
    outfile,
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}
