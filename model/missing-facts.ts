/** Facts that the estate needs and no bootstrap has given: the loader cannot know them, since they need the model. */
import type { Problem } from '../spec/problem';
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';
import { factsOf } from './place';

/** One problem for each service with paths that has no target group in a cluster. */
export function missingFacts(model: EstateModel): Problem[] {
  return model.clusters.flatMap((cluster) => missingIn(model, cluster));
}

function missingIn({ estate, services }: EstateModel, cluster: Cluster): Problem[] {
  const { targetGroups } = factsOf(cluster);
  return services
    .filter(({ name, paths }) => paths.length > 0 && !targetGroups[name])
    .map(({ name }) => ({
      file: `estates/${estate.name}/facts/${cluster.name}.yaml`,
      path: `targetGroups.${name}`,
      message: unpublished(name, cluster),
    }));
}

/** The one wording of a missing target group. */
export const unpublished = (service: string, { name }: Pick<Cluster, 'name'>): string =>
  `Cannot publish "${service}" in ${name}: it has paths and no target group, expected targetGroups.${service} in the facts; deploy the load balancer and run \`flipside facts\``;
