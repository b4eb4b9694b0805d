/** What the claims' sizes are in AWS. Both regions always get the same. */
import type { Size } from '../spec/claims';

/**
 * Aurora instance classes. A global database needs memory-optimized ones:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html
 */
export const POSTGRES_CLASS: Readonly<Record<Size, string>> = {
  small: 'db.r6g.large',
  medium: 'db.r6g.xlarge',
  large: 'db.r6g.2xlarge',
  xlarge: 'db.r6g.4xlarge',
};

/**
 * ElastiCache node types. A global datastore takes no burstable ones:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html
 */
export const CACHE_NODE: Readonly<Record<Size, string>> = {
  small: 'cache.r7g.large',
  medium: 'cache.r7g.xlarge',
  large: 'cache.r7g.2xlarge',
  xlarge: 'cache.r7g.4xlarge',
};

/** Minor version of Aurora PostgreSQL for each major one; equal in both regions or a switchover is refused. */
export const POSTGRES_VERSION = { '15': '15.12', '16': '16.8', '17': '17.4' } as const;

/** Instance class of Aurora Serverless v2, in place of the ones of {@link POSTGRES_CLASS}. */
export const POSTGRES_SERVERLESS_CLASS = 'db.serverless';
