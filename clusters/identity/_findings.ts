/** Why the wildcards in the roles of pods are as narrow as AWS allows. */
import type { CfnResource } from 'aws-cdk-lib';
import { accept } from '../_parts';
import type { Statement } from '../_policies';
import { CALLED } from './boundary';

const IAM5 = 'AwsSolutions-IAM5';

/** Accepts each wildcard of `statements` on `role` with the reason that fits it; another one stays a finding. */
export function acceptWildcards(role: CfnResource, statements: readonly Statement[]): void {
  const texts = (of: (statement: Statement) => unknown) => [
    ...new Set(statements.flatMap((statement) => [of(statement)].flat()).filter(isWild)),
  ];
  for (const action of texts(({ Action }) => Action)) {
    accept(role, 'Looks at every property of a bucket, and changes none', `${IAM5}[Action::${action}]`);
  }
  for (const resource of texts(({ Resource }) => Resource)) {
    accept(role, resource === '*' ? UNNAMED : NAMED, `${IAM5}[Resource::${resource}]`);
  }
}

const isWild = (value: unknown): value is string => typeof value === 'string' && /[*?]/.test(value);

const UNNAMED =
  'Calls that AWS cannot narrow, or on things whose ids AWS makes up; a boundary keeps the rest out';
const NAMED = 'What the estate names begins so; AWS or the claims add the rest of the name';

/** Accepts the wildcards of the permissions boundary. */
export function acceptBoundary(policy: CfnResource): void {
  const ids = [
    ...CALLED.filter(isWild).map((action) => `${IAM5}[Action::${action}]`),
    `${IAM5}[Resource::*]`,
  ];
  accept(policy, 'A boundary allows nothing by itself: it only cuts what a role allows', ...ids);
}
