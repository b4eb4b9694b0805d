/** The report of each estate: `review/index.html`, its Markdown twin and the drawing. */
import { createHash } from 'node:crypto';
import { render, type Rendered } from '../../main';
import type { EstateInput } from '../../spec/input';
import { memo } from '../memo';

/** The review of an estate. */
export interface Reviewed {
  /** Relative to `dist/`. */
  readonly files: readonly (readonly [string, string])[];
  /** Findings that nobody has accepted. */
  readonly errors: number;
  readonly waived: number;
}

/**
 * The review of an estate, from what is rendered of it. It holds nothing that depends on a day, and shows the writers
 * where they were born: a flip must not make a report stale.
 */
export function reviewOf(root: string, input: EstateInput, rendered: Rendered): Reviewed {
  const born = bornOf(input);
  const prefix = `${input.estate.name}/`;
  const own = [...rendered].filter(([path]) => path.startsWith(prefix));
  const files = isSame(born, input) ? own : [...new Map([...own, ...render([born])])];
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  return memo(root, `review-${input.estate.name}`, { born, hash }, () => judged(born, files, prefix));
}

const bornOf = (input: EstateInput): EstateInput => {
  const { override: _, ...spec } = input.primaryRegion.spec;
  const { name: region } = input.estate.regions.home;
  const born = { ...spec, region, epoch: 0, mode: 'Planned', acceptDataLoss: false } as const;
  return { ...input, primaryRegion: { ...input.primaryRegion, spec: born } };
};

const isSame = (born: EstateInput, { primaryRegion }: EstateInput) =>
  JSON.stringify(born.primaryRegion.spec) === JSON.stringify(primaryRegion.spec);

function judged(input: EstateInput, files: readonly (readonly [string, string])[], prefix: string): Reviewed {
  const { renderedEstate } = require('../../review/rendered') as typeof import('../../review/rendered');
  const { assess } = require('../../review/assess') as typeof import('../../review/assess');
  const { reportFiles } = require('../../review/report') as typeof import('../../review/report');
  const own = new Map(files.map(([path, text]) => [path.slice(prefix.length), text]));
  const estate = renderedEstate(input, own);
  const assessment = assess(estate);
  return {
    files: reportFiles(estate, assessment).map(([path, text]) => [`${prefix}${path}`, text] as const),
    errors: assessment.findings.filter(({ severity }) => severity === 'error').length,
    waived: assessment.waived.length,
  };
}
