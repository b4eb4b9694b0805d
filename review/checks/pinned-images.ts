/** Images are named by digest, packages of providers by exact version: neither can change under its name. */
import type { Check } from '../check';
import { everyOf, spot, textsOf } from './_read';

const IMAGE = /(^|\.)image$/;
const DIGEST = /@sha256:[0-9a-f]{64}$/;
const PINNED = /@sha256:[0-9a-f]{64}$|:v\d+\.\d+\.\d+$/;

/** What was reviewed is what runs, in both regions and after every restart. */
export const pinnedImages: Check = {
  id: 'pinned-images',
  title: 'Every image is pinned',
  severity: 'error',
  reference: 'C-17, X-22: a tag can move, a digest cannot',
  run: (estate, report) =>
    everyOf(estate.clusters).flatMap((item) =>
      textsOf(item.object)
        .filter(([path, value]) => isLoose(path, String(value)))
        .map(([path, value]) =>
          report({
            message: `${item.object.kind} runs "${value}", which can change under its name, expected a digest`,
            path: spot(item, path),
            remedy: 'Name the image as <name>@sha256:<digest>',
          }),
        ),
    ),
};

const isLoose = (path: string, value: string): boolean =>
  (IMAGE.test(path) && !DIGEST.test(value)) ||
  (/(^|\.)package$/.test(path) && !PINNED.test(value)) ||
  value.endsWith(':latest');
