/** No limit on replication lag stops commits when the only secondary is lost. */
import type { Check } from '../check';
import { type Located, composedOf, listAt, numberAt, prodOf, spot, textAt, wanted } from './_read';

/** Smallest value that Aurora takes, in seconds, and the largest that still means a minute of loss. */
const RANGE = { min: 20, max: 60 } as const;

/** `rds.global_db_rpo` blocks commits once all secondaries lag behind it, and this estate has one secondary. */
export const globalDbRpo: Check = {
  id: 'global-db-rpo',
  title: 'No lag limit stops the writer when the only secondary is lost',
  severity: 'error',
  reference:
    'X-25; https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html (2026-08)',
  run: (estate, report) =>
    composedOf(prodOf(estate), 'rds/ClusterParameterGroup').flatMap((group) => {
      const value = limitOf(group);
      if (value === undefined) return [];
      return [
        report({
          message: `rds.global_db_rpo is ${value} in ${group.cluster.region}: ${problem(group, value)}`,
          path: spot(group, 'spec.forProvider.parameter'),
          remedy:
            'Leave it out, and watch the lag by alarm; or accept in waivers.yaml that losing the secondary stops writes',
        }),
      ];
    }),
};

function limitOf(group: Located): number | undefined {
  const found = listAt(wanted(group), 'parameter').find((one) => textAt(one, 'name') === 'rds.global_db_rpo');
  return found === undefined ? undefined : Number(textAt(found, 'value')) || numberAt(found, 'value');
}

function problem({ cluster }: Located, value: number): string {
  if (cluster.position === 'peer')
    return 'after a takeover the old region is away, and commits stop, expected the default there';
  if (value < RANGE.min || value > RANGE.max) return `out of range, expected ${RANGE.min} to ${RANGE.max}`;
  return 'with one secondary, losing it stops every commit of the writer';
}
