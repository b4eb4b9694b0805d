/** Every Deployment spreads its pods over the zones. */
import type { Check } from '../check';
import { type Located, listAt, podSpecOf, prodOf, servingOf, spot, textAt } from './_read';

/** Without it the scheduler may put every pod into one zone. */
export const zoneSpread: Check = {
  id: 'zone-spread',
  title: 'Every Deployment spreads over the zones',
  severity: 'error',
  reference: 'C-02, S0-21',
  run: (estate, report) =>
    servingOf(prodOf(estate))
      .filter((item) => !spreads(item))
      .map((item) =>
        report({
          message: `Pods of ${item.object.metadata.name} are not spread over zones`,
          path: spot(item, 'spec'),
          remedy: 'Add a topologySpreadConstraint on topology.kubernetes.io/zone with maxSkew 1',
        }),
      ),
};

const spreads = (item: Located) =>
  listAt(podSpecOf(item), 'topologySpreadConstraints').some(
    (one) => textAt(one, 'topologyKey') === 'topology.kubernetes.io/zone',
  );
