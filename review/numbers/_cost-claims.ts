/** What each claim costs in a cluster's region. */
import { HOURS_PER_MONTH, MONTHLY_USE } from '../../model/prices';
import type { CostLine } from '../assessment';
import { type Amount, GLOBAL, linesOf, type Place, unpriced } from './_price';
import { at, listAt, numberAt, only, type Resource, textAt } from './_read';

const month = (units: number) => units * HOURS_PER_MONTH;

/** Every line of the claims of a cluster, from the resources it makes itself. */
export function claimLines(resources: readonly Resource[], place: Place): CostLine[] {
  const made = resources.filter((one) => one.made);
  const owners = [...new Set(made.map(({ owner }) => owner))];
  return owners.flatMap((owner) => {
    const mine = made.filter((one) => one.owner === owner);
    const [team = ''] = owner.split('/');
    return KINDS.flatMap((linesFor) => linesFor(mine, place, team, owner));
  });
}

type LinesFor = (mine: readonly Resource[], place: Place, team: string, owner: string) => CostLine[];

/** How many `large` ones an instance of this class costs; undefined where it is not of the family. */
function largesOf(instance: string, family: string): number | undefined {
  const [, of, times = '', size] = /^(.+)\.(\d*)(x?large)$/.exec(instance) ?? [];
  if (of !== family || !size) return undefined;
  return size === 'large' ? 1 : 2 * Number(times || 1);
}

const database: LinesFor = (mine, place, team, owner) => {
  const instances = only(mine, 'rds', 'ClusterInstance').map(
    ({ wish }) => textAt(wish, 'instanceClass') ?? '',
  );
  if (instances.length === 0) return [];
  const larges = instances.map((one) => largesOf(one, 'db.r6g'));
  const item = `${owner}: ${instances.length} × ${instances[0]}`;
  const units = larges.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const { auroraGb, auroraMillionIo } = MONTHLY_USE;
  const storage: Amount[] = [
    { thing: 'auroraGb', units: auroraGb, note: `${auroraGb} GB assumed` },
    { thing: 'auroraMillionIo', units: auroraMillionIo, note: `${auroraMillionIo} million I/O assumed` },
  ];
  const joined = only(mine, 'rds', 'Cluster').some(
    ({ wish }) => wish['globalClusterIdentifier'] !== undefined,
  );
  return [
    ...(larges.includes(undefined)
      ? [unpriced(place, team, item, `no price of ${instances.join(', ')}`)]
      : linesOf(place, team, item, [
          { thing: 'auroraLargeHour', units: month(units), note: `${units} × r6g.large` },
        ])),
    ...linesOf(place, team, `${owner}: storage`, storage),
    ...(joined ? [unpriced(place, team, `${owner}: replicated writes`, 'no price was found')] : []),
  ];
};

const cache: LinesFor = (mine, place, team, owner) =>
  only(mine, 'elasticache', 'ReplicationGroup').flatMap(({ wish }) => {
    const shards = numberAt(wish, 'numNodeGroups') ?? 1;
    const nodes = shards * (1 + (numberAt(wish, 'replicasPerNodeGroup') ?? 0));
    const type = textAt(wish, 'nodeType');
    // A follower of a global group has the primary's type and does not say it.
    const larges = type === undefined ? undefined : largesOf(type, 'cache.r7g');
    const item = `${owner}: ${nodes} cache nodes`;
    if (larges === undefined)
      return [unpriced(place, team, item, `no price of ${type ?? 'the type its global group gives it'}`)];
    return linesOf(place, team, item, [
      { thing: 'cacheLargeHour', units: month(nodes * larges), note: `${nodes} × ${type}` },
    ]);
  });

const bucket: LinesFor = (mine, place, team, owner) => {
  if (only(mine, 's3', 'Bucket').length === 0) return [];
  const rules = only(mine, 's3', 'BucketReplicationConfiguration').flatMap(({ wish }) =>
    listAt(wish, 'rule'),
  );
  const timed = rules.some((rule) => at(rule, 'destination', 'replicationTime') !== undefined);
  const { bucketGb, replicatedGb } = MONTHLY_USE;
  return linesOf(place, team, `${owner}: objects`, [
    { thing: 'bucketGb', units: bucketGb, note: `${bucketGb} GB assumed` },
    ...(rules.length > 0
      ? [
          {
            thing: 'crossRegionGb',
            units: replicatedGb,
            note: `${replicatedGb} GB to the other region assumed`,
          } as const,
        ]
      : []),
    ...(timed
      ? [
          {
            thing: 'replicationTimeGb',
            units: replicatedGb,
            note: `${replicatedGb} GB with time control assumed`,
          } as const,
        ]
      : []),
  ]);
};

