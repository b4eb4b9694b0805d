/** Images that are rendered have been built. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { everyOf, textsOf } from './_read';

/** `<registry>/<folder>/<name>@sha256:000…`: what stands in until a release has been pushed. */
const UNRELEASED = /^[^/]+\/([^@]+)@sha256:0{64}$/;

/** Folder of the platform's own programs in the registry. */
const PLATFORM = 'flipside/';

/** A digest of zeros is in no registry, so the pod never starts. */
export const releasedImages: Check = {
  id: 'released-images',
  title: 'Every image has been released',
  severity: 'error',
  reference: 'C-17, S3-24: a digest missing in a registry blocks the deploy',
  run: (estate, report) =>
    [...unreleased(estate)].map(([image, clusters]) =>
      report({
        message: `${[...clusters].join(', ')} run${clusters.size === 1 ? 's' : ''} ${image} with a digest of zeros: no release has been pushed`,
        path: sourceOf(estate, image),
        remedy: 'Build and push the image, then put its digest here',
      }),
    ),
};

/** Clusters by the image that none of them can pull. */
function unreleased({ clusters }: RenderedEstate): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { object, cluster } of everyOf(clusters))
    for (const [, value] of textsOf(object)) {
      const image = UNRELEASED.exec(String(value))?.[1];
      if (image) found.set(image, (found.get(image) ?? new Set()).add(cluster.name));
    }
  return found;
}

/** The line that holds the digest. */
function sourceOf({ input }: RenderedEstate, image: string): string {
  const name = image.split('/').at(-1) ?? image;
  return image.startsWith(PLATFORM)
    ? `model/release.ts#${name}`
    : `estates/${input.estate.name}/services/${name}.yaml#image`;
}
