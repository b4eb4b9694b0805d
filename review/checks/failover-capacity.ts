/** The floors of a region that has taken over run on nodes that are always there. */
import type { Check } from '../check';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { appliedOf, estateSpot, listAt, numberAt, prodOf, textAt } from './_read';

/** Share of a node's CPU that pods can ask for: the rest is the system's own. */
const ALLOCATABLE = 0.9;

/** A standby that has to launch instances depends on EC2 in a disaster. The floor of every day is judged by capacity. */
export const failoverCapacity: Check = {
  id: 'failover-capacity',
  title: 'The floors after a takeover run on nodes that are always there',
  severity: 'warning',
  reference: 'S3-28, X-17; on 2025-10-20 EC2 launches in us-east-1 failed for eight hours',
  run: (estate, report) =>
    prodOf(estate)
      .filter(({ position }) => position === 'peer')
      .flatMap((cluster) => {
        const [needed, offered] = [promotedCpu(estate), staticCpu(cluster) * ALLOCATABLE];
        if (needed <= offered) return [];
        return [
          report({
            message: `After a takeover the floors of ${cluster.name} ask for ${needed.toFixed(1)} CPU, its static nodes offer ${offered.toFixed(1)}: the rest waits for EC2 to launch instances`,
            path: estateSpot(estate, 'pattern'),
            remedy:
              'Raise scale.peer.min of the services to the promoted floor, or reserve capacity; else count the cold start in the RTO',
          }),
        ];
      }),
};

/** CPUs of every floor that a takeover raises; the others do not change. */
const promotedCpu = ({ input }: RenderedEstate): number =>
  input.services.reduce((sum, { scale: { min, peer }, resources }) => {
    const floor = Math.max(peer.min ?? min, peer.promoted ?? 0);
    return sum + (floor * Number.parseInt(resources.cpu, 10)) / 1000;
  }, 0);

/** CPUs of the node pools with a fixed number of nodes. */
const staticCpu = (cluster: RenderedCluster): number =>
  appliedOf([cluster], 'NodePool')
    .filter(({ object }) => numberAt(object, 'spec.replicas') > 0)
    .reduce((sum, { object }) => sum + numberAt(object, 'spec.replicas') * cpuOf(object), 0);

/** The smallest node that the pool may take. */
function cpuOf(pool: unknown): number {
  const sizes = listAt(pool, 'spec.template.spec.requirements')
    .filter((one) => textAt(one, 'key') === 'eks.amazonaws.com/instance-cpu')
    .flatMap((one) => listAt(one, 'values'))
    .map(Number);
  return sizes.length > 0 ? Math.min(...sizes) : 0;
}
