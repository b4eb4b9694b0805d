/** Replication lag as CloudWatch has it. Only told, never needed: without it a planned flip refuses. */
import { type CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** Names and values that tell one metric from others of its name. */
export type Dimensions = Readonly<Record<string, string>>;

/** A metric of the follower. */
export interface LagMetric {
  readonly namespace: string;
  readonly name: string;
  /**
   * Dimensions under which AWS may publish it, the most exact first. AWS documents the metric and not its dimensions,
   * and CloudWatch answers nothing unless all of them are named: so each set is asked for, in one call.
   */
  readonly dimensions: readonly Dimensions[];
  /** What one unit of the metric is, in seconds. */
  readonly unitSeconds: number;
}

const WINDOW_MS = 5 * 60_000;
/** CloudWatch keeps one point a minute for these metrics. */
const PERIOD_SECONDS = 60;
/** An answer is kept for this long: asking more often than the metric changes costs money and tells nothing. */
const KEEP_MS = 20_000;

/** A look at a store must not wait for a figure that is only told. */
const ANSWER_MS = 1_500;

/** Asks for a lag; undefined when CloudWatch does not know or does not answer. */
export type Lags = (cloudwatch: CloudWatchClient, metric: LagMetric) => Promise<number | undefined>;

/** Lags, each asked for again after twenty seconds at the earliest. */
export function lagsOf(now: () => number): Lags {
  const known = new Map<string, { readonly at: number; readonly lag: number | undefined }>();
  return async (cloudwatch, metric) => {
    const key = JSON.stringify(metric);
    const last = known.get(key);
    if (last && now() - last.at < KEEP_MS) return last.lag;
    const answer = await ask(cloudwatch, metric, now()).catch(() => undefined);
    if (answer) known.set(key, { at: now(), ...answer });
    return answer?.lag;
  };
}

/** The last point of the first set of dimensions that has one, in seconds to the millisecond. */
async function ask(cloudwatch: CloudWatchClient, metric: LagMetric, now: number) {
  const { MetricDataResults = [] } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(now - WINDOW_MS),
      EndTime: new Date(now),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: metric.dimensions.map((dimensions, i) => queryOf(metric, dimensions, `m${i}`)),
    }),
    { abortSignal: AbortSignal.timeout(ANSWER_MS) },
  );
  const found = MetricDataResults.toSorted((a, b) => ((a.Id ?? '') < (b.Id ?? '') ? -1 : 1)).find(
    ({ Values = [] }) => Values.length > 0,
  );
  const last = found?.Values?.[0];
  return { lag: last === undefined ? undefined : Math.round(last * metric.unitSeconds * 1000) / 1000 };
}

const queryOf = ({ namespace, name }: LagMetric, dimensions: Dimensions, id: string) => ({
  Id: id,
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    },
    Period: PERIOD_SECONDS,
    Stat: 'Maximum',
  },
});
