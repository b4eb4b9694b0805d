/** The three policy documents of a bucket: who may use it, who may replicate it, and who may take that role. */

/** A statement of an IAM policy, in AWS's own spelling. */
interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** An IAM policy document. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** A bucket in one region. */
export interface Side {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  /** ARN of the region's own KMS key. */
  readonly key: string;
}

/** What the policy of a bucket depends on. */
export interface BucketPolicyProps {
  readonly side: Side;
  readonly account: string;
  readonly encryption: 'kms' | 'aes256';
  readonly content: 'private' | 'static';
}

const documentOf = (Statement: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement,
});

const objectsOf = (side: Side) => `${side.arn}/*`;

/** Refuses plain HTTP, old TLS and foreign encryption; admits the account's CDN to static files. */
export function bucketPolicy({ side, account, encryption, content }: BucketPolicyProps): PolicyDocument {
  return documentOf([
    ...transport(side),
    ...(encryption === 'kms' ? onlyOwnKey(side) : [onlyAlgorithm(side, 'AES256')]),
    ...(content === 'static' ? [cdnReads(side, account)] : []),
  ]);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html (2026-11) */
const transport = (side: Side): Statement[] => [
  {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [side.arn, objectsOf(side)],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'Tls12OrLater',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [side.arn, objectsOf(side)],
    Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
  },
];

const onlyOwnKey = (side: Side): Statement[] => [
  onlyAlgorithm(side, 'aws:kms'),
  refuseHeader(side, 'OwnKeyOnly', 's3:x-amz-server-side-encryption-aws-kms-key-id', side.key),
];

const onlyAlgorithm = (side: Side, algorithm: string) =>
  refuseHeader(side, 'OwnEncryptionOnly', 's3:x-amz-server-side-encryption', algorithm);

/** An upload without the header gets the bucket's default, so only a header that says otherwise is refused. */
const refuseHeader = (side: Side, Sid: string, header: string, allowed: string): Statement => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: objectsOf(side),
  Condition: { Null: { [header]: 'false' }, StringNotEquals: { [header]: allowed } },
});

/**
 * The CDN reads through its origin access control. Its distribution belongs to the Site claim and has an id that AWS
 * makes up, so the bucket admits the distributions of this account, and of no other.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html (2026-11)
 */
const cdnReads = (side: Side, account: string): Statement => ({
  Sid: 'OwnCdnReads',
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: objectsOf(side),
  Condition: {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` },
  },
});

/** S3 itself takes the replication role. */
export const replicationTrust = documentOf([
  {
    Sid: 'S3Replicates',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sts:AssumeRole',
  },
]);

/** Which buckets are read and which are written; both are, when objects are copied both ways. */
export interface ReplicationPolicyProps {
  readonly sources: readonly Side[];
  readonly destinations: readonly Side[];
  readonly encryption: 'kms' | 'aes256';
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html (2026-11) */
export function replicationPolicy(props: ReplicationPolicyProps): PolicyDocument {
  const { sources, destinations, encryption } = props;
  return documentOf([
    {
      Sid: 'ReadRules',
      Effect: 'Allow',
      Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
      Resource: sources.map(({ arn }) => arn),
    },
    {
      Sid: 'ReadVersions',
      Effect: 'Allow',
      Action: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
      Resource: sources.map(objectsOf),
    },
    {
      Sid: 'WriteReplicas',
      Effect: 'Allow',
      Action: ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'],
      Resource: destinations.map(objectsOf),
    },
    ...(encryption === 'kms' ? [...sources.map(decrypt), ...destinations.map(encrypt)] : []),
  ]);
}

const decrypt = (side: Side, index: number) => useKey(side, `Decrypt${index}`, ['kms:Decrypt']);
const encrypt = (side: Side, index: number) =>
  useKey(side, `Encrypt${index}`, ['kms:Encrypt', 'kms:GenerateDataKey']);

/**
 * The region's key, through S3 of that region and for this bucket alone. With a bucket key the encryption context is
 * the bucket's ARN, without one the object's.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html (2026-11)
 */
const useKey = (side: Side, Sid: string, Action: readonly string[]): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource: side.key,
  Condition: {
    StringEquals: { 'kms:ViaService': `s3.${side.region}.amazonaws.com` },
    StringLike: { 'kms:EncryptionContext:aws:s3:arn': [side.arn, objectsOf(side)] },
  },
});
