/** The plan of a bucket as managed resources of provider-aws, and what those say about AWS. */
import {
  Bucket,
  BucketLifecycleConfiguration,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from '../../../imports/s3';
import type { Manifest, Observed } from '../../kind';
import { atProvider, managed } from '../../managed';
import { accessPoint, replication } from './_replication';
import type { BucketPlan } from './plan';
import type { BucketSeen } from './seen';

/** Reads the observed managed resources. */
export function seenIn(observed: Observed): BucketSeen {
  const alias = atProvider(observed['access-point'])['alias'];
  return {
    found: atProvider(observed['bucket'])['arn'] !== undefined,
    ...(typeof alias === 'string' && { alias }),
  };
}

/**
 * The managed resources of the plan. Everything in S3's configuration depends on us-east-1, so it all stands
 * beforehand and nothing of it changes in a flip.
 */
export function manifestsOf(plan: BucketPlan, { found }: BucketSeen): Record<string, Manifest> {
  if (plan.adopted && !found) return { bucket: bucket(plan, 'observe') };
  return {
    bucket: bucket(plan, 'keep'),
    'public-access-block': publicAccessBlock(plan),
    ownership: ownership(plan),
    encryption: encryption(plan),
    versioning: versioning(plan),
    policy: policy(plan),
    lifecycle: lifecycle(plan),
    ...replication(plan),
    ...accessPoint(plan),
  };
}

function bucket({ own, tags }: BucketPlan, policySet: 'keep' | 'observe'): Manifest {
  const manifest = Bucket.manifest({
    metadata: {},
    spec: { forProvider: { region: own.region, forceDestroy: false, tags: { ...tags } } },
  });
  return managed(manifest, { policy: policySet, externalName: own.name });
}

/** A setting of the bucket: its name in AWS is the bucket's, so a rebuilt cluster finds what is set. */
const setting = (plan: BucketPlan, manifest: unknown) =>
  managed(manifest, { policy: 'keep', externalName: plan.own.name });

const place = ({ own }: BucketPlan) => ({ region: own.region, bucket: own.name });

const publicAccessBlock = (plan: BucketPlan) =>
  setting(
    plan,
    BucketPublicAccessBlock.manifest({
      metadata: {},
      spec: {
        forProvider: {
          ...place(plan),
          blockPublicAcls: true,
          blockPublicPolicy: true,
          ignorePublicAcls: true,
          restrictPublicBuckets: true,
        },
      },
    }),
  );

const ownership = (plan: BucketPlan) =>
  setting(
    plan,
    BucketOwnershipControls.manifest({
      metadata: {},
      spec: { forProvider: { ...place(plan), rule: { objectOwnership: 'BucketOwnerEnforced' } } },
    }),
  );

const encryption = (plan: BucketPlan) =>
  setting(
    plan,
    BucketServerSideEncryptionConfiguration.manifest({
      metadata: {},
      spec: { forProvider: { ...place(plan), rule: [encryptionRule(plan)] } },
    }),
  );

const encryptionRule = ({ encryption: algorithm, own }: BucketPlan) =>
  algorithm === 'aes256'
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: own.key },
        bucketKeyEnabled: true,
      };

const versioning = (plan: BucketPlan) =>
  setting(
    plan,
    BucketVersioning.manifest({
      metadata: {},
      spec: { forProvider: { ...place(plan), versioningConfiguration: { status: 'Enabled' } } },
    }),
  );

const policy = (plan: BucketPlan) =>
  setting(
    plan,
    BucketPolicy.manifest({
      metadata: {},
      spec: { forProvider: { ...place(plan), policy: JSON.stringify(plan.policy) } },
    }),
  );

const lifecycle = (plan: BucketPlan) =>
  setting(
    plan,
    BucketLifecycleConfiguration.manifest({
      metadata: {},
      spec: { forProvider: { ...place(plan), rule: [...lifecycleRules(plan)] } },
    }),
  );

/** Days until the parts of an upload that was never finished are removed. */
const ABANDONED_UPLOAD_DAYS = 7;

const everything = { status: 'Enabled', filter: [{ prefix: '' }] };

/** AWS does not let one rule expire both objects and their delete markers, so each expiry is a rule of its own. */
const lifecycleRules = ({ versionDays, tiering, expireDays }: BucketPlan) => [
  {
    id: 'old-versions',
    ...everything,
    noncurrentVersionExpiration: [{ noncurrentDays: versionDays }],
    expiration: [{ expiredObjectDeleteMarker: true }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABANDONED_UPLOAD_DAYS }],
  },
  // After a day: what is deleted within hours is not worth the transition.
  ...(tiering
    ? [{ id: 'tiering', ...everything, transition: [{ days: 1, storageClass: 'INTELLIGENT_TIERING' }] }]
    : []),
  ...(expireDays ? [{ id: 'expiry', ...everything, expiration: [{ days: expireDays }] }] : []),
];
