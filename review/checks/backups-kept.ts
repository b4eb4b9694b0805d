/** Stores keep backups for as long as their claims promise. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import {
  type Located,
  at,
  composedOf,
  isManaged,
  listAt,
  matched,
  numberAt,
  prodOf,
  spot,
  wanted,
} from './_read';

/** Replication copies a mistake at once; a backup is what brings the data back. */
export const backupsKept: Check = {
  id: 'backups-kept',
  title: 'Every store can be restored to a point in time, for as long as its claim says',
  severity: 'error',
  reference: 'C-12, S0-36, S1-31, X-41',
  run: (estate, report) =>
    [...databases(estate), ...tables(estate), ...buckets(estate), ...sessions(estate)].map(
      ({ item, field, message }) =>
        report({
          message,
          path: spot(item, `spec.forProvider.${field}`),
          remedy: 'Keep what the claim promises under spec.backup, spec.snapshot or spec.versions',
        }),
    ),
};

interface Fault {
  readonly item: Located;
  readonly field: string;
  readonly message: string;
}

const databases = (estate: RenderedEstate): Fault[] =>
  composedOf(prodOf(estate), 'rds/Cluster').flatMap((item) => {
    const promised = promisedDays(estate, item, 'backup');
    const kept = numberAt(wanted(item), 'backupRetentionPeriod');
    if (kept >= promised) return [];
    return [
      { item, field: 'backupRetentionPeriod', message: `Keeps backups ${kept} days, expected ${promised}` },
    ];
  });

const tables = (estate: RenderedEstate): Fault[] =>
  composedOf(prodOf(estate), 'dynamodb/Table')
    .filter(isManaged)
    .flatMap((item) => {
      const kept = numberAt(wanted(item), 'pointInTimeRecovery.recoveryPeriodInDays');
      const promised = promisedDays(estate, item, 'backup');
      const copies = listAt(wanted(item), 'replica').every(
        (copy) => at(copy, 'pointInTimeRecovery') === true,
      );
      const on = at(wanted(item), 'pointInTimeRecovery.enabled') === true;
      if (on && copies && kept >= promised) return [];
      const message = `Can be restored to a point ${on ? `of ${kept} days` : 'never'}, its replica ${copies ? 'as well' : 'not'}, expected ${promised} days in both`;
      return [{ item, field: 'pointInTimeRecovery', message }];
    });

function buckets(estate: RenderedEstate): Fault[] {
  const versioned = composedOf(prodOf(estate), 's3/BucketVersioning').filter(
    (item) => at(wanted(item), 'versioningConfiguration.status') === 'Enabled',
  );
  return matched(composedOf(prodOf(estate), 's3/Bucket'), versioned, ({ file }) => file)
    .filter(({ peer }) => !peer)
    .map(({ home }) => ({
      item: home,
      field: 'versioning',
      message: 'Bucket keeps no versions, so a deleted object is gone',
    }));
}

const sessions = (estate: RenderedEstate): Fault[] =>
  composedOf(prodOf(estate), 'elasticache/ReplicationGroup').flatMap((item) => {
    const promised = promisedDays(estate, item, 'snapshot');
    const kept = numberAt(wanted(item), 'snapshotRetentionLimit');
    if (kept >= promised) return [];
    return [
      {
        item,
        field: 'snapshotRetentionLimit',
        message: `Keeps snapshots ${kept} days, expected ${promised}`,
      },
    ];
  });

/** Days that the claim behind a composed file promises. */
function promisedDays({ input }: RenderedEstate, { file }: Located, key: 'backup' | 'snapshot'): number {
  const [team, name] = (file.split('/').at(-1) ?? '').split('.');
  const claim = input.claims.find(({ metadata }) => metadata.namespace === team && metadata.name === name);
  return numberAt(claim, `spec.${key}.days`);
}
