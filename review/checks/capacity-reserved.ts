import { prodOf, sidesOf, stackResources } from '../numbers/_read';
import { staticPoolsOf } from '../numbers/_workloads';
import type { Check } from '../check';

/** Nodes that run are kept; nodes that AWS replaces after a fault are not, without a reservation. */
export const capacityReserved: Check = {
  id: 'capacity-reserved',
  title: 'The nodes that a failover stands on have reserved capacity',
  severity: 'info',
  reference: 'S4-112, X-17, X-47',
  run: (estate, report) => {
    const { primary } = sidesOf(estate);
    return prodOf(estate)
      .filter(({ region }) => region !== primary)
      .filter(({ name }) => stackResources(estate, name, 'AWS::EC2::CapacityReservation').length === 0)
      .flatMap((cluster) => {
        const nodes = staticPoolsOf(cluster).reduce((sum, pool) => sum + pool.nodes, 0);
        if (nodes === 0) return [];
        return [
          report({
            message: `Cannot be sure of the ${nodes} static nodes of ${cluster.name}: no capacity reservation, expected one in each zone`,
            path: `estates/${estate.input.estate.name}/estate.yaml#regions.peer`,
            remedy:
              'Buy on-demand capacity reservations for them; their NodePools use reserved capacity first',
          }),
        ];
      });
  },
};
