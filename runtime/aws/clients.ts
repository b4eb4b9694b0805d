/** One client of each service and region, always at the region's own endpoint. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { RDSClient } from '@aws-sdk/client-rds';
import { STSClient } from '@aws-sdk/client-sts';

/** The clients of one region. */
export interface RegionClients {
  readonly rds: RDSClient;
  readonly elasticache: ElastiCacheClient;
  readonly cloudwatch: CloudWatchClient;
  readonly sts: STSClient;
}

/**
 * How a client calls. Few tries: the promotion retries by itself, against its own deadlines. `AWS_ENDPOINT_URL`
 * points all of them elsewhere.
 *
 * Without `throwOnRequestTimeout` the SDK only prints a warning when the time is over, and waits on.
 */
const CONFIG = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const;

/** Clients by region, each made once. */
export function clientsOf(): (region: string) => RegionClients {
  const made = new Map<string, RegionClients>();
  return (region) => {
    const known = made.get(region);
    if (known) return known;
    const config = { region, ...CONFIG };
    const clients = {
      rds: new RDSClient(config),
      elasticache: new ElastiCacheClient(config),
      cloudwatch: new CloudWatchClient(config),
      sts: new STSClient(config),
    };
    made.set(region, clients);
    return clients;
  };
}
