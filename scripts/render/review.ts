/** The report of each estate: `review/index.html`, its Markdown twin and the drawing. */
import { createHash } from 'node:crypto';
import type { Rendered } from '../../main';
import type { EstateInput } from '../../spec/input';
import { memo } from '../memo';

/** The files of an estate, relative to `dist/`, from what is rendered of it. They hold nothing that depends on a day. */
export function reviewFiles(root: string, input: EstateInput, rendered: Rendered): [string, string][] {
  const { name } = input.estate;
  const prefix = `${name}/`;
  // Where the writers are now is no part of the report: a flip must not make it stale.
  const files = [...rendered].filter(
    ([path]) => path.startsWith(prefix) && !path.includes('/primary-region/'),
  );
  const { primaryRegion: _, ...rest } = input;
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  return memo(root, `review-${name}`, { rest, hash }, () => judged(input, files, prefix));
}

function judged(
  input: EstateInput,
  files: readonly (readonly [string, string])[],
  prefix: string,
): [string, string][] {
  const { renderedEstate } = require('../../review/rendered') as typeof import('../../review/rendered');
  const { assess } = require('../../review/assess') as typeof import('../../review/assess');
  const { reportFiles } = require('../../review/report') as typeof import('../../review/report');
  const own = new Map(files.map(([path, text]) => [path.slice(prefix.length), text]));
  const estate = renderedEstate(input, own);
  return reportFiles(estate, assess(estate)).map(([path, text]) => [`${prefix}${path}`, text]);
}
