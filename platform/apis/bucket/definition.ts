/** The kind `Bucket` as the registry lists it. */
import { createHash } from 'node:crypto';
import type { Bucket } from '../../../spec/claims/bucket';
import type { Placement } from '../../../spec/placement';
import type { Kind, Manifest } from '../../kind';
import { EXTERNAL_NAME } from '../../managed';
import { text } from '../../status';
import { composeBucket } from './compose';

/** One bucket in each region, each a copy of the other. */
export const bucketKind: Kind<Bucket> = {
  kind: 'Bucket',
  plural: 'buckets',
  columns: [
    { name: 'Bucket', type: 'string', jsonPath: '.status.bucket' },
    { name: 'Replication', type: 'string', jsonPath: '.status.replication' },
    { name: 'Content', type: 'string', jsonPath: '.status.content' },
    { name: 'Reason', type: 'string', jsonPath: '.status.reason' },
  ],
  status: {
    bucket: text('Name of the bucket in this region'),
    bucketArn: text('ARN of the bucket in this region'),
    region: text('This region'),
    otherBucket: text('Name of the bucket in the other region; empty where there is none'),
    content: text('What the bucket holds: private or static'),
    replication: text('Which way objects are copied: both, to-peer or none'),
    copiesTo: text('Bucket that objects written here are copied to; empty: none'),
    accessPoint: text('Alias of the Multi-Region Access Point; empty: none'),
  },
  compose: composeBucket,
  activates: [
    'buckets.s3.aws.m.upbound.io',
    'bucketlifecycleconfigurations.s3.aws.m.upbound.io',
    'bucketownershipcontrols.s3.aws.m.upbound.io',
    'bucketpolicies.s3.aws.m.upbound.io',
    'bucketpublicaccessblocks.s3.aws.m.upbound.io',
    'bucketreplicationconfigurations.s3.aws.m.upbound.io',
    'bucketserversideencryptionconfigurations.s3.aws.m.upbound.io',
    'bucketversionings.s3.aws.m.upbound.io',
    'multiregionaccesspoints.s3control.aws.m.upbound.io',
    'rolepolicies.iam.aws.m.upbound.io',
    'roles.iam.aws.m.upbound.io',
  ],
  example,
};

function example(key: string, manifest: Manifest, { account }: Placement): Record<string, unknown> {
  const name = manifest.metadata.annotations?.[EXTERNAL_NAME] ?? '';
  if (key === 'bucket') return { arn: `arn:aws:s3:::${name}`, id: name };
  if (key === 'role') return { arn: `arn:aws:iam::${account}:role/${name}`, id: name };
  if (key === 'access-point') return { alias: aliasOf(name), id: name, status: 'READY' };
  return {};
}

/** Thirteen letters and digits before `.mrap`, as AWS makes them. */
const aliasOf = (name: string) => `m${createHash('sha256').update(name).digest('hex').slice(0, 12)}.mrap`;
