/** The key of what watches over a region: alerts and audit logs. Not the key of the stores, so that neither opens the other. */
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { documentOf, type Statement } from '../_policies';

/** https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html (2026-11) */
const PENDING_DAYS = 30;

/** Services of AWS that write under it in the name of this account alone. */
const WRITERS = [
  'backup.amazonaws.com',
  'budgets.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'config.amazonaws.com',
  'costalerts.amazonaws.com',
  'events.amazonaws.com',
] as const;

/** Makes the key and its alias. */
export function watchKey(stack: Stack, name: string): CfnKey {
  const key = new CfnKey(stack, 'key', {
    description: `Alerts and audit logs of ${name}`,
    enableKeyRotation: true,
    pendingWindowInDays: PENDING_DAYS,
    keyPolicy: documentOf(iamDecides(stack.account), servicesWrite(stack.account)),
  });
  key.applyRemovalPolicy(RemovalPolicy.RETAIN);
  new CfnAlias(stack, 'alias', { aliasName: `alias/${name}`, targetKeyId: key.ref });
  return key;
}

/** IAM of the account decides who uses a key. */
export const iamDecides = (account: string): Statement => ({
  Sid: 'IamDecides',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
});

const servicesWrite = (account: string): Statement => ({
  Sid: 'ServicesWrite',
  Effect: 'Allow',
  Principal: { Service: WRITERS },
  Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'],
  Resource: '*',
  Condition: { StringEquals: { 'aws:SourceAccount': account } },
});
