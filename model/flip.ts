/** What a flip moves: the stores with a single writer, and the floors of the services. */
import type { AnyClaim } from '../spec/claims';
import type { FlipPlan, Floor, Store } from '../spec/flip';
import type { Service } from '../spec/service';
import { boundsOf } from './bounds';
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';
import { type ClaimIdentity, globalNameOf, type NamedService, regionalNameOf } from './names';

/**
 * A switchover waits until the other side has caught up, and takes longer the more is missing; a minute behind is a
 * sign that something is wrong. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
 */
const MAX_LAG_SECONDS = 30;

/** The plan of the cluster's region, or undefined where there is no other region. */
export function flipPlanOf(model: EstateModel, cluster: Cluster): FlipPlan | undefined {
  const { home, peer } = cluster.placement;
  if (!peer) return undefined;
  return {
    estate: model.estate.name,
    account: cluster.account,
    region: cluster.region,
    home: home.region,
    other: cluster.position === 'home' ? peer.region : home.region,
    stores: model.claims.flatMap((claim) => storeOf(claim, model, cluster)),
    floors: floorsOf(model, cluster),
    maxLagSeconds: MAX_LAG_SECONDS,
  };
}

/** Tables and buckets take writes in both regions, regional caches are filled again: none of them is moved. */
function storeOf(claim: AnyClaim, model: EstateModel, cluster: Cluster): Store[] {
  const { name, namespace } = claim.metadata;
  const id = { estate: model.estate.name, environment: cluster.environment, namespace, name };
  if (claim.kind === 'PostgresDatabase') {
    const { adopt } = claim.spec;
    const globalId = adopt?.globalCluster ?? globalNameOf('rds', id);
    return [{ kind: claim.kind, namespace, name, globalId, members: membersOf('rds', id, cluster, adopt) }];
  }
  if (claim.kind !== 'Cache' || claim.spec.scope !== 'global') return [];
  const { adopt } = claim.spec;
  const prefix = cluster.placement.home.facts.elasticache.globalPrefix;
  const globalId = adopt?.global ?? `${prefix}-${globalNameOf('elasticache', id)}`;
  return [
    { kind: claim.kind, namespace, name, globalId, members: membersOf('elasticache', id, cluster, adopt) },
  ];
}

/** Identifiers that a claim took over, by position. */
type Adopted = Partial<Record<'home' | 'peer', string>>;

const membersOf = (service: NamedService, id: ClaimIdentity, { placement }: Cluster, adopted: Adopted = {}) =>
  Object.fromEntries(
    (['home', 'peer'] as const).flatMap((position) => {
      const region = placement[position]?.region;
      return region ? [[region, adopted[position] ?? regionalNameOf(service, id, region)]] : [];
    }),
  );

function floorsOf(model: EstateModel, cluster: Cluster): Floor[] {
  return model.services.map((service) => ({
    namespace: service.team,
    service: service.name,
    min: promotedFloor(service, cluster),
    rest: boundsOf(service, cluster).min,
  }));
}

const promotedFloor = ({ scale }: Service, { position }: Cluster): number =>
  position === 'home' ? scale.min : (scale.peer.promoted ?? Math.max(scale.min, scale.peer.min ?? 0));
