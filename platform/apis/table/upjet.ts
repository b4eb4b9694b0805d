/** The plan of a table as managed resources of provider-aws, and what those say about AWS. */
import { MetricAlarm } from '../../../imports/cloudwatch';
import { DAX_PORT, REPLICATION_ALARM_SECONDS } from '../../../model/table-engine';
import type { Manifest, Observed } from '../../kind';
import { atProvider, managed } from '../../managed';
import { dax } from './_dax';
import { scaling } from './_scaling';
import { observedTable, table } from './_table';
import type { ReplicaPlan, TablePlan } from './plan';
import type { TableSeen } from './seen';

/** Reads the observed managed resources. */
export function seenIn(observed: Observed): TableSeen {
  const own = atProvider(observed['table']);
  const address = atProvider(observed['dax'])['clusterAddress'];
  // Once delivered an address stays: an answer that lacks it for a moment must not take it from the application.
  const daxEndpoint =
    typeof address === 'string' && address !== ''
      ? `daxs://${address}:${DAX_PORT}`
      : deliveredEndpoint(observed['connection']);
  return {
    found: own['arn'] !== undefined,
    replicas: replicasOf(own['replica']),
    scalingComposed: observed['table-write-target'] !== undefined,
    roleFound: atProvider(observed['dax-role'])['arn'] !== undefined,
    daxComposed: observed['dax'] !== undefined,
    ...(daxEndpoint && { daxEndpoint }),
  };
}

function deliveredEndpoint(connection: Manifest | undefined): string | undefined {
  const { DAX_ENDPOINT } = (connection?.['data'] ?? {}) as { DAX_ENDPOINT?: string };
  return DAX_ENDPOINT && Buffer.from(DAX_ENDPOINT, 'base64').toString('utf8');
}

const replicasOf = (replica: unknown) =>
  Array.isArray(replica)
    ? replica.flatMap(({ regionName }: { regionName?: unknown }) =>
        typeof regionName === 'string' ? [regionName] : [],
      )
    : [];

/** The managed resources of the plan. What waits for the table is never withdrawn once composed. */
export function manifestsOf(plan: TablePlan, seen: TableSeen): Record<string, Manifest> {
  if (plan.problems.length > 0) return {};
  if (plan.adopted && plan.manages && !seen.found) return { table: table(plan, 'observe') };
  return {
    table: plan.manages ? table(plan, 'keep') : observedTable(plan),
    ...((seen.found || seen.scalingComposed) && scaling(plan)),
    ...(plan.lagAlarm && plan.replica && { 'lag-alarm': lagAlarm(plan, plan.lagAlarm, plan.replica) }),
    ...dax(plan, seen),
  };
}

/** A metric without data means that nothing was written. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_monitoring.html (2026-11) */
function lagAlarm({ place, name, tags }: TablePlan, alarm: string, replica: ReplicaPlan): Manifest {
  const manifest = MetricAlarm.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: place.region,
        alarmDescription: `Writes to ${name} reach ${replica.region} late`,
        namespace: 'AWS/DynamoDB',
        metricName: 'ReplicationLatency',
        dimensions: { TableName: name, ReceivingRegion: replica.region },
        statistic: 'Average',
        period: 60,
        evaluationPeriods: 3,
        comparisonOperator: 'GreaterThanThreshold',
        threshold: REPLICATION_ALARM_SECONDS * 1000,
        treatMissingData: 'notBreaching',
        tags: { ...tags },
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: alarm });
}
