/** The command line, as on-call uses it, against a lab. */
import { join } from 'node:path';
import { exec } from '../../scripts/exec';
import { kubeconfigPath } from '../kubeconfig';
import type { Layout } from '../layout';
import { pathWithKubectl } from '../parts';
import { clonePath } from '../repository';

const DEADLINE_MS = 10 * 60_000;

/** How a command ended. */
export interface Commanded {
  readonly code: 'done' | 'not done';
  /** The last lines of what it said: a refusal has its reasons above the advice. */
  readonly said: string;
}

/** Runs `flipside <verb>` for the lab's estate, in the lab's clone of the repository. */
export async function flipside(layout: Layout, verb: string, ...args: readonly string[]): Promise<Commanded> {
  const bundle = join(layout.root, '.cache', 'cli', 'cli.cjs');
  const program = `require(process.argv[1]).main(process.argv.slice(3), process.argv[2]).then((code) => process.exit(code))`;
  const ran = await exec(
    process.execPath,
    [
      '-e',
      program,
      bundle,
      clonePath(layout.state),
      verb,
      '--estate',
      layout.estate,
      '--kubeconfig',
      kubeconfigPath(layout),
      ...args,
    ],
    {
      cwd: layout.root,
      timeout: DEADLINE_MS,
      env: {
        PATH: pathWithKubectl(layout.root),
        // Nothing of the person who drills.
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        NO_COLOR: '1',
      },
    },
  );
  const said = `${ran.stdout}\n${ran.stderr}`.trim().split('\n').slice(-8).join(' | ');
  return { code: ran.ok ? 'done' : 'not done', said };
}
