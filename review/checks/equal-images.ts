/** Both regions run the same images. */
import type { Check } from '../check';
import { type Located, appliedOf, matched, nameOf, pairsOf, spot, textsOf } from './_read';

const RUNNING = ['Deployment', 'Function', 'Provider'] as const;
const IMAGE = /(^|\.)(image|package)$/;

/** A flip that changed the code as well would be a deploy in the middle of a disaster. */
export const equalImages: Check = {
  id: 'equal-images',
  title: 'Both regions run the same images',
  severity: 'error',
  reference: 'C-17, S3-24',
  run: (estate, report) =>
    pairsOf(estate).flatMap(({ home, peer }) =>
      matched(appliedOf([home], ...RUNNING), appliedOf([peer], ...RUNNING), keyOf).flatMap(
        ({ home: one, peer: other }) => {
          if (!other || imagesOf(one) === imagesOf(other)) return [];
          return [
            report({
              message: `${one.object.kind} ${nameOf(one.object)} runs ${imagesOf(one)} in ${home.region} and ${imagesOf(other)} in ${peer.region}`,
              path: spot(other, 'spec'),
              remedy: 'Deploy one digest to both regions',
            }),
          ];
        },
      ),
    ),
};

const keyOf = ({ object }: Located) =>
  [object.kind, object.metadata.namespace, object.metadata.name].join('/');

/** Without the registry, which is each region's own. */
const imagesOf = ({ object }: Located): string =>
  textsOf(object)
    .filter(([path]) => IMAGE.test(path))
    .map(([, value]) => String(value).replace(/^[^/]+\//, ''))
    .join(', ');
