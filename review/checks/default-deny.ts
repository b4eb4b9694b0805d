/** Every namespace starts closed, and every workload opens what it needs. */
import type { Check } from '../check';
import type { RenderedCluster } from '../rendered';
import { type Located, appliedOf, listAt, mapAt, podLabelsOf, selects, spot } from './_read';

/** A pod that is broken into reaches what its policy names, and nothing else. */
export const defaultDeny: Check = {
  id: 'default-deny',
  title: 'Every namespace denies by default, and every workload names what it talks to',
  severity: 'error',
  reference: 'C-15, S4-117',
  run: (estate, report) =>
    estate.clusters.flatMap((cluster) =>
      [...openNamespaces(cluster), ...openWorkloads(cluster), ...openPolicies(cluster)].map(
        ([item, message, path]) =>
          report({
            message,
            path: spot(item, path),
            remedy:
              'Deny all in the namespace, then name each peer and port in a NetworkPolicy of the workload',
          }),
      ),
    ),
};

type Open = readonly [item: Located, message: string, path: string];

const policiesIn = (cluster: RenderedCluster, namespace: string | undefined) =>
  appliedOf([cluster], 'NetworkPolicy').filter(({ object }) => object.metadata.namespace === namespace);

const openNamespaces = (cluster: RenderedCluster): Open[] =>
  appliedOf([cluster], 'Namespace')
    .filter(({ object }) => !policiesIn(cluster, object.metadata.name).some(deniesAll))
    .map((item) => [item, `Namespace ${item.object.metadata.name} does not deny by default`, '']);

const deniesAll = ({ object }: Located): boolean =>
  Object.keys(mapAt(object, 'spec.podSelector')).length === 0 &&
  ['Ingress', 'Egress'].every((type) => listAt(object, 'spec.policyTypes').includes(type)) &&
  listAt(object, 'spec.ingress').length + listAt(object, 'spec.egress').length === 0;

const openWorkloads = (cluster: RenderedCluster): Open[] =>
  appliedOf([cluster], 'Deployment')
    .filter(
      (item) => !policiesIn(cluster, item.object.metadata.namespace).some((policy) => isOf(policy, item)),
    )
    .map((item) => [item, `No NetworkPolicy is about the pods of ${item.object.metadata.name}`, '']);

const isOf = ({ object }: Located, item: Located): boolean => {
  const asked = mapAt(object, 'spec.podSelector.matchLabels');
  return Object.keys(asked).length > 0 && selects(asked, podLabelsOf(item));
};

/** A rule without a peer or a port is open to everybody. */
const openPolicies = (cluster: RenderedCluster): Open[] =>
  appliedOf([cluster], 'NetworkPolicy').flatMap((item) => [
    ...openRules(item, 'ingress', 'from'),
    ...openRules(item, 'egress', 'to'),
  ]);

const openRules = (item: Located, direction: 'ingress' | 'egress', peers: 'from' | 'to'): Open[] =>
  listAt(item.object, `spec.${direction}`).flatMap((rule, index): Open[] => {
    const missing = [peers, 'ports'].filter((key) => listAt(rule, key).length === 0);
    if (missing.length === 0) return [];
    return [
      [
        item,
        `NetworkPolicy ${item.object.metadata.name} has no ${missing.join(', no ')} in a rule for ${direction}`,
        `spec.${direction}[${index}]`,
      ],
    ];
  });
