/** `Bucket`: one S3 bucket in each region, each a copy of the other. */
import * as z from 'zod';
import { count } from '../scalars';
import { type Claim, cel, claimSchema } from './claim';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (2026-11) */
const bucketName = (description: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/, {
      error: 'expected the name of a bucket: lower-case letters, digits, dots and hyphens',
    })
    .min(3, { error: 'shorter than 3 characters, expected 3 to 63' })
    .max(63, { error: 'longer than 63 characters, expected 3 to 63' })
    .meta({ description });

const versions = z
  .strictObject({
    expireDays: count(1, 36500, 'Days that a replaced or deleted object can still be restored').default(90),
  })
  .prefault({});

const lifecycle = z
  .strictObject({
    intelligentTiering: z
      .boolean()
      .default(true)
      .meta({ description: 'S3 moves objects that nobody reads to cheaper storage' }),
    expireDays: count(1, 36500, 'Days until an object is deleted; left out: never').optional(),
  })
  .prefault({});

const adopt = z
  .strictObject({
    home: bucketName('Existing bucket in the home region'),
    peer: bucketName('Existing bucket in the peer region; left out: it is made').optional(),
  })
  .meta({ description: 'Existing buckets to take over, by name; found first, never replaced' });

const rules = cel(
  {
    rule: "self.encryption != 'aes256' || self.content == 'static'",
    message: 'encryption aes256 is for content static only: use kms',
  },
  {
    rule: "self.replication == oldSelf.replication || oldSelf.replication == 'none' || self.replication == 'both'",
    message: 'replication can be widened, not narrowed: a rule in AWS outlives its claim',
  },
  {
    rule: 'self.accessPoint || !oldSelf.accessPoint',
    message: 'accessPoint cannot be switched off: its clients would lose their address',
  },
  {
    rule: '!has(self.adopt) || !has(self.adopt.peer) || self.adopt.peer != self.adopt.home',
    message: 'adopt.peer equals adopt.home, expected another bucket',
  },
  {
    rule: 'has(self.adopt) == has(oldSelf.adopt) && (!has(self.adopt) || self.adopt == oldSelf.adopt)',
    message: 'adopt cannot change',
  },
);

const spec = z
  .strictObject({
    content: z.enum(['private', 'static']).default('private').meta({
      description: 'static: files that the CDN serves to everybody; never readable without the CDN',
    }),
    replication: z.enum(['both', 'to-peer', 'none']).default('both').meta({
      description:
        'Which way objects are copied, 99.9% within 15 minutes; set up beforehand and untouched by a flip',
    }),
    versions,
    lifecycle,
    encryption: z.enum(['kms', 'aes256']).default('kms').meta({
      description: "kms: the region's own key; aes256: a key of S3, for static files only",
    }),
    accessPoint: z.boolean().default(false).meta({
      description: 'One name for both buckets that reaches the nearer one (Multi-Region Access Point)',
    }),
    adopt: adopt.optional(),
  })
  .refine((bucket) => bucket.encryption !== 'aes256' || bucket.content === 'static', {
    path: ['encryption'],
    error: 'content is private, expected kms; aes256 is for content static only',
  })
  .refine(({ adopt: names }) => !names || names.home !== names.peer, {
    path: ['adopt', 'peer'],
    error: 'equals adopt.home, expected another bucket',
  })
  .meta(rules);

/** Shape of a `Bucket` claim. */
export const bucketSchema = claimSchema('Bucket', spec);
/** Spec of a `Bucket`, defaults filled in. */
export type BucketSpec = z.output<typeof spec>;
/** A `Bucket` claim. */
export type Bucket = Claim<BucketSpec>;
