/** The key of a region: everything that is stored there is encrypted under it. */
import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { CfnAlias, CfnKey, CfnReplicaKey } from 'aws-cdk-lib/aws-kms';
import { parameterOf, publish } from '../_parts';
import { documentOf, type Statement } from '../_policies';
import { ClusterStack, type ClusterStackProps } from '../stack';

/** Longest time that AWS waits before it deletes a key, in days: all data under it is lost then. https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html (2026-11) */
const PENDING_DAYS = 30;

/**
 * One multi-Region key: born in the home region, a replica of it in the peer. Each region uses its own, so reading
 * needs no other region. Nobody chooses the id, so the peer is told the ARN as a parameter.
 */
export class DataStack extends ClusterStack {
  /** ARN of the region's own key. */
  readonly keyArn: string;

  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'data', props);
    const key = props.cluster.position === 'home' ? this.primaryKey() : this.replicaKey();
    key.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.keyArn = key.attrArn;
    new CfnAlias(this, 'alias', { aliasName: `alias/${this.named('data')}`, targetKeyId: key.ref });
    publish(this, { DataKeyArn: key.attrArn });
  }

  private primaryKey(): CfnKey {
    return new CfnKey(this, 'key', {
      description: 'Stores, disks and secrets of the estate',
      enableKeyRotation: true,
      multiRegion: this.props.cluster.placement.peer !== undefined,
      pendingWindowInDays: PENDING_DAYS,
      keyPolicy: keyPolicy(this.account),
    });
  }

  private replicaKey(): CfnReplicaKey {
    const primary = parameterOf(this, 'PrimaryKeyArn', 'DataKeyArn of the home region');
    return new CfnReplicaKey(this, 'key', {
      description: 'Stores, disks and secrets of the estate',
      primaryKeyArn: primary,
      pendingWindowInDays: PENDING_DAYS,
      keyPolicy: keyPolicy(this.account),
    });
  }
}

/**
 * IAM of the account decides, plus the CDN: it reads encrypted files in its own name, for distributions of this account
 * alone. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html (2026-11)
 */
const keyPolicy = (account: string) =>
  documentOf(
    {
      Sid: 'IamDecides',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    cdnDecrypts(account),
  );

const cdnDecrypts = (account: string): Statement => ({
  Sid: 'OwnCdnDecrypts',
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition: {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` },
  },
});
