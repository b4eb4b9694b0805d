/**
 * Publishes replication lags as AWS does: one point a minute in the follower's region, under the follower's name.
 * A region that is cut publishes nothing.
 */
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Cuts } from './cuts';
import type { Lag } from './orders';

/** The lags that are published. */
export interface LagPublisher {
  /** Publishes it now and from now on. Throws when the emulator does not take it. */
  readonly set: (lag: Lag) => Promise<void>;
  readonly stop: () => void;
}

/** AWS has a point a minute; twice as often leaves no minute without one. */
const EVERY_MS = 30_000;

/** What AWS calls it, its dimension, and how many of its units are a second. The sources stand in `runtime/aws/`. */
const METRICS = {
  PostgresDatabase: {
    namespace: 'AWS/RDS',
    name: 'AuroraGlobalDBReplicationLag',
    dimension: 'DBClusterIdentifier',
    perSecond: 1000,
    unit: 'Milliseconds',
  },
  Cache: {
    namespace: 'AWS/ElastiCache',
    name: 'GlobalDatastoreReplicationLag',
    dimension: 'ReplicationGroupId',
    perSecond: 1,
    unit: 'Seconds',
  },
} as const;

/** Publishes to the emulator at `endpoint`. */
export function lagPublisherOf(endpoint: string, cuts: Cuts): LagPublisher {
  const lags = new Map<string, Lag>();
  const due = () => [...lags.values()].filter(({ region }) => !cuts.isCut(region));
  const timer = setInterval(() => {
    for (const lag of due()) void publish(endpoint, lag).catch(() => undefined);
  }, EVERY_MS).unref();
  return {
    set: async (lag) => {
      const key = [lag.kind, lag.account, lag.region, lag.member].join('/');
      if (lag.seconds === null) return void lags.delete(key);
      lags.set(key, lag);
      await publish(endpoint, lag);
    },
    stop: () => clearInterval(timer),
  };
}

async function publish(endpoint: string, { kind, region, account, member, seconds }: Lag): Promise<void> {
  const { namespace, name, dimension, perSecond, unit } = METRICS[kind];
  const credentials = { accessKeyId: account, secretAccessKey: 'emulated' };
  const client = new CloudWatchClient({ region, endpoint, credentials });
  const point = {
    MetricName: name,
    Dimensions: [{ Name: dimension, Value: member }],
    Unit: unit,
    Value: (seconds ?? 0) * perSecond,
    Timestamp: new Date(),
  };
  try {
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: [point] }));
  } finally {
    client.destroy();
  }
}
