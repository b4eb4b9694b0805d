/** The bucket of each region that keeps network and access logs. */
import type { Cluster } from './clusters';
import { nameFor } from './names';

/** Its name; bucket names are shared by all accounts, so it ends in the account. */
export const logBucketName = ({ environment, region, account, placement }: Cluster): string =>
  nameFor('s3', [environment, region, placement.estate, 'logs', account]);

/** Where in the bucket each kind of log lies. */
export const LOG_PREFIXES = { flow: 'flow', entry: 'entry' } as const;

/** Days that flow logs and access logs are kept: PCI DSS 4.0, requirement 10.5.1, asks for twelve months. */
export const LOG_DAYS = 366;

/** Days that rejected traffic can be searched in CloudWatch Logs. */
export const FLOW_LOG_DAYS = 30;
