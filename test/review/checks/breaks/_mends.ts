/** What mends a warning that a committed estate has on purpose: the check must fall silent. */
import { both, edit, replace, set, wrote } from '../_mutate';
import { type Break, ALL, beacon, containers, row } from './_row';

/** Each row mends one thing. */
export const MENDS: readonly Break[] = [
  row(
    'known-facts',
    'facts from AWS',
    ALL,
    wrote(({ facts }) => Object.values(facts).forEach((one) => set(one, 'placeholder', false))),
  ),
  row(
    'released-images',
    'images of a release',
    ALL,
    both(
      edit(
        'Deployment',
        (object) => replace(object, `${containers}.0.image`, /0{64}$/, 'a'.repeat(64)),
        beacon,
      ),
      edit('Function', (object) => replace(object, 'spec.package', /0{64}$/, 'a'.repeat(64))),
    ),
  ),
  row(
    'regional-login-state',
    'logins that are copied',
    ['capstone', 'storefront'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Cache'),
        'spec.scope',
        'global',
      ),
    ),
  ),
];
