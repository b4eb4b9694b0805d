/** The bucket of a region in the organization's log account: others can write into it, and not read. */
import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { auditAlias, auditBucketName, LOG_CLASSES } from '../../model/guardrails';
import type { Estate } from '../../spec/estate';
import { documentOf, type Statement } from '../_policies';
import { privateBucket } from '../_bucket';
import { servicesWrite } from '../guardrails/audit';
import { RECORDER_ROLES } from '../guardrails/config';
import { iamDecides } from '../guardrails/key';
import { ClusterStack } from '../stack';

/** What the stack is made of. */
export interface CentralLogsStackProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly organization: NonNullable<Estate['organization']>;
}

/** One bucket and one key for the audit logs of every account of the estate in this region. */
export class CentralLogsStack extends ClusterStack {
  constructor(scope: App, { model, cluster, organization }: CentralLogsStackProps) {
    super(scope, 'central-logs', { model, cluster: { ...cluster, account: organization.logAccount } });
    const key = this.key(organization.id);
    privateBucket(this, 'audit', {
      name: auditBucketName(model.estate, cluster),
      key: key.attrArn,
      days: LOG_CLASSES.audit,
      archiveDays: 90,
      unlogged: 'The account is there to keep logs: the trail of its own has who reads them',
      statements: (bucket) => [
        ...servicesWrite(bucket, { 'aws:SourceOrgID': organization.id }),
        recordersWrite(bucket, organization.id),
      ],
    });
  }

  private key(organization: string): CfnKey {
    const key = new CfnKey(this, 'key', {
      description: 'Audit logs of all accounts',
      enableKeyRotation: true,
      pendingWindowInDays: 30,
      keyPolicy: documentOf(iamDecides(this.account), ...membersEncrypt(organization)),
    });
    key.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new CfnAlias(this, 'alias', { aliasName: auditAlias(this.props.model.estate), targetKeyId: key.ref });
    return key;
  }
}

/** Config writes in the name of the account that it records. */
const recordersWrite = (bucket: CfnBucket, organization: string): Statement => ({
  Sid: 'RecordersWrite',
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: ['s3:PutObject', 's3:GetBucketAcl'],
  Resource: [bucket.attrArn, `${bucket.attrArn}/AWSLogs/*`],
  Condition: ofRecorders(organization),
});

const ofRecorders = (organization: string) => ({
  StringEquals: { 'aws:PrincipalOrgID': organization },
  ArnLike: { 'aws:PrincipalArn': RECORDER_ROLES },
});

const membersEncrypt = (organization: string): Statement[] => [
  {
    Sid: 'ServicesEncrypt',
    Effect: 'Allow',
    Principal: { Service: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'] },
    Action: ['kms:DescribeKey', 'kms:GenerateDataKey*'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceOrgID': organization } },
  },
  {
    Sid: 'RecordersEncrypt',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 'kms:GenerateDataKey',
    Resource: '*',
    Condition: ofRecorders(organization),
  },
];
