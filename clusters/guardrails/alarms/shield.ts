/** Shield Advanced, where the estate pays for it: the subscription itself is bought once by hand, for a year. */
import type { Stack } from 'aws-cdk-lib';
import { CfnProtection } from 'aws-cdk-lib/aws-shield';

/** Protects one resource. https://docs.aws.amazon.com/waf/latest/developerguide/ddos-protections-by-resource-type.html (2026-11) */
export const shieldOf = (stack: Stack, name: string, resourceArn: string): CfnProtection =>
  new CfnProtection(stack, 'shield', { name, resourceArn });
