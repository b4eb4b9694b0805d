/** What CloudFormation deploys. */
import { withTemplate } from '../_mutate';
import { type Break, ALL, row } from './_row';

/** Each row breaks one thing. */
export const stacks: readonly Break[] = [
  row(
    'stack-size',
    'a stack with 501 resources',
    ALL,
    withTemplate(
      Object.fromEntries(
        Array.from({ length: 501 }, (_, index) => [
          `Handle${index}`,
          { Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: {} },
        ]),
      ),
    ),
  ),
];
