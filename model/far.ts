/** The other regions that a cluster's network reaches. */
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';

/** The clusters of the same environment in other regions: one in prod today, none elsewhere. */
export const farClusters = ({ clusters }: EstateModel, cluster: Cluster): Cluster[] =>
  clusters.filter(({ environment, name }) => environment === cluster.environment && name !== cluster.name);

/** The cluster in the home region of the same environment, which may be the cluster itself. */
export function homeCluster({ clusters }: EstateModel, { environment }: Cluster): Cluster {
  const home = clusters.find((one) => one.environment === environment && one.position === 'home');
  if (!home) throw new Error(`Cannot find the home cluster of "${environment}": none, expected one`);
  return home;
}
