/** Each region's Argo CD delivers to its own cluster, and leaves the floors to the promotion. */
import type { Check } from '../check';
import { type Located, appliedOf, at, listAt, spot, textAt, textsOf } from './_read';

/** The API server that Argo CD itself runs on. */
const IN_CLUSTER = 'https://kubernetes.default.svc';

/** One Argo CD does not reach across, and does not undo the floors that a flip has raised. */
export const argoOwnCluster: Check = {
  id: 'argo-own-cluster',
  title: 'Argo CD delivers to its own cluster and leaves raised floors alone',
  severity: 'error',
  reference: 'C-01, S3-28; facts on Argo CD against a promotion',
  run: (estate, report) =>
    appliedOf(estate.clusters, 'Application', 'ApplicationSet').flatMap((item) => [
      ...serversOf(item)
        .filter(([, server]) => server !== IN_CLUSTER)
        .map(([path, server]) =>
          report({
            message: `Application ${item.object.metadata.name} delivers to "${server}", expected ${IN_CLUSTER}`,
            path: spot(item, path),
            remedy: 'Deliver from the Argo CD of the region that the cluster is in',
          }),
        ),
      ...foreignPaths(item).map(([path, folder]) =>
        report({
          message: `Application ${item.object.metadata.name} of ${item.cluster.name} delivers "${folder}", which is of another cluster`,
          path: spot(item, path),
          remedy: `Deliver from dist/${estate.input.estate.name}/kubernetes/${item.cluster.name}`,
        }),
      ),
      ...(revertsFloors(estate.input.services, item)
        ? [
            report({
              message: `Application ${item.object.metadata.name} heals itself and does not leave minReplicas to the promotion, so it takes back the floor of a promotion`,
              path: spot(item, 'spec.ignoreDifferences'),
              remedy: `Ignore what ${PROMOTION} owns of HorizontalPodAutoscaler, with RespectIgnoreDifferences=true`,
            }),
          ]
        : []),
    ]),
};

const foreignPaths = ({ object, cluster }: Located) =>
  textsOf(object).filter(
    ([path, value]) =>
      /\bsources?(\[\d+\])?\.path$/.test(path) && !`${String(value)}/`.includes(`/${cluster.name}/`),
  );

const serversOf = ({ object }: Located) =>
  textsOf(object).filter(([path]) => path.endsWith('destination.server'));

/** Owner of the fields that a promotion writes. */
const PROMOTION = 'flipside-promote';

function revertsFloors(services: readonly { readonly name: string }[], { object }: Located): boolean {
  const heals = at(object, 'spec.syncPolicy.automated.selfHeal') === true;
  const isService = services.some(({ name }) => name === object.metadata.name);
  const respects = listAt(object, 'spec.syncPolicy.syncOptions').includes('RespectIgnoreDifferences=true');
  const ignores = listAt(object, 'spec.ignoreDifferences').some(
    (one) =>
      textAt(one, 'kind') === 'HorizontalPodAutoscaler' &&
      (listAt(one, 'managedFieldsManagers').includes(PROMOTION) ||
        listAt(one, 'jsonPointers').includes('/spec/minReplicas')),
  );
  return heals && isService && !(ignores && respects);
}
