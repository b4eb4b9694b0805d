/** No service can read the secret of another one. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { type Located, appliedOf, listAt, podSpecOf, spot, textAt } from './_read';

/** Reading, in the words of RBAC. */
const READING: ReadonlySet<unknown> = new Set(['get', 'list', 'watch', '*']);

/** A service sees the connection data of the claims that it says it uses. */
export const ownSecrets: Check = {
  id: 'own-secrets',
  title: 'A service reads the secrets of its own claims only',
  severity: 'error',
  reference: 'S1-09: a grant that lets one service read the secret of another',
  run: (estate, report) => [
    ...appliedOf(estate.clusters, 'Deployment')
      .flatMap((item) => foreignOf(estate, item).map((secret) => ({ item, secret })))
      .map(({ item, secret }) =>
        report({
          message: `Deployment ${item.object.metadata.name} reads the Secret "${secret}", which is of no claim it uses`,
          path: spot(item, 'spec.template.spec.containers[0].envFrom'),
          remedy: 'List the claim under uses of the service, and share it with the team if it is another one',
        }),
      ),
    ...appliedOf(estate.clusters, 'Role', 'ClusterRole')
      .filter(readsSecrets)
      .map((item) =>
        report({
          message: `${item.object.kind} ${item.object.metadata.name} reads Secrets of a team`,
          path: spot(item, 'rules'),
          remedy: 'Let pods take secrets from their environment; grant nobody the whole namespace',
        }),
      ),
  ],
};

function foreignOf({ input }: RenderedEstate, item: Located): string[] {
  const service = input.services.find(
    ({ name, team }) => name === item.object.metadata.name && team === item.object.metadata.namespace,
  );
  if (!service) return [];
  const own = new Set(service.uses.map((claim) => `${claim}-connection`));
  return listAt(podSpecOf(item), 'containers')
    .flatMap((container) => [
      ...listAt(container, 'envFrom').map((one) => textAt(one, 'secretRef.name')),
      ...listAt(container, 'env').map((one) => textAt(one, 'valueFrom.secretKeyRef.name')),
    ])
    .filter((name) => name !== '' && !own.has(name));
}

/** Crossplane composes Secrets, so its own role may. */
const AGGREGATED = 'rbac.crossplane.io/aggregate-to-crossplane';

function readsSecrets({ object }: Located): boolean {
  if (object.metadata.labels?.[AGGREGATED]) return false;
  return listAt(object, 'rules').some(
    (rule) =>
      listAt(rule, 'resources').some((resource) => resource === 'secrets' || resource === '*') &&
      listAt(rule, 'verbs').some((verb) => READING.has(verb)) &&
      listAt(rule, 'resourceNames').length === 0,
  );
}
