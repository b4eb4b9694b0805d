/** What a flip moves: the stores with a single writer, and the floors of the services. */
import type { AnyClaim } from '../spec/claims';
import type { FlipPlan, Floor, Store } from '../spec/flip';
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';
import { globalNameOf, regionalNameOf } from './names';

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

function storeOf(claim: AnyClaim, model: EstateModel, cluster: Cluster): Store[] {
  const service = singleWriter(claim);
  if (!service) return [];
  const { name, namespace } = claim.metadata;
  const id = { estate: model.estate.name, environment: cluster.environment, namespace, name };
  const regions = [cluster.placement.home.region, cluster.placement.peer?.region ?? ''];
  return [
    {
      kind: service === 'rds' ? 'PostgresDatabase' : 'Cache',
      namespace,
      name,
      globalId: globalNameOf(service, id),
      members: Object.fromEntries(regions.map((region) => [region, regionalNameOf(service, id, region)])),
    },
  ];
}

/** Tables and buckets take writes in both regions, regional caches are rebuilt: none of them is moved. */
function singleWriter(claim: AnyClaim): 'rds' | 'elasticache' | undefined {
  if (claim.kind === 'PostgresDatabase') return 'rds';
  return undefined;
}

function floorsOf(model: EstateModel, { position }: Cluster): Floor[] {
  return model.services.map(({ team, name, scale }) => ({
    namespace: team,
    service: name,
    min: position === 'home' ? scale.min : (scale.peer.promoted ?? Math.max(scale.min, scale.peer.min ?? 0)),
  }));
}
