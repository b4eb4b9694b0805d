/** What may be lost of each store of prod when the primary region is lost, by the mechanism that was rendered. */
import { LAG, OBJECT_LAG, SOURCES, TABLE_LAG } from '../../model/recovery-times';
import type { Protection, RpoFigure, RpoLine } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { dailyRulesOf } from './_backups';
import { backupsOf } from './_protections';
import { at, listAt, numberAt, only, prodOf, type Resource, resourcesOf, textAt } from './_read';

/** Everything that a claim became in both regions. */
interface Store {
  readonly owner: string;
  readonly resources: readonly Resource[];
  /** Regions it stands in. */
  readonly regions: number;
  readonly estate: RenderedEstate;
  readonly backups: readonly Protection[];
}

type Loss = Pick<RpoLine, 'bound' | 'mechanism' | 'source'> & {
  /** What is replicated to the other region; absent: nothing. */
  readonly replicated?: 'database' | 'cache' | 'bucket' | 'table';
  /** True where nothing is lost that cannot be made again. */
  readonly rebuildable?: boolean;
};

/** The loss of every store. */
export function rpoOf(estate: RenderedEstate): RpoFigure {
  const objective = estate.input.estate.objectives.rpo;
  const lines = storesOf(estate).flatMap((store) => lineOf(store, objective));
  return { ...(objective !== undefined && { objective }), lines, meets: lines.every(({ meets }) => meets) };
}

function storesOf(estate: RenderedEstate): Store[] {
  const clusters = prodOf(estate);
  const owners = [
    ...new Set(clusters.flatMap((one) => resourcesOf(one).map(({ owner }) => owner))),
  ].toSorted();
  const rules = clusters.map(({ name }) => dailyRulesOf(estate, name));
  return owners.map((owner) => {
    const parts = clusters.map((one) => resourcesOf(one).filter((resource) => resource.owner === owner));
    const backups = backupsOf(parts.map((resources, index) => ({ resources, rules: rules[index] ?? [] })));
    return { owner, resources: parts.flat(), regions: clusters.length, estate, backups };
  });
}

const KINDS: readonly (readonly [string, (store: Store) => Loss | undefined])[] = [
  ['PostgresDatabase', postgres],
  ['Cache', cache],
  ['Bucket', bucket],
  ['Table', table],
];

function lineOf(store: Store, objective: number | undefined): RpoLine[] {
  return KINDS.flatMap(([kind, lossOf]) => {
    const loss = lossOf(store);
    if (!loss) return [];
    const { bound, mechanism, source, rebuildable } = loss;
    const protections = [...replicationOf(loss), ...store.backups];
    const within = objective === undefined || (bound !== undefined && bound <= objective);
    const meets = rebuildable === true || within;
    return [
      {
        store: store.owner,
        kind,
        ...(bound !== undefined && { bound }),
        mechanism,
        meets,
        source,
        protections,
      },
    ];
  });
}

/** Replication as one of the things that the data rests on. */
function replicationOf({ replicated, bound, mechanism, source }: Loss): Protection[] {
  if (!replicated) return [];
  const name = `replication of the ${replicated}`;
  return [{ name, against: 'region', ...(bound !== undefined && { bound }), how: mechanism, source }];
}

/** Asynchronous, a hard bound only where the estate lets commits wait for it. */
function postgres({ resources, regions }: Store): Loss | undefined {
  const members = only(resources, 'rds', 'Cluster');
  if (members.length === 0) return undefined;
  const joined = members.filter(({ wish }) => wish['globalClusterIdentifier'] !== undefined);
  if (joined.length < regions || regions < 2)
    return { mechanism: 'no copy in the other region', source: SOURCES.auroraLag };
  const limit = only(resources, 'rds', 'ClusterParameterGroup')
    .flatMap(({ wish }) => listAt(wish, 'parameter'))
    .find((parameter) => parameter['name'] === 'rds.global_db_rpo');
  const promised = numberAt(limit, 'value');
  const lag = `replication of Aurora's storage, asynchronous: typically under ${LAG[1]} s`;
  return promised === undefined
    ? {
        bound: LAG[1],
        mechanism: `${lag}, not promised by AWS`,
        source: SOURCES.auroraLag,
        replicated: 'database',
      }
    : {
        bound: promised,
        mechanism: `${lag}; commits wait beyond ${promised} s`,
        source: SOURCES.auroraLag,
        replicated: 'database',
      };
}

function cache({ resources, regions, owner, estate }: Store): Loss | undefined {
  const groups = only(resources, 'elasticache', 'ReplicationGroup');
  if (groups.length === 0) return undefined;
  const sessions = purposeOf(estate, owner) === 'sessions';
  const global = groups.filter(
    ({ wish, made }) => made && wish['globalReplicationGroupId'] !== undefined,
  ).length;
  // Home's group is the first member: the global group names it.
  const named = only(resources, 'elasticache', 'GlobalReplicationGroup').length > 0;
  if (named && global + 1 >= regions && regions > 1)
    return {
      bound: LAG[1],
      mechanism: `Global Datastore, asynchronous: typically under ${LAG[1]} s, not promised by AWS`,
      source: SOURCES.cache,
      replicated: 'cache',
    };
  return {
    mechanism: sessions
      ? 'one cache in each region: its sessions are lost, users sign in again'
      : 'one cache in each region: filled again from the stores',
    source: SOURCES.cache,
    rebuildable: !sessions,
  };
}

function purposeOf({ input }: RenderedEstate, owner: string): string | undefined {
  const claim = input.claims.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === owner);
  return textAt(claim, 'spec', 'purpose');
}

function bucket({ resources }: Store): Loss | undefined {
  if (only(resources, 's3', 'Bucket').length === 0) return undefined;
  const rules = only(resources, 's3', 'BucketReplicationConfiguration').flatMap(({ wish }) =>
    listAt(wish, 'rule'),
  );
  if (rules.length === 0) return { mechanism: 'no copy in the other region', source: SOURCES.objects };
  const timed = rules.every(
    (rule) =>
      at(rule, 'status') === 'Enabled' && at(rule, 'destination', 'replicationTime', 'status') === 'Enabled',
  );
  if (!timed)
    return {
      mechanism: 'replication without time control: no bound',
      source: SOURCES.objects,
      replicated: 'bucket',
    };
  return {
    bound: OBJECT_LAG,
    mechanism: 'replication time control: 99.9 % of the objects within 15 min',
    source: SOURCES.objects,
    replicated: 'bucket',
  };
}

function table({ resources }: Store): Loss | undefined {
  const made = only(resources, 'dynamodb', 'Table').find((one) => one.made);
  if (!made) return undefined;
  const replica = listAt(made.wish, 'replica')[0];
  if (!replica) return { mechanism: 'no replica in the other region', source: SOURCES.tables };
  const strong = replica['consistencyMode'] === 'STRONG';
  return {
    bound: strong ? TABLE_LAG.STRONG : TABLE_LAG.EVENTUAL,
    mechanism: strong
      ? 'global table, strongly consistent: a write is in both regions before it is answered'
      : 'global table, eventually consistent: the last writer wins',
    source: SOURCES.tables,
    replicated: 'table',
  };
}
