/** Names that move in a failover are cached for a minute at most. */
import type { Check } from '../check';
import { composedOf, estateSpot, numberAt, prodOf, spot, wanted } from './_read';

/** Seconds. https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-dns.html (2026-08) */
const LONGEST = 60;

/** Clients keep the address of the lost region for as long as the TTL. */
export const shortTtl: Check = {
  id: 'short-ttl',
  title: 'Names that move are cached for a minute at most',
  severity: 'error',
  reference: 'failure "stale DNS"; AWS advises 60 seconds or less',
  run: (estate, report) => [
    ...(estate.input.estate.traffic.ttl > LONGEST
      ? [
          report({
            message: `The TTL is ${estate.input.estate.traffic.ttl} s, expected at most ${LONGEST} s`,
            path: estateSpot(estate, 'traffic.ttl'),
            remedy: `Set ttl: ${LONGEST}s`,
          }),
        ]
      : []),
    ...composedOf(prodOf(estate), 'route53/Record')
      .filter((item) => 'setIdentifier' in wanted(item) && numberAt(wanted(item), 'ttl') > LONGEST)
      .map((item) =>
        report({
          message: `The record of ${String(wanted(item)['name'])} has a TTL of ${numberAt(wanted(item), 'ttl')} s, expected at most ${LONGEST} s`,
          path: spot(item, 'spec.forProvider.ttl'),
          remedy: 'Use an alias, or shorten it',
        }),
      ),
  ],
};
