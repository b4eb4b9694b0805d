/** A private bucket of the stacks: encrypted, versioned, TLS only, kept when its stack goes. */
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { accept } from './_parts';
import { documentOf, type Statement, tlsOnly } from './_policies';

/** What a private bucket is. */
export interface PrivateBucketProps {
  readonly name: string;
  /** ARN of the key that it is encrypted under. @default S3's own key */
  readonly key?: string;
  /** Days after which what is in it goes. */
  readonly days: number;
  /** Days after which it moves to a cheaper class. @default never */
  readonly archiveDays?: number;
  /** Why its accesses are not logged into another bucket. */
  readonly unlogged: string;
  /** Who may write, besides the account itself. @default nobody */
  readonly statements?: (bucket: CfnBucket) => readonly Statement[];
}

/** A bucket and its policy. */
export interface PrivateBucket {
  readonly bucket: CfnBucket;
  readonly policy: CfnBucketPolicy;
}

/** Makes the bucket and its policy, which has to stand before a service is told to write. */
export function privateBucket(stack: Stack, id: string, props: PrivateBucketProps): PrivateBucket {
  const bucket = new CfnBucket(stack, id, {
    bucketName: props.name,
    bucketEncryption: { serverSideEncryptionConfiguration: [encryptionOf(props)] },
    publicAccessBlockConfiguration: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    versioningConfiguration: { status: 'Enabled' },
    lifecycleConfiguration: { rules: [lifecycleOf(props)] },
  });
  bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
  accept(bucket, props.unlogged, 'AwsSolutions-S1');
  const policy = new CfnBucketPolicy(stack, `${id}-policy`, {
    bucket: bucket.ref,
    policyDocument: documentOf(
      tlsOnly([bucket.attrArn, `${bucket.attrArn}/*`]),
      ...(props.statements?.(bucket) ?? []),
    ),
  });
  return { bucket, policy };
}

const encryptionOf = ({ key }: PrivateBucketProps): CfnBucket.ServerSideEncryptionRuleProperty =>
  key
    ? {
        serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key },
        bucketKeyEnabled: true,
      }
    : { serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } };

const lifecycleOf = ({ days, archiveDays }: PrivateBucketProps): CfnBucket.RuleProperty => ({
  id: 'expire',
  status: 'Enabled',
  ...(archiveDays && { transitions: [{ storageClass: 'GLACIER_IR', transitionInDays: archiveDays }] }),
  expirationInDays: days,
  noncurrentVersionExpiration: { noncurrentDays: 30 },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
});
