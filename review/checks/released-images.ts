/** Images that are rendered have been built. */
import type { Check } from '../check';
import { everyOf, spot, textsOf } from './_read';

/** What stands in until a release has been pushed. */
const ZEROS = `@sha256:${'0'.repeat(64)}`;

/** A digest of zeros is in no registry, so the pod never starts. */
export const releasedImages: Check = {
  id: 'released-images',
  title: 'Every image has been released',
  severity: 'error',
  reference: 'C-17, S3-24: a digest missing in a registry blocks the deploy',
  run: (estate, report) =>
    everyOf(estate.clusters).flatMap((item) =>
      textsOf(item.object)
        .filter(([, value]) => String(value).endsWith(ZEROS))
        .map(([path, value]) =>
          report({
            message: `${item.cluster.name} runs ${String(value).split('/').slice(1).join('/').split('@')[0]} with a digest of zeros: no release has been pushed`,
            path: spot(item, path),
            remedy: 'Build and push the images, then put their digests into model/release.ts',
          }),
        ),
    ),
};
