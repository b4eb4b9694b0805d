/** Buckets that promise a copy have one with time control and with an event for what is late. */
import type { Check } from '../check';
import { type Located, at, composedOf, listAt, pairsOf, spot, wanted } from './_read';

/** Minutes that AWS offers for replication time control; there is no other value. */
const MINUTES = 15;

/** Without time control S3 names no bound at all. */
export const bucketReplicationTime: Check = {
  id: 'bucket-replication-time',
  title: 'Replicated buckets have time control and report what is late',
  severity: 'error',
  reference:
    'S0-39, S3-22, X-12; https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html (2026-08)',
  run: (estate, report) =>
    pairsOf(estate).flatMap(({ home, peer }) =>
      composedOf([home, peer], 's3/BucketReplicationConfiguration').flatMap((item) =>
        listAt(wanted(item), 'rule').flatMap((rule, index) =>
          gaps(rule).map((gap) =>
            report({
              message: `Replication of ${bucketOf(item)} ${gap}`,
              path: spot(item, `spec.forProvider.rule[${index}]`),
              remedy: `Enable the rule with replicationTime and metrics, both of ${MINUTES} minutes`,
            }),
          ),
        ),
      ),
    ),
};

function gaps(rule: unknown): string[] {
  const asked: readonly (readonly [path: string, value: unknown, gap: string])[] = [
    ['status', 'Enabled', 'is switched off'],
    ['destination.replicationTime.status', 'Enabled', 'has no time control, so its loss has no bound'],
    ['destination.replicationTime.time.minutes', MINUTES, `has another time than ${MINUTES} minutes`],
    ['destination.metrics.status', 'Enabled', 'reports nothing that is late'],
    ['destination.metrics.eventThreshold.minutes', MINUTES, 'has no threshold for what is late'],
    ['deleteMarkerReplication.status', 'Enabled', 'leaves deleted objects in the copy'],
  ];
  return asked.filter(([path, value]) => at(rule, path) !== value).map(([, , gap]) => gap);
}

const bucketOf = (item: Located) => String(wanted(item).bucket);
