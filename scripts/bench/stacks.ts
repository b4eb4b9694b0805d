/** The stacks of each estate through the CDK command; the app alone, which `flipside synth` runs, beside it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEstates } from '../estates';
import type { Figure } from './figure';
import { type CommandLine, flipside, medianSeconds } from './time';

const RUNS = 3;

/** Every figure of the stacks. */
export function benchStacks(root: string): Figure[] {
  const out = mkdtempSync(join(tmpdir(), 'flipside-bench-'));
  const cdk = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const app = (estate: string) => flipside(root, 'cdk', '--estate', estate);
  const synth = (estate: string): CommandLine => [
    process.execPath,
    cdk,
    'synth',
    '--quiet',
    '--output',
    out,
    '--app',
    app(estate).join(' '),
  ];
  const seconds = (line: CommandLine) => medianSeconds(line, RUNS, root);
  try {
    return [
      ...readEstates(root).map(({ estate }) => ({
        what: `stacks: cdk synth of ${estate.name}`,
        value: seconds(synth(estate.name)),
        unit: 's' as const,
        limit: 3,
      })),
      {
        what: 'stacks: storefront, the app without the CDK command',
        value: seconds(app('storefront')),
        unit: 's',
      },
    ];
  } finally {
    rmSync(out, { recursive: true });
  }
}
