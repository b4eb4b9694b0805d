/** What a `Cache` becomes in one region, in no controller's words. */
import {
  CACHE_ENGINE,
  CACHE_MAINTENANCE,
  CACHE_SNAPSHOT_WINDOW,
  EVICTION,
} from '../../../model/cache-engine';
import { connectionSecret } from '../../../model/connection';
import { globalNameOf, identityOf, regionalNameOf } from '../../../model/names';
import { CACHE_NODE } from '../../../model/sizes';
import { tagsFor } from '../../../model/tags';
import type { Cache } from '../../../spec/claims/cache';
import { here, type Place, type Placement } from '../../../spec/placement';

/** The global datastore that the region's group belongs to. */
export interface GlobalPlan {
  /** Full id: AWS puts the prefix of the home region in front of the suffix. */
  readonly id: string;
  readonly suffix: string;
  /** Group that it was born from, in the home region. */
  readonly born: string;
}

/**
 * How the region's group stands to the other region's: on its own, as the group that a global datastore was born
 * from, or as the one that joined it. Says nothing about which of the two takes writes now.
 */
export type GroupRole = 'alone' | 'founder' | 'joiner';

/** The AUTH token. */
export interface TokenPlan {
  /** Name in Secrets Manager, the same in both regions. */
  readonly secret: string;
  /** True for the secret of an adopted group, which only is read. */
  readonly adopted: boolean;
  /** Name of the generator. */
  readonly generator: string;
  /** Name of the Kubernetes Secret that the group is created with. */
  readonly target: string;
}

/** What exists in this region. */
export interface CachePlan {
  readonly placement: Placement;
  readonly place: Place;
  readonly role: GroupRole;
  /** Id of the region's group; its subnets and parameters have the same name. */
  readonly name: string;
  /** True for an existing group, which must be found before anything about it is changed. */
  readonly adopted: boolean;
  readonly adoptedGlobal: boolean;
  readonly global?: GlobalPlan;
  readonly description: string;
  readonly engine: typeof CACHE_ENGINE;
  readonly node: string;
  readonly shards: number;
  readonly replicas: number;
  readonly eviction: string;
  readonly snapshotDays: number;
  readonly snapshotWindow: string;
  readonly maintenance: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly token: TokenPlan;
  readonly connection: string;
}

/** The plan of a claim in the placement's region. Depends on home and peer, never on who is primary. */
export function planOf(claim: Cache, placement: Placement): CachePlan {
  const { metadata, spec } = claim;
  const id = identityOf(claim, placement);
  const place = here(placement);
  const global = globalOf(claim, placement);
  return {
    placement,
    place,
    role: roleOf(placement, global),
    name: groupName(claim, placement, place.region),
    adopted: adoptedName(claim, placement, place.region) !== undefined,
    adoptedGlobal: adoptionOf(claim, placement)?.global !== undefined,
    ...(global && { global }),
    description: `${metadata.namespace}/${metadata.name} of ${placement.estate}`,
    engine: CACHE_ENGINE,
    node: CACHE_NODE[spec.size],
    shards: spec.shards,
    replicas: spec.replicas,
    eviction: EVICTION[spec.purpose],
    snapshotDays: spec.snapshot.days,
    snapshotWindow: CACHE_SNAPSHOT_WINDOW,
    maintenance: CACHE_MAINTENANCE[placement.position],
    tags: tagsFor(id),
    token: tokenOf(claim, placement),
    connection: connectionSecret(metadata.name),
  };
}

function tokenOf(claim: Cache, placement: Placement): TokenPlan {
  const adopted = adoptionOf(claim, placement)?.secret;
  return {
    secret: adopted ?? globalNameOf('secret', identityOf(claim, placement)),
    adopted: adopted !== undefined,
    generator: `${claim.metadata.name}-token`,
    target: `${claim.metadata.name}-token`,
  };
}

/** Adopted groups are production's: a smaller environment of the same claim gets groups of its own. */
const adoptionOf = ({ spec }: Cache, { environment }: Placement) =>
  environment === 'prod' ? spec.adopt : undefined;

function adoptedName(claim: Cache, placement: Placement, region: string): string | undefined {
  const adopt = adoptionOf(claim, placement);
  return region === placement.home.region ? adopt?.home : adopt?.peer;
}

const groupName = (claim: Cache, placement: Placement, region: string) =>
  adoptedName(claim, placement, region) ??
  regionalNameOf('elasticache', identityOf(claim, placement), region);

/** Without a peer region there is nothing to be global with. */
function globalOf(claim: Cache, placement: Placement): GlobalPlan | undefined {
  if (claim.spec.scope !== 'global' || !placement.peer) return undefined;
  const suffix = globalNameOf('elasticache', identityOf(claim, placement));
  const id =
    adoptionOf(claim, placement)?.global ?? `${placement.home.facts.elasticache.globalPrefix}-${suffix}`;
  return {
    id,
    suffix: id.slice(id.indexOf('-') + 1),
    born: groupName(claim, placement, placement.home.region),
  };
}

function roleOf({ position }: Placement, global: GlobalPlan | undefined): GroupRole {
  if (!global) return 'alone';
  return position === 'home' ? 'founder' : 'joiner';
}
