/** Every secret has a copy in the other region, and every cluster reads its own region's copy. */
import type { Check } from '../check';
import {
  type Pair,
  appliedOf,
  at,
  composedOf,
  isManaged,
  leavesOf,
  listAt,
  pairsOf,
  spot,
  textAt,
  wanted,
} from './_read';

/** A secret that exists in the lost region only locks the surviving one out. */
export const replicatedSecrets: Check = {
  id: 'replicated-secrets',
  title: 'Every secret is replicated, and read from the region it is used in',
  severity: 'error',
  reference: 'C-13, S0-41, S1-61',
  run: (estate, report) =>
    pairsOf(estate).flatMap((pair) => [
      ...composedOf([pair.home], 'secretsmanager/Secret')
        .filter(isManaged)
        .filter((secret) => !copiesOf(wanted(secret)).includes(pair.peer.region))
        .map((secret) =>
          report({
            message: `Secret ${textAt(wanted(secret), 'name')} has no replica in ${pair.peer.region}`,
            path: spot(secret, 'spec.forProvider.replica'),
            remedy: `Add a replica in ${pair.peer.region} with the key of that region`,
          }),
        ),
      ...farStores(pair).map((store) =>
        report({
          message: `The secret store of ${store.cluster.name} reads ${textAt(store.object, 'spec.provider.aws.region')}, expected ${store.cluster.region}`,
          path: spot(store, 'spec.provider.aws.region'),
          remedy: 'Read from the region that the cluster is in',
        }),
      ),
      ...unknownKeys(pair).map(({ item, key }) =>
        report({
          message: `ExternalSecret ${item.object.metadata.name ?? ''} reads "${key}", which no claim makes`,
          path: spot(item, 'spec.data'),
          remedy: 'Read a secret that a claim of the estate makes or adopts',
        }),
      ),
    ]),
};

const copiesOf = (secret: object): string[] =>
  listAt(secret, 'replica').map((copy) => textAt(copy, 'region'));

const farStores = ({ home, peer }: Pair) =>
  appliedOf([home, peer], 'ClusterSecretStore', 'SecretStore').filter(
    ({ object, cluster }) =>
      at(object, 'spec.provider.aws') !== undefined &&
      textAt(object, 'spec.provider.aws.region') !== cluster.region,
  );

/** Secrets that are read and, by name, neither made nor observed. */
function unknownKeys({ home, peer }: Pair) {
  const made = new Set(
    composedOf([home], 'secretsmanager/Secret').flatMap(({ object }) =>
      leavesOf({ name: object.metadata.annotations, spec: object.spec }).map(([, value]) => String(value)),
    ),
  );
  return composedOf([home, peer], 'ExternalSecret').flatMap((item) =>
    [...new Set(listAt(item.object, 'spec.data').map((one) => textAt(one, 'remoteRef.key')))]
      .filter((key) => key !== '' && !made.has(key))
      .map((key) => ({ item, key })),
  );
}
