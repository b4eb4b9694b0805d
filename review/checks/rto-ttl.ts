import { recoveryOf } from '../numbers/_recovery';
import type { Check } from '../check';

/** An alias of a load balancer has AWS's own TTL, whatever the estate says. */
export const rtoTtl: Check = {
  id: 'rto-ttl',
  title: 'Names change as fast as the estate says',
  severity: 'warning',
  reference: 'C-08; https://aws.amazon.com/route53/faqs/ (2026-11)',
  run: (estate, report) => {
    const { ttl } = recoveryOf(estate);
    const { name, traffic } = estate.input.estate;
    if (!ttl || ttl.seconds <= traffic.ttl) return [];
    const why = ttl.fixed ? `${ttl.source} is an alias, which AWS keeps for` : `${ttl.source} has`;
    return [
      report({
        message: `Cannot move names within ${traffic.ttl} s: ${why} ${ttl.seconds} s`,
        path: `estates/${name}/estate.yaml#traffic.ttl`,
        remedy: `Set traffic.ttl: ${ttl.seconds}s, which is what holds`,
      }),
    ];
  },
};
