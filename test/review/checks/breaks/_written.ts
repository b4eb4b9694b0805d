/** What people wrote. */
import { list, set, wrote } from '../_mutate';
import { type Break, ALL, DATABASES, row } from './_row';

/** Each row breaks one thing. X-36, and then X-40, are the last assumptions of the estates that list them. */
export const written: readonly Break[] = [
  row(
    'regional-login-state',
    'logins in one region',
    ['warm-standby'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Cache'),
        'spec.scope',
        'regional',
      ),
    ),
  ),
  row(
    'regional-login-state',
    'logins in a regional cache',
    ['global-tables'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Cache'),
        'spec.purpose',
        'sessions',
      ),
    ),
  ),
  row(
    'pattern-matches',
    'the routing of another pattern',
    ALL,
    wrote(({ estate }) =>
      set(estate, 'traffic.routing', estate.pattern === 'active-active' ? 'failover' : 'latency'),
    ),
  ),
  row(
    'pattern-matches',
    'no copy of a bucket',
    ['storefront', 'warm-standby'],
    wrote(({ claims }) =>
      set(
        claims.find(({ kind }) => kind === 'Bucket'),
        'spec.replication',
        'none',
      ),
    ),
  ),
  row(
    'departures',
    'another assumption',
    ALL,
    wrote(({ estate }) => list(estate, 'assumptions').push({ id: 'S9-99', value: 'x', reason: 'y' })),
  ),
  row(
    'data-residency',
    'no legal basis that is named',
    ['capstone', 'storefront'],
    wrote(({ estate }) => list(estate, 'assumptions').pop()),
  ),
  row(
    'plain-http-hops',
    'HTTP inside that nobody lists',
    ['global-tables', 'pilot-light', 'warm-standby'],
    wrote(({ estate }) => list(estate, 'assumptions').pop()),
  ),
  row(
    'unlisted-departures',
    'a longer RTO',
    ['global-tables', 'storefront', 'warm-standby'],
    wrote(({ estate }) => set(estate, 'objectives.rto', 3600)),
  ),
  row(
    'unlisted-departures',
    'fewer pods',
    ['capstone'],
    wrote(({ services: [first] }) => set(first, 'scale.max', 3)),
  ),
  row(
    'unlisted-departures',
    'another target',
    ['pilot-light'],
    wrote(({ services: [first] }) => set(first, 'scale.cpu', 90)),
  ),
  row(
    'trigger-accepts-loss',
    'a trigger that may do nothing',
    DATABASES,
    wrote(({ primaryRegion }) => set(primaryRegion, 'spec.trigger.automatic', true)),
  ),
  row(
    'known-facts',
    'facts from the drawing board',
    ALL,
    wrote(({ facts }) => {
      set(facts, 'prod-xx-east-1', { ...Object.values(facts)[0], placeholder: true });
    }),
  ),
];
