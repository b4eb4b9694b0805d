/** CloudFormation refuses a stack with too many resources. */
import type { Check } from '../check';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (2026-11) */
const LARGEST = 500;

/** A few hundred services in one estate reach it: each has a role, and each image a repository. */
export const stackSize: Check = {
  id: 'stack-size',
  title: 'Every stack is one that CloudFormation takes',
  severity: 'error',
  reference: 'CloudFormation quotas: resources in a template',
  run: ({ templates }, report) =>
    templates
      .map(({ file, resources }) => ({ file, count: Object.keys(resources).length }))
      .filter(({ count }) => count > LARGEST)
      .map(({ file, count }) =>
        report({
          message: `Cannot deploy a stack of ${count} resources: expected at most ${LARGEST}`,
          path: `${file}#Resources`,
          remedy: 'Make two estates of it, by domain or by team: each has its own stacks',
        }),
      ),
};
