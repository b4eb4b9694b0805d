/** Bundles what the lab runs as processes. */
import { build } from 'esbuild';
import { join } from 'node:path';
import { PROGRAMS } from '../model/release';
import { bundlePrograms } from '../runtime/build';
import type { Programs } from './bootstrap';

/** Bundles the emulated world, the programs of `runtime/` and the region's agent. */
export async function bundleLab(root: string): Promise<Programs> {
  const [dir, { agent, world }] = await Promise.all([bundlePrograms(PROGRAMS, root), own(root)]);
  return { agent, world, compose: join(dir, 'compose.mjs'), dir };
}

/** `lab/<name>/main.ts`, beside which the packages stay packages. */
async function own(root: string): Promise<Pick<Programs, 'agent' | 'world'>> {
  const outdir = join(root, '.cache', 'lab-programs');
  await build({
    entryPoints: { agent: join(root, 'lab/agent/main.ts'), world: join(root, 'lab/world/main.ts') },
    outdir,
    outExtension: { '.js': '.cjs' },
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return { agent: join(outdir, 'agent.cjs'), world: join(outdir, 'world.cjs') };
}
