/** cdk-nag's AWS Solutions rules over every stack of every committed estate: what is accepted says why beside the resource. */
import type { App } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { modelOf } from '../../model/estate';
import { findingsOf } from './_nag';
import { estates, inputOf } from './_templates';

const names = estates().map(({ estate }) => estate.name);

test.each(names)('%s has no finding', (name) => {
  expect(findingsOf(modelOf(inputOf(name)))).toBe('');
});

/** Adds a bucket as AWS makes one. */
const addBucket = (app: App) => {
  const [stack] = app.node.children;
  return stack && new CfnBucket(stack, 'open', {});
};

test('a bucket that takes plain HTTP is found', () => {
  expect(findingsOf(modelOf(inputOf('pilot-light')), addBucket)).toContain('AwsSolutions-S10');
});
