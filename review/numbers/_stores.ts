/** Connections to the databases and units of the tables against what a load needs. */
import {
  CONNECTIONS_PER_POD,
  connectionsFor,
  connectionsOf,
  GIB_PER_ACU,
  TABLE_UNITS,
  UNITS_PER_REQUEST,
} from '../../model/quotas';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { each, type Load, loadsOf, type Needed } from './_load';
import type { Limit } from './_nodes';
import { listAt, numberAt, only, prodOf, type Resource, resourcesOf, sidesOf, textAt } from './_read';

/** A pod gets what it needs to reach a claim from this Secret. */
const uses = ({ service }: Load, claim: string) => service.secrets.includes(`${claim}-connection`);

const podsOf = (loads: readonly Load[], claim: string, weight: (load: Load) => number): Needed =>
  each((situation) =>
    loads
      .filter((load) => uses(load, claim))
      .reduce((sum, load) => sum + load.pods[situation] * weight(load), 0),
  );

/** With the writer in this cluster's region the pods of both regions connect to it; alone it has its own. */
export function databaseLimits(estate: RenderedEstate, cluster: RenderedCluster): Limit[] {
  const resources = resourcesOf(cluster);
  const own = loadsOf(estate, cluster);
  const far = prodOf(estate)
    .filter(({ region }) => region !== cluster.region)
    .flatMap((one) => loadsOf(estate, one));
  return only(resources, 'rds', 'Cluster').flatMap((database) => {
    const available = availableOf(database, resources);
    if (available === undefined) return [];
    const here = podsOf(own, database.claim, () => CONNECTIONS_PER_POD);
    const there = podsOf(far, database.claim, () => CONNECTIONS_PER_POD);
    return [
      {
        limit: `connections to ${database.owner}`,
        available: available.connections,
        needed: {
          peak: here.peak + there.peak,
          zoneLost: here.zoneLost + there.zoneLost,
          regionLost: here.regionLost,
        },
        unit: 'connections',
        source: `${available.of}; ${CONNECTIONS_PER_POD} for each pod assumed (model/quotas.ts)`,
      },
    ];
  });
}

/** The smallest instance counts: after a failover inside the region it is the writer. */
function availableOf({ owner, wish }: Resource, resources: readonly Resource[]) {
  const mine = resources.filter((one) => one.owner === owner);
  const set = [...only(mine, 'rds', 'ParameterGroup'), ...only(mine, 'rds', 'ClusterParameterGroup')]
    .flatMap((group) => listAt(group.wish, 'parameter'))
    .find((parameter) => parameter['name'] === 'max_connections');
  const given = numberAt(set, 'value');
  if (given !== undefined) return { connections: given, of: 'max_connections of its parameter group' };
  const acus = numberAt(wish, 'serverlessv2ScalingConfiguration', 'maxCapacity');
  const sizes = only(mine, 'rds', 'ClusterInstance').flatMap((one) => {
    const instanceClass = textAt(one.wish, 'instanceClass') ?? '';
    const connections =
      instanceClass === 'db.serverless' && acus !== undefined
        ? connectionsFor(acus * GIB_PER_ACU)
        : connectionsOf(instanceClass);
    return connections === undefined ? [] : [{ connections, of: `max_connections of ${instanceClass}` }];
  });
  return sizes.toSorted((a, b) => a.connections - b.connections)[0];
}

/** Only for services that say how many requests a pod is meant for. */
export function tableLimits(estate: RenderedEstate, cluster: RenderedCluster): Limit[] {
  const resources = resourcesOf(cluster);
  const { primary } = sidesOf(estate);
  const requests = new Map(estate.input.services.map(({ name, scale }) => [name, scale.requests]));
  const weight = ({ service }: Load) => (requests.get(service.name) ?? 0) * UNITS_PER_REQUEST;
  const loads = loadsOf(estate, cluster);
  return only(resources, 'dynamodb', 'Table').flatMap(({ owner, claim }) => {
    const needed = podsOf(loads, claim, weight);
    if (needed.regionLost === 0) return [];
    return (['Read', 'Write'] as const).map((direction) => ({
      limit: `${direction.toLowerCase()} units of ${owner}`,
      available: unitsOf(resources, owner, direction),
      needed: cluster.region === primary ? needed : { ...needed, peak: 0, zoneLost: 0 },
      unit: 'units a second',
      source: `appautoscaling Target; ${UNITS_PER_REQUEST} unit for each request assumed (model/quotas.ts)`,
    }));
  });
}

/** An on-demand table has no target: its quota counts. */
const unitsOf = (resources: readonly Resource[], owner: string, direction: string): number =>
  only(resources, 'appautoscaling', 'Target')
    .filter((one) => one.owner === owner && textAt(one.wish, 'scalableDimension')?.includes(direction))
    .map(({ wish }) => numberAt(wish, 'maxCapacity'))
    .find((units) => units !== undefined) ?? TABLE_UNITS;
