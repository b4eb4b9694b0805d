/** Alarms that tell people. None of them does anything else, and data that is missing raises none: nothing flips by silence. */
import type { Stack } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm on one metric or on a query over metrics. */
export interface AlarmProps {
  readonly name: string;
  /** What is wrong, and what follows from it. */
  readonly description: string;
  /** ARN of the topic of the alarm's region. */
  readonly topic: string;
  readonly metric: Metric | Query;
  readonly above?: number;
  readonly below?: number;
  /** Minutes that it must last. */
  readonly minutes: number;
}

/** A metric by name and dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Maximum' | 'Average' | 'Sum' | 'Minimum';
}

/** Metrics Insights, where AWS does not document the dimensions or makes ids up. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html (2026-11) */
export interface Query {
  readonly query: string;
}

const PERIOD_SECONDS = 60;

/** Makes the alarm. */
export function alarmOf(stack: Stack, id: string, props: AlarmProps): CfnAlarm {
  const { above, below = 0, minutes, topic } = props;
  return new CfnAlarm(stack, `alarm-${id}`, {
    alarmName: props.name,
    alarmDescription: props.description,
    ...measured(props.metric),
    comparisonOperator: above === undefined ? 'LessThanThreshold' : 'GreaterThanThreshold',
    threshold: above ?? below,
    evaluationPeriods: minutes,
    datapointsToAlarm: minutes,
    treatMissingData: 'missing',
    alarmActions: [topic],
    okActions: [topic],
  });
}

function measured(metric: Metric | Query): Partial<ConstructorParameters<typeof CfnAlarm>[2]> {
  if ('query' in metric) {
    return { metrics: [{ id: 'q', expression: metric.query, period: PERIOD_SECONDS, returnData: true }] };
  }
  const { namespace, metricName, dimensions, statistic } = metric;
  return {
    namespace,
    metricName,
    statistic,
    period: PERIOD_SECONDS,
    dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
  };
}
