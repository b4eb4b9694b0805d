/** Hops inside a cluster that are not TLS are said. */
import type { Check } from '../check';
import { appliedOf, prodOf, estateSpot, textsOf } from './_read';

/** Requirements under which an estate says that it speaks HTTP inside. */
const LISTED: ReadonlySet<string> = new Set(['X-36', 'S4-55', 'S4-118']);

/** Claims do not say yet which data is of cards, so the whole estate is asked. */
export const plainHttpHops: Check = {
  id: 'plain-http-hops',
  title: 'Plain HTTP inside a cluster is a listed departure',
  severity: 'warning',
  reference:
    'S4-118, X-36: TLS to the pod on the path of card data; HTTP elsewhere only as a listed departure',
  run: (estate, report) => {
    if (estate.input.estate.assumptions.some(({ id }) => LISTED.has(id))) return [];
    const hops = new Set(
      appliedOf(prodOf(estate), 'Deployment').flatMap(({ object }) =>
        textsOf(object).flatMap(([, value]) => /^http:\/\/([^.:/]+)\./.exec(String(value))?.[1] ?? []),
      ),
    );
    const open = estate.input.services.filter(({ name, paths }) => paths.length > 0 || hops.has(name));
    if (open.length === 0) return [];
    return [
      report({
        message: `${open.map(({ name }) => name).join(', ')} answer${open.length === 1 ? 's' : ''} plain HTTP inside the cluster`,
        path: estateSpot(estate, 'assumptions'),
        remedy: 'Serve TLS in the pods that handle card data, and list X-36 with the reason for the others',
      }),
    ];
  },
};
