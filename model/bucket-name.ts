/** Names of the S3 buckets that a `Bucket` claim becomes: one in each region. */
import { type ClaimIdentity, nameFor } from './names';

/** Name of a claim's bucket in `region`. Bucket names are shared by all accounts, so it ends in the account. */
export const bucketNameOf = (id: ClaimIdentity, region: string, account: string): string =>
  nameFor('s3', [id.environment, region, id.estate, id.namespace, id.name, account]);

/** Host name that CloudFront reads a bucket under: the regional one, which follows no redirect between regions. */
export const bucketHost = (bucket: string, region: string): string => `${bucket}.s3.${region}.amazonaws.com`;
