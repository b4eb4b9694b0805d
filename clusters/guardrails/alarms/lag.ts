/** How far what is copied here is behind the other region: one alarm for each replicated claim, held against the RPO. */
import type { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { bucketNameOf } from '../../../model/bucket-name';
import { claimsIn } from '../../../model/claims';
import type { Cluster } from '../../../model/clusters';
import type { EstateModel } from '../../../model/estate';
import { farClusters } from '../../../model/far';
import { identityOf, regionalNameOf } from '../../../model/names';
import type { AnyClaim, Bucket, PostgresDatabase } from '../../../spec/claims';
import { alarmOf, type Metric, type Query } from './alarm';

/** What an alarm watches. */
interface Lag {
  readonly kind: string;
  readonly metric: Metric | Query;
  /** Threshold in the unit of the metric. */
  readonly above: number;
}

/** Where and for whom. */
export interface LagProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly topic: string;
}

/** Makes the alarms; none where nothing is copied to. */
export function lagAlarms(stack: Stack, props: LagProps): void {
  const { model, cluster, topic } = props;
  const [far] = farClusters(model, cluster);
  const { rpo } = model.estate.objectives;
  if (!far || rpo === undefined) return;
  for (const claim of claimsIn(model, cluster)) {
    const lag = lagOf(claim, cluster, far, rpo);
    if (!lag) continue;
    const { namespace, name } = claim.metadata;
    alarmOf(stack, `lag-${namespace}-${name}`, {
      name: `${cluster.name}-lag-${namespace}-${name}`,
      description: `${lag.kind} ${namespace}/${name}: ${cluster.region} is behind by more than is allowed; a failover now would lose it`,
      topic,
      metric: lag.metric,
      above: lag.above,
      minutes: 3,
    });
  }
}

/** A table's own claim makes its alarm, in the region that writes leave from, and nobody tells it a topic: this does. */
export const tellTableLag = (stack: Stack, { cluster, topic }: Omit<LagProps, 'model'>): CfnRule =>
  new CfnRule(stack, 'tell-table-lag', {
    name: `${cluster.name}-table-lag`,
    description: 'Alarms of replicated tables',
    eventPattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ suffix: TABLE_ALARM }], state: { value: ['ALARM', 'OK'] } },
    },
    targets: [{ id: 'topic', arn: topic }],
  });

/** What the names of those alarms end in; `platform/apis/table` gives them. */
const TABLE_ALARM = '.replication-lag';

function lagOf(claim: AnyClaim, cluster: Cluster, far: Cluster, rpo: number): Lag | undefined {
  if (claim.kind === 'PostgresDatabase') return databaseLag(claim, cluster, rpo);
  if (claim.kind === 'Cache' && claim.spec.scope === 'global') return cacheLag(rpo);
  if (claim.kind === 'Bucket') return bucketLag(claim, cluster, far);
  return undefined;
}

/** Milliseconds; the follower has it. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html (2026-11) */
function databaseLag(claim: PostgresDatabase, { placement, region }: Cluster, rpo: number): Lag {
  const adopted = placement.environment === 'prod' ? claim.spec.adopt?.[placement.position] : undefined;
  const name = adopted ?? regionalNameOf('rds', identityOf(claim, placement), region);
  const query = `SELECT MAX(AuroraGlobalDBReplicationLag) FROM "AWS/RDS" WHERE DBClusterIdentifier = '${name}'`;
  return { kind: 'PostgresDatabase', metric: { query }, above: rpo * 1000 };
}

/** Seconds; one alarm for all global caches of the region says enough. https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html (2026-11) */
const cacheLag = (rpo: number): Lag => ({
  kind: 'Cache',
  metric: { query: 'SELECT MAX(GlobalDatastoreReplicationLag) FROM "AWS/ElastiCache"' },
  above: rpo,
});

/** Replication Time Control promises 15 minutes and no less: the RPO of a bucket. */
const BUCKET_SECONDS = 15 * 60;

/** Seconds; told in the region that is copied to. https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html (2026-11) */
function bucketLag(claim: Bucket, cluster: Cluster, far: Cluster): Lag | undefined {
  const { replication } = claim.spec;
  const arrives = replication === 'both' || (replication === 'to-peer' && cluster.position === 'peer');
  if (!arrives) return undefined;
  const dimensions = {
    SourceBucket: bucketIn(claim, far),
    DestinationBucket: bucketIn(claim, cluster),
    RuleId: `to-${cluster.region}`,
  };
  return {
    kind: 'Bucket',
    metric: { namespace: 'AWS/S3', metricName: 'ReplicationLatency', dimensions, statistic: 'Maximum' },
    above: BUCKET_SECONDS,
  };
}

const bucketIn = (claim: Bucket, { placement, region, account }: Cluster) =>
  (placement.environment === 'prod' ? claim.spec.adopt?.[placement.position] : undefined) ??
  bucketNameOf(identityOf(claim, placement), region, account);
