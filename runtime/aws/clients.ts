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

/** How long AWS may take, in milliseconds. */
export interface Patience {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

const PATIENCE: Patience = { connectionTimeout: 3_000, requestTimeout: 5_000 };

/**
 * How a client calls. Few tries: the promotion retries by itself, against its own deadlines. `AWS_ENDPOINT_URL`
 * points all of them elsewhere.
 *
 * Without `throwOnRequestTimeout` the SDK only prints a warning when the time is over, and waits on.
 */
const configOf = (region: string, patience: Patience) => ({
  region,
  maxAttempts: 2,
  requestHandler: { ...patience, throwOnRequestTimeout: true },
});

/** Clients by region, each made once. */
export function clientsOf(patience: Patience = PATIENCE): (region: string) => RegionClients {
  const made = new Map<string, RegionClients>();
  return (region) => {
    const known = made.get(region);
    if (known) return known;
    const config = configOf(region, patience);
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
