/** Replication lag as CloudWatch has it. Only told, never needed: without it a planned flip refuses. */
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import type { RegionClients } from './clients';

/** A metric of the follower. */
export interface LagMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: { readonly Name: string; readonly Value: string };
  /** What one unit of the metric is, in seconds. */
  readonly unitSeconds: number;
}

const WINDOW_MS = 5 * 60_000;
/** CloudWatch keeps one point a minute for these metrics. */
const PERIOD_SECONDS = 60;

/** The last point in seconds, or undefined when there is none. */
export async function lagOf(
  { cloudwatch }: RegionClients,
  metric: LagMetric,
  now: number,
): Promise<number | undefined> {
  const { Datapoints = [] } = await cloudwatch.send(
    new GetMetricStatisticsCommand({
      Namespace: metric.namespace,
      MetricName: metric.name,
      Dimensions: [metric.dimension],
      StartTime: new Date(now - WINDOW_MS),
      EndTime: new Date(now),
      Period: PERIOD_SECONDS,
      Statistics: ['Maximum'],
    }),
  );
  const last = Datapoints.toSorted(
    (a, b) => (a.Timestamp?.getTime() ?? 0) - (b.Timestamp?.getTime() ?? 0),
  ).at(-1);
  return last?.Maximum === undefined ? undefined : last.Maximum * metric.unitSeconds;
}
