/** cdk-nag's AWS Solutions rules over every stack of every committed estate: what is accepted says why beside the resource. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appOf, stacksOf } from '../../clusters';
import { modelOf } from '../../model/estate';
import { estates, inputOf } from './_templates';

const names = estates().map(({ estate }) => estate.name);

/** The findings of an estate's stacks, after `edit`; empty when there are none. */
function findingsOf(name: string, edit: (app: App) => unknown = () => {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-nag-'));
  const app = appOf(folder);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stacksOf(app, modelOf(inputOf(name)));
  edit(app);
  const silenced = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
    return '';
  } catch (error) {
    return String(error);
  } finally {
    silenced.mockRestore();
    rmSync(folder, { recursive: true });
  }
}

test.each(names)('%s has no finding', (name) => {
  expect(findingsOf(name)).toBe('');
});

/** Adds a bucket as AWS makes one. */
const addBucket = (app: App) => {
  const [stack] = app.node.children;
  return stack && new CfnBucket(stack, 'open', {});
};

test('a bucket that takes plain HTTP is found', () => {
  expect(findingsOf('pilot-light', addBucket)).toContain('AwsSolutions-S10');
});
