/** The stores of an estate: one for each claim that keeps something, with its half in each region. */
import {
  type Fields,
  listAt,
  numberAt,
  only,
  prodOf,
  type Resource,
  resourcesOf,
  sidesOf,
  textAt,
} from '../numbers/_read';
import type { RenderedEstate } from '../rendered';

/** A store in one region. */
export interface StoreHalf {
  readonly region: string;
  /** What it does there: `writer`, `reader`, `reads, writes`, `copy`, `alone`. */
  readonly role: string;
  readonly detail: string;
}

/** A store over both regions. */
export interface Store {
  /** `<team>/<claim>` */
  readonly owner: string;
  readonly name: string;
  /** Kind of the claim. */
  readonly kind: string;
  /** What AWS calls it. */
  readonly service: string;
  /** Home first. */
  readonly halves: readonly StoreHalf[];
  /** Region that data flows from and to; `both` when it flows back as well; absent without replication. */
  readonly link?: { readonly from: string; readonly to: string; readonly both: boolean };
  /** True for a cache of logins: what is in it cannot be made again. */
  readonly sessions: boolean;
  /** Seconds that may be lost with the primary region; absent where no bound is known. */
  readonly bound?: number;
}

type Shape = Pick<Store, 'service' | 'link'> & { readonly halves: readonly Omit<StoreHalf, 'region'>[] };

/** Everything of one claim: by region, home first. */
interface Parts {
  readonly regions: readonly string[];
  readonly primary: string;
  readonly halves: readonly (readonly Resource[])[];
}

/** Claims that keep nothing. */
const STORELESS = ['Site'];

const SHAPES: Readonly<Record<string, (parts: Parts) => Shape>> = {
  PostgresDatabase: postgres,
  Cache: cache,
  Bucket: bucket,
  Table: table,
  AppSecret: secret,
};

/** Every store of prod, in the order of the claims. */
export function storesOf(estate: RenderedEstate, bounds: ReadonlyMap<string, number | undefined>): Store[] {
  const clusters = prodOf(estate);
  const regions = clusters.map(({ region }) => region);
  const { primary } = sidesOf(estate);
  const all = clusters.map(resourcesOf);
  return estate.input.claims.flatMap((claim) => {
    const { kind, metadata } = claim;
    if (STORELESS.includes(kind)) return [];
    const owner = `${metadata.namespace}/${metadata.name}`;
    const halves = all.map((resources) => resources.filter((one) => one.owner === owner));
    const shape = (SHAPES[kind] ?? unknown)({ regions, primary, halves });
    const bound = bounds.get(owner);
    return [
      {
        owner,
        name: metadata.name,
        kind,
        sessions: textAt(claim, 'spec', 'purpose') === 'sessions',
        ...shape,
        halves: shape.halves.map((half, index) => ({ region: regions[index] ?? '', ...half })),
        ...(bound !== undefined && { bound }),
      },
    ];
  });
}

const wishOf = (resources: readonly Resource[], service: string, kind: string): Fields =>
  only(resources, service, kind)[0]?.wish ?? {};

const short = (text: string | undefined) => text?.replace(/^(db|cache)\./, '') ?? 'a size of its own';

/** A password of its own, copied to the other region. */
const secretOf = ({ halves }: Parts) =>
  only(halves.flat(), 'secretsmanager', 'Secret').length > 0 ? ' + secret' : '';

/** From where the writer is to the other region. */
const oneWay = ({ regions, primary }: Parts): Store['link'] => {
  const to = regions.find((region) => region !== primary);
  return to ? { from: primary, to, both: false } : undefined;
};

const bothWays = ({ regions: [from, to] }: Parts): Store['link'] =>
  from && to ? { from, to, both: true } : undefined;

const writerOrReader = ({ regions, primary }: Parts, index: number) =>
  regions[index] === primary ? 'writer' : 'reader';

function postgres(parts: Parts): Shape {
  const members = parts.halves.map((half) => wishOf(half, 'rds', 'Cluster'));
  const isGlobal = members.every((wish) => wish['globalClusterIdentifier'] !== undefined);
  return {
    service: `Aurora PostgreSQL ${textAt(members[0], 'engineVersion') ?? ''}`.trim(),
    halves: parts.halves.map((half, index) => {
      const instances = only(half, 'rds', 'ClusterInstance');
      return {
        role: isGlobal ? writerOrReader(parts, index) : 'alone',
        detail: `${instances.length} × ${short(textAt(instances[0]?.wish, 'instanceClass'))}${secretOf(parts)}`,
      };
    }),
    ...(isGlobal && { link: oneWay(parts) }),
  };
}

