/** What `synth` renders besides what clusters apply: a flip is a commit of its own and must not make it stale. */
import { render } from '../../main';
import { readEstates } from '../../scripts/estates';
import { awsFiles } from '../../scripts/render/aws';
import { reviewOf } from '../../scripts/render/review';
import type { EstateInput } from '../../spec/input';

const root = process.cwd();

const flipped = (input: EstateInput): EstateInput => ({
  ...input,
  primaryRegion: {
    ...input.primaryRegion,
    spec: { ...input.primaryRegion.spec, region: input.estate.regions.peer.name, epoch: 7 },
  },
});

const filesOf = (input: EstateInput) => {
  const aws = awsFiles(root, input);
  return { aws, review: reviewOf(root, input, new Map([...render([input]), ...aws])) };
};

test('a flip changes neither a template nor the report', () => {
  const [input] = readEstates(root, 'warm-standby');
  if (!input) throw new Error('no estate');
  const before = filesOf(input);
  const after = filesOf(flipped(input));
  expect(after).toEqual(before);
  expect(before.aws.length).toBeGreaterThan(10);
  expect(before.review.files.map(([path]) => path)).toContain('warm-standby/review/index.html');
});
