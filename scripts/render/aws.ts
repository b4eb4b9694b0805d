/** The CloudFormation templates of each estate: `aws/<cluster>-<part>.json`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelOf } from '../../model/estate';
import type { EstateInput } from '../../spec/input';
import { memo } from '../memo';

/** The files of an estate, relative to `dist/`. Stacks read the model without the regional claim: a flip changes none. */
export function awsFiles(root: string, input: EstateInput): [string, string][] {
  const { primaryRegion: _, ...rest } = input;
  return memo(root, `aws-${input.estate.name}`, rest, () => synthesized(input));
}

/** CDK is loaded here and not before: most commands do without. */
function synthesized(input: EstateInput): [string, string][] {
  const { templatesOf } = require('../../clusters') as typeof import('../../clusters');
  const outdir = mkdtempSync(join(tmpdir(), 'flipside-cdk-'));
  try {
    return [...templatesOf(modelOf(input), outdir)].map(([path, template]) => [
      `${input.estate.name}/${path}`,
      `${JSON.stringify(template, null, 2)}\n`,
    ]);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