function cache(parts: Parts): Shape {
  const isGlobal = parts.halves.some(
    (half) => only(half, 'elasticache', 'GlobalReplicationGroup').length > 0,
  );
  const groups = parts.halves.map((half) => wishOf(half, 'elasticache', 'ReplicationGroup'));
  const [first] = groups;
  return {
    service:
      `ElastiCache ${textAt(first, 'engine') === 'valkey' ? 'Valkey' : 'Redis'} ${textAt(first, 'engineVersion') ?? ''}`.trim(),
    // What a member of a global group leaves out, it takes over from the first.
    halves: groups.map((group, index) => ({
      role: isGlobal ? writerOrReader(parts, index) : 'own copy',
      detail: `${nodesOf({ ...first, ...group })}${secretOf(parts)}`,
    })),
    ...(isGlobal && { link: oneWay(parts) }),
  };
}

const nodesOf = (group: Fields) =>
  `${(numberAt(group, 'numNodeGroups') ?? 1) * (1 + (numberAt(group, 'replicasPerNodeGroup') ?? 0))} × ${short(textAt(group, 'nodeType'))}`;

function bucket(parts: Parts): Shape {
  const rules = parts.halves.map((half) =>
    listAt(wishOf(half, 's3', 'BucketReplicationConfiguration'), 'rule'),
  );
  const [toPeer, toHome] = rules.map((own) => own.length > 0);
  const isTimed = rules
    .flat()
    .some((rule) => textAt(rule, 'destination', 'replicationTime', 'status') === 'Enabled');
  const [home, peer] = parts.regions;
  const back = toHome && home && peer ? { from: peer, to: home, both: false } : undefined;
  const forward = home && peer ? { from: home, to: peer, both: toHome === true } : undefined;
  return {
    service: 'S3',
    halves: rules.map((own, index) => ({
      role: own.length > 0 ? 'reads, writes' : rules[1 - index]?.length ? 'copy' : 'alone',
      detail: `versioned${isTimed ? ', time control' : ''}`,
    })),
    link: toPeer ? forward : back,
  };
}

function table(parts: Parts): Shape {
  const isGlobal = parts.halves.some(
    (half) => listAt(wishOf(half, 'dynamodb', 'Table'), 'replica').length > 0,
  );
  return {
    service: 'DynamoDB global table',
    halves: parts.halves.map((half) => {
      const dax = numberAt(wishOf(half, 'dax', 'Cluster'), 'replicationFactor');
      return { role: isGlobal ? 'reads, writes' : 'alone', detail: dax ? `DAX, ${dax} nodes` : 'no DAX' };
    }),
    ...(isGlobal && { link: bothWays(parts) }),
  };
}

function secret(parts: Parts): Shape {
  const [home, peer] = parts.regions;
  const own = parts.halves.flatMap((half) => only(half, 'secretsmanager', 'Secret'))[0];
  const isCopied = listAt(own?.wish, 'replica').length > 0;
  const days = parts.halves
    .flatMap((half) => only(half, 'secretsmanager', 'SecretRotation'))
    .map(({ wish }) => numberAt(wish, 'rotationRules', 'automaticallyAfterDays'))[0];
  const detail = days === undefined ? 'not rotated' : `rotated every ${days} days`;
  return {
    service: 'Secrets Manager',
    halves: parts.regions.map((_, index) => ({ role: index === 0 ? 'original' : 'replica', detail })),
    ...(isCopied && home && peer && { link: { from: home, to: peer, both: false } }),
  };
}

/** A kind that has no words yet is drawn all the same, by what it is made of. */
const unknown = ({ halves }: Parts): Shape => ({
  service:
    [...new Set(halves.flat().map(({ service, kind }) => `${service} ${kind}`))].join(', ') ||
    'nothing in AWS',
  halves: halves.map((half) => ({ role: 'alone', detail: `${half.length} resources` })),
});
