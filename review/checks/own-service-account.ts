/** Every service has an identity of its own. */
import type { Check } from '../check';
import type { RenderedCluster } from '../rendered';
import { type Located, appliedOf, podSpecOf, spot, textAt } from './_read';

/** A shared account shares its role, so what one may do all may do. */
export const ownServiceAccount: Check = {
  id: 'own-service-account',
  title: 'Every Deployment has a ServiceAccount of its own',
  severity: 'error',
  reference: 'S0-56: one role per ServiceAccount',
  run: (estate, report) =>
    estate.clusters.flatMap((cluster) =>
      appliedOf([cluster], 'Deployment')
        .flatMap((item) => faultsOf(cluster, item).map((fault) => ({ item, fault })))
        .map(({ item, fault }) =>
          report({
            message: `Deployment ${item.object.metadata.name} ${fault}`,
            path: spot(item, 'spec.template.spec.serviceAccountName'),
            remedy: 'Give it a ServiceAccount of its own name',
          }),
        ),
    ),
};

function faultsOf(cluster: RenderedCluster, item: Located): string[] {
  const account = accountOf(item);
  if (!account || account === 'default') return ['runs as the default account of its namespace'];
  const same = appliedOf([cluster], 'Deployment').filter(
    (other) => namespaceOf(other) === namespaceOf(item) && accountOf(other) === account,
  );
  return same.length > 1 ? [`shares the account ${account} with ${same.length - 1} more`] : [];
}

const accountOf = (item: Located) => textAt(podSpecOf(item), 'serviceAccountName');
const namespaceOf = ({ object }: Located) => object.metadata.namespace;
