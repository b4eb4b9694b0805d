/** Writes never rely on the failover of an origin group. */
import type { Check } from '../check';
import { type Located, composedOf, leavesOf, listAt, mapAt, prodOf, spot, textAt, wanted } from './_read';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html (2026-08) */
const FAILS_OVER: ReadonlySet<unknown> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** CloudFront fails over GET, HEAD and OPTIONS; a POST to a lost origin is an error. */
export const writesNotByOriginGroup: Check = {
  id: 'writes-not-by-origin-group',
  title: 'Writes never rely on the failover of an origin group',
  severity: 'error',
  reference: 'S0-14, S4-53, X-03',
  run: (estate, report) =>
    composedOf(prodOf(estate), 'cloudfront/Distribution').flatMap((item) =>
      behavioursOf(item)
        .filter(({ behaviour }) => isGroup(item, textAt(behaviour, 'targetOriginId')))
        .flatMap(({ behaviour, path }) =>
          listAt(behaviour, 'allowedMethods')
            .filter((method) => !FAILS_OVER.has(method))
            .slice(0, 1)
            .map((method) =>
              report({
                message: `${String(method)} goes to the origin group ${textAt(behaviour, 'targetOriginId')}, which fails over only GET, HEAD and OPTIONS`,
                path: spot(item, path),
                remedy: 'Send writes to an origin whose name Route 53 resolves to a region',
              }),
            ),
        ),
    ),
};

const behavioursOf = (item: Located) => [
  {
    behaviour: mapAt(wanted(item), 'defaultCacheBehavior') as unknown,
    path: 'spec.forProvider.defaultCacheBehavior',
  },
  ...listAt(wanted(item), 'orderedCacheBehavior').map((behaviour, index) => ({
    behaviour,
    path: `spec.forProvider.orderedCacheBehavior[${index}]`,
  })),
];

const isGroup = (item: Located, origin: string) =>
  leavesOf(wanted(item)['originGroup']).some(
    ([path, value]) => /^\[\d+\]\.originId$/.test(path) && value === origin,
  );