const table: LinesFor = (mine, place, team, owner) => {
  const [found] = only(mine, 'dynamodb', 'Table');
  const dax = only(mine, 'dax', 'Cluster').map(({ wish }) =>
    unpriced(
      place,
      team,
      `${owner}: ${numberAt(wish, 'replicationFactor') ?? 1} × ${textAt(wish, 'nodeType')}`,
      'no price of DAX was found',
    ),
  );
  if (!found) return dax;
  const { tableGb, tableMillionWrites, tableMillionReads } = MONTHLY_USE;
  const provisioned = found.wish['billingMode'] === 'PROVISIONED';
  const units: Amount[] = [
    {
      thing: 'tableMillionWrites',
      units: tableMillionWrites,
      note: `${tableMillionWrites} million writes assumed`,
    },
    {
      thing: 'tableMillionReads',
      units: tableMillionReads,
      note: `${tableMillionReads} million reads assumed`,
    },
  ];
  return [
    ...linesOf(place, team, `${owner}: table`, [
      { thing: 'tableGb', units: tableGb, note: `${tableGb} GB assumed` },
      ...(provisioned ? [] : units),
    ]),
    ...(provisioned ? [unpriced(place, team, `${owner}: provisioned units`, 'no price was found')] : []),
    ...listAt(found.wish, 'replica').map((replica) =>
      unpriced(
        { ...place, region: textAt(replica, 'regionName') ?? place.region },
        team,
        `${owner}: replica and replicated writes`,
        'no price was found',
      ),
    ),
    ...dax,
  ];
};

/** Each copy of a secret costs as much as the first. */
const secret: LinesFor = (mine, place, team, owner) => {
  const copies = only(mine, 'secretsmanager', 'Secret').reduce(
    (sum, { wish }) => sum + 1 + listAt(wish, 'replica').length,
    0,
  );
  if (copies === 0) return [];
  return linesOf(place, team, `${owner}: secrets`, [
    { thing: 'secret', units: copies, note: `${copies} copies` },
  ]);
};

/** Web ACLs stand in a region, or with the CDN. */
const webAcl: LinesFor = (mine, place, team, owner) =>
  only(mine, 'wafv2', 'WebACL').flatMap(({ wish }) => {
    const rules = rulesOf(textAt(wish, 'ruleJson'));
    const { webAclMillion } = MONTHLY_USE;
    const where = wish['scope'] === 'CLOUDFRONT' ? { ...place, region: GLOBAL } : place;
    return linesOf(where, team, `${owner}: web ACL`, [
      { thing: 'webAcl', units: 1, note: '1 ACL' },
      { thing: 'webAclRule', units: rules, note: `${rules} rules` },
      { thing: 'webAclMillion', units: webAclMillion, note: `${webAclMillion} million requests assumed` },
    ]);
  });

function rulesOf(json: string | undefined): number {
  const rules: unknown = JSON.parse(json ?? '[]');
  return Array.isArray(rules) ? rules.length : 0;
}

/** Names, health checks, CDN and accelerator. */
const edge: LinesFor = (mine, place, team, owner) => {
  const where = { ...place, region: GLOBAL };
  const checks = only(mine, 'route53', 'HealthCheck');
  const plain = checks.filter(({ wish }) => wish['type'] !== 'CALCULATED');
  const options = plain.reduce(
    (sum, { wish }) =>
      sum + (textAt(wish, 'type')?.startsWith('HTTPS') ? 1 : 0) + (wish['requestInterval'] === 10 ? 1 : 0),
    0,
  );
  const calculated = checks.length - plain.length;
  return [
    ...(only(mine, 'route53', 'Record').length > 0
      ? linesOf(where, team, `${owner}: names and health checks`, [
          { thing: 'zone', units: 1, note: '1 zone' },
          { thing: 'healthCheck', units: plain.length, note: `${plain.length} checks` },
          { thing: 'healthCheckOption', units: options, note: `${options} options: HTTPS, every 10 s` },
        ])
      : []),
    ...(calculated > 0
      ? [unpriced(where, team, `${owner}: ${calculated} calculated health checks`, 'no price was found')]
      : []),
    ...cdn(mine, where, team, owner),
    ...only(mine, 'globalaccelerator', 'Accelerator').flatMap(() =>
      linesOf(where, team, `${owner}: accelerator`, [
        { thing: 'acceleratorHour', units: month(1), note: '1 accelerator' },
      ]),
    ),
  ];
};

function cdn(mine: readonly Resource[], where: Place, team: string, owner: string): CostLine[] {
  const { usersGb, usersTenThousand } = MONTHLY_USE;
  return only(mine, 'cloudfront', 'Distribution').flatMap(({ wish }) => [
    ...linesOf(where, team, `${owner}: CDN and transfer to users`, [
      { thing: 'cdnGb', units: usersGb, note: `${usersGb} GB assumed` },
      {
        thing: 'cdnTenThousand',
        units: usersTenThousand,
        note: `${usersTenThousand / 100} million requests assumed`,
      },
    ]),
    ...(listAt(wish, 'origin').some((origin) => at(origin, 'originShield') !== undefined)
      ? [unpriced(where, team, `${owner}: origin shield`, 'no price was found')]
      : []),
  ]);
}

const KINDS: readonly LinesFor[] = [database, cache, bucket, table, secret, webAcl, edge];
