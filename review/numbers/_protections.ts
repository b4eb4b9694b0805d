/** What brings a store's data back after a mistake, which replication copies at once: read from what was rendered. */
import { RESTORABLE_AGE, SOURCES, TABLE_RESTORABLE_AGE } from '../../model/recovery-times';
import { windowOf } from '../../spec/claims/window';
import type { Protection } from '../assessment';
import { DAY, type DailyRule, takes } from './_backups';
import { at, listAt, numberAt, only, type Resource, textAt } from './_read';

/** What a claim became in one region, and the daily rules there. */
export interface Half {
  readonly resources: readonly Resource[];
  readonly rules: readonly DailyRule[];
}

/** The backups of a store; none where a region lacks it, as the writers may be there next. */
export const backupsOf = (halves: readonly Half[]): Protection[] =>
  [databaseBackup, tableBackup, objectVersions, cacheSnapshots, dailySnapshots].flatMap(
    (backupOf) => backupOf(halves) ?? [],
  );

/** Those of one kind that a region makes itself; a replica is part of the original. */
const madeOf = (halves: readonly Half[], service: string, kind: string): Resource[] =>
  halves.flatMap(({ resources }) => only(resources, service, kind)).filter(({ made }) => made);

/** The smallest of the numbers at a path; nothing where one of them lacks it. */
function fewest(resources: readonly Resource[], ...path: readonly string[]): number | undefined {
  const found = resources.map(({ wish }) => numberAt(wish, ...path) ?? 0);
  return found.length > 0 && !found.includes(0) ? Math.min(...found) : undefined;
}

function databaseBackup(halves: readonly Half[]): Protection | undefined {
  const days = fewest(madeOf(halves, 'rds', 'Cluster'), 'backupRetentionPeriod');
  return continuous('database', days, RESTORABLE_AGE, SOURCES.auroraRestore);
}

function tableBackup(halves: readonly Half[]): Protection | undefined {
  const tables = madeOf(halves, 'dynamodb', 'Table').filter(
    ({ wish }) => at(wish, 'pointInTimeRecovery', 'enabled') === true,
  );
  const days = fewest(tables, 'pointInTimeRecovery', 'recoveryPeriodInDays');
  return continuous('table', days, TABLE_RESTORABLE_AGE, SOURCES.tableRestore);
}

/** A backup that holds every second of so many days, but for the newest `bound` seconds. */
const continuous = (
  what: string,
  days: number | undefined,
  bound: number,
  source: string,
): Protection | undefined =>
  days === undefined
    ? undefined
    : {
        name: `continuous backup of the ${what}`,
        against: 'mistake',
        bound,
        how: `restored to any second of the last ${days} days, in its own region`,
        source,
      };

function objectVersions(halves: readonly Half[]): Protection | undefined {
  const buckets = madeOf(halves, 's3', 'Bucket');
  const versioned = madeOf(halves, 's3', 'BucketVersioning').filter(
    ({ wish }) => textAt(wish, 'versioningConfiguration', 'status') === 'Enabled',
  );
  if (buckets.length === 0 || versioned.length < buckets.length) return undefined;
  const days = madeOf(halves, 's3', 'BucketLifecycleConfiguration')
    .flatMap(({ wish }) => listAt(wish, 'rule'))
    .flatMap((rule) => numberAt(rule, 'noncurrentVersionExpiration', 0, 'noncurrentDays') ?? []);
  return {
    name: 'versions of the objects',
    against: 'mistake',
    bound: 0,
    how: `what is overwritten or deleted is kept${days.length > 0 ? ` ${Math.min(...days)} days` : ''}`,
    source: SOURCES.versions,
  };
}

/** ElastiCache's own: AWS Backup does not take a cache. */
function cacheSnapshots(halves: readonly Half[]): Protection | undefined {
  const groups = madeOf(halves, 'elasticache', 'ReplicationGroup');
  const days = fewest(groups, 'snapshotRetentionLimit');
  if (days === undefined) return undefined;
  const window = textAt(groups[0]?.wish, 'snapshotWindow');
  return {
    name: 'daily snapshots',
    against: 'mistake',
    bound: DAY + (window === undefined ? DAY : windowOf(window).length * 60),
    how: `begun at ${window ?? 'any time'} UTC, and what one takes comes on top; kept ${days} days, in its own region`,
    source: SOURCES.cacheSnapshots,
  };
}

const HOLDERS = [
  ['rds', 'Cluster'],
  ['s3', 'Bucket'],
  ['dynamodb', 'Table'],
] as const;

/** The oldest that the newest usable one can be: a day, and the windows of the next. AWS gives no bound for its copy. */
function dailySnapshots(halves: readonly Half[]): Protection | undefined {
  const found = halves.flatMap((half) =>
    HOLDERS.flatMap(([service, kind]) => madeOf([half], service, kind)).map((resource) =>
      half.rules.find((rule) => takes(rule, resource)),
    ),
  );
  const rules = found.flatMap((rule) => rule ?? []);
  if (rules.length === 0 || rules.length < found.length) return undefined;
  const windows = rules.map((rule) => rule.windows ?? Infinity);
  const longest = Math.max(...windows);
  const isCopied = rules.every(({ copy }) => copy);
  return {
    name: 'daily snapshots',
    against: isCopied ? 'both' : 'mistake',
    ...(longest < Infinity && { bound: DAY + longest }),
    how: [
      ...(longest < Infinity ? [`complete within ${longest / 3600} h`] : []),
      keptOf(rules.map(({ days }) => days)),
      isCopied
        ? `then copied to the other region, which comes on top, and there ${keptOf(rules.map(({ copy }) => copy?.days))}`
        : 'without a copy in the other region',
    ].join('; '),
    source: SOURCES.backupWindows,
  };
}

function keptOf(days: readonly (number | undefined)[]): string {
  const known = days.flatMap((one) => one ?? []);
  return known.length > 0 ? `kept ${Math.min(...known)} days` : 'kept until somebody deletes it';
}
