/** What a `PostgresDatabase` becomes in one region, in no controller's words. */
import { connectionSecret } from '../../../model/connection';
import { POSTGRES_CLASS, POSTGRES_SERVERLESS_CLASS, POSTGRES_VERSION } from '../../../model/sizes';
import { tagsFor } from '../../../model/tags';
import type { PostgresDatabase, PostgresDatabaseSpec } from '../../../spec/claims';
import { here, type Place, type Placement } from '../../../spec/placement';
import { maintenanceWindow } from './_maintenance';
import { identityOf } from '../../../model/names';
import { birthOf, type Names, namesOf } from './_names';

/** Engine of every database. */
export const ENGINE = 'aurora-postgresql';
/** Port of every database. */
export const PORT = 5432;

/**
 * How a store came to be. `born`: made by us, empty. `restored`: made by us from a snapshot. `adopted`: it was there
 * before. A global database is `joined` when it is made from a cluster that stands on its own.
 */
export type Origin = 'born' | 'restored' | 'adopted' | 'joined';

/** The global database, absent in environments of one region. */
export interface GlobalPlan {
  readonly name: string;
  readonly origin: Origin;
  /** ARN of home's member, which must be there before the peer's cluster is made. */
  readonly homeArn: string;
}

/** One instance of the region's cluster. */
export interface InstancePlan {
  readonly key: string;
  readonly name: string;
  /** Absent for adopted ones, which stay where they are. */
  readonly zone?: string;
  readonly tier: number;
}

/** What exists in this region. */
export interface Plan {
  readonly placement: Placement;
  readonly place: Place;
  readonly spec: PostgresDatabaseSpec;
  readonly names: Names;
  readonly origin: Origin;
  /** ARN of this region's cluster. */
  readonly arn: string;
  readonly global?: GlobalPlan;
  readonly snapshot?: string;
  readonly instances: readonly InstancePlan[];
  readonly instanceClass: string;
  /** Version that the platform pins for the claim's major one. */
  readonly version: string;
  readonly maintenance: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly secrets: SecretsPlan;
}

/** The Kubernetes side of the secrets, named by us because other objects refer to them by name. */
export interface SecretsPlan {
  readonly generator: string;
  readonly master: string;
  readonly connection: string;
}

/** The plan of a claim in the placement's region. Depends on home and peer, never on who is primary. */
export function planOf(claim: PostgresDatabase, placement: Placement): Plan {
  const { metadata, spec } = claim;
  const id = identityOf(claim, placement);
  const place = here(placement);
  const names = namesOf(claim, placement);
  const arn = arnIn(placement);
  const global = globalOf(claim, placement, names);
  const snapshot = placement.position === 'home' ? birthOf(claim, placement).restore?.snapshot : undefined;
  return {
    placement,
    place,
    spec,
    names,
    origin: originOf(claim, placement),
    arn: arn(place.region, names.cluster),
    ...(global && { global }),
    ...(snapshot && { snapshot }),
    instances: instancesOf(claim, placement, names),
    instanceClass: spec.size ? POSTGRES_CLASS[spec.size] : POSTGRES_SERVERLESS_CLASS,
    version: POSTGRES_VERSION[spec.version],
    maintenance: maintenanceWindow(id, placement.position, spec.backup.window),
    tags: tagsFor(id),
    secrets: secretNames(metadata.name),
  };
}

const secretNames = (claim: string): SecretsPlan => ({
  generator: `${claim}-password`,
  master: `${claim}-master`,
  connection: connectionSecret(claim),
});

const arnIn =
  ({ account }: Placement) =>
  (region: string, cluster: string) =>
    `arn:aws:rds:${region}:${account}:cluster:${cluster}`;

function originOf(claim: PostgresDatabase, placement: Placement): Origin {
  const { adopt, restore } = birthOf(claim, placement);
  if (adopt?.[placement.position]) return 'adopted';
  return restore && placement.position === 'home' ? 'restored' : 'born';
}

function globalOf(claim: PostgresDatabase, placement: Placement, names: Names): GlobalPlan | undefined {
  if (!placement.peer) return undefined;
  const { adopt, restore } = birthOf(claim, placement);
  const alone = adopt ?? restore;
  const origin = alone ? 'joined' : 'born';
  return {
    name: names.global,
    origin: adopt?.globalCluster ? 'adopted' : origin,
    homeArn: arnIn(placement)(placement.home.region, names.homeCluster),
  };
}

function instancesOf(claim: PostgresDatabase, placement: Placement, names: Names): InstancePlan[] {
  const { position } = placement;
  const { zones } = here(placement);
  const { adopt } = birthOf(claim, placement);
  if (adopt?.[position]) return adopt.instances[position].map(existing);
  return Array.from({ length: claim.spec.instances }, (_, index) => ({
    ...existing(names.part(String(index)), index),
    zone: zones[index % zones.length] ?? '',
  }));
}

/** The higher the tier, the later AWS makes it the writer; it knows 0 to 15. */
const existing = (name: string, index: number): InstancePlan => ({
  key: `instance-${index}`,
  name,
  tier: index,
});
