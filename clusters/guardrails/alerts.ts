/** The topic of a region that alarms, findings and cost alerts go to. Each region has its own: one may be gone. */
import type { Stack } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { documentOf, type Statement } from '../_policies';

/** What the topic is. */
export interface AlertsProps {
  readonly name: string;
  readonly key: CfnKey;
  /** Owner who is told. @default nobody until somebody subscribes */
  readonly email?: string;
}

/** Makes the topic, its policy and the owner's subscription. */
export function alertsOf(stack: Stack, { name, key, email }: AlertsProps): CfnTopic {
  const topic = new CfnTopic(stack, 'alerts', { topicName: name, kmsMasterKeyId: key.attrKeyId });
  new CfnTopicPolicy(stack, 'alerts-policy', {
    topics: [topic.ref],
    policyDocument: documentOf(servicesPublish(topic.ref, stack.account), noPlainHttp(topic.ref)),
  });
  if (email) {
    new CfnSubscription(stack, 'alerts-owner', { topicArn: topic.ref, protocol: 'email', endpoint: email });
  }
  return topic;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html (2026-11) */
const servicesPublish = (topic: string, account: string): Statement => ({
  Sid: 'ServicesPublish',
  Effect: 'Allow',
  Principal: {
    Service: [
      'backup.amazonaws.com',
      'budgets.amazonaws.com',
      'cloudwatch.amazonaws.com',
      'costalerts.amazonaws.com',
      'events.amazonaws.com',
    ],
  },
  Action: 'sns:Publish',
  Resource: topic,
  Condition: { StringEquals: { 'aws:SourceAccount': account } },
});

const noPlainHttp = (topic: string): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sns:Publish',
  Resource: topic,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
