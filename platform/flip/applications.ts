/** The application that runs the flip's programs, and what it still needs to know. */
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { flipPlanOf } from '../../model/flip';
import { unpublished } from '../../model/missing-facts';
import { BEACON_TARGET_GROUP } from '../../model/outputs';
import { factsOf } from '../../model/place';
import type { Problem } from '../../spec/problem';
import type { PlatformApplication } from '../application';
import { FlipChart } from './chart';

/** The application `flip`; none where there is one region and so nothing to flip. */
export function flipApplications(model: EstateModel, cluster: Cluster): PlatformApplication[] {
  const plan = flipPlanOf(model, cluster);
  if (!plan) return [];
  return [
    {
      name: 'flip',
      wave: 'primaryRegion',
      chart: (scope) => new FlipChart(scope, 'flip', { model, cluster, plan }),
    },
  ];
}

/** One problem for each cluster whose beacon nobody outside can ask. */
export function missingBeaconFacts(model: EstateModel): Problem[] {
  return model.clusters
    .filter((cluster) => flipPlanOf(model, cluster) && !factsOf(cluster).targetGroups[BEACON_TARGET_GROUP])
    .map((cluster) => ({
      file: `estates/${model.estate.name}/facts/${cluster.name}.yaml`,
      path: `targetGroups.${BEACON_TARGET_GROUP}`,
      message: unpublished(BEACON_TARGET_GROUP, cluster),
    }));
}
