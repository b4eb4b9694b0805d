/** Who may take a role: a service, and only when it acts for this account. */
import type { Stack } from 'aws-cdk-lib';
import { documentOf } from '../_policies';

/** Keeps the service from being talked into it by another account. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html (2026-11) */
export const trustsOwn = (stack: Stack, service: string) =>
  documentOf({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
