/**
 * Composes a `Site`: names, health checks, certificates, and the edge in front of the load balancers.
 *
 * Everything stands before it is needed and nothing is edited in a failover: only health changes. No field depends
 * on where the writers are; the beacon of the peer region is asked by Route 53, not by this code.
 *
 * Failover routing. The home record is PRIMARY with the check "home entry is healthy and the peer's beacon does not
 * say 200"; the peer record is SECONDARY with the check of its entry. When neither is healthy Route 53 answers with
 * the PRIMARY one.
 *
 * | home entry | peer entry | peer beacon 200 | answer | why                                                      |
 * |------------|------------|-----------------|--------|----------------------------------------------------------|
 * | up         | any        | no              | home   | before a flip, and after the failback                    |
 * | up         | up         | yes             | peer   | the peer has taken over; home's own beacon has no say    |
 * | up         | down       | yes             | home   | the peer's pods died, its beacon not: last resort        |
 * | down       | up         | any             | peer   | readers move at once, writes wait for the flip           |
 * | down       | down       | any             | home   | last resort                                              |
 *
 * A peer region that dies after it took over answers nothing: no 200, so the traffic returns home. A home region cut
 * off from its peer and from Git may keep a stale beacon; as only the peer's beacon is asked, that changes nothing.
 *
 * Latency and weighted routing. Each region's record has the check of its own entry; with none healthy Route 53
 * answers as if all were. A flip moves the writer, not these users.
 *
 * Accelerator. It holds a load balancer for healthy while each target group has a healthy target, and sends every
 * user to the nearest healthy one; with none it fails open. Its own checks do not apply to load balancers.
 * - Latency routing: the names lead to the accelerator, which alone decides.
 * - Failover routing: in such an estate the beacon's target group is checked on `/primary`, so a load balancer is
 *   healthy only where its beacon sees the writers: the signal that the records obey too. The names lead to the
 *   accelerator only while both must agree: the home entry is healthy, home's beacon says 200 and the peer's does
 *   not. Else they lead past it, to `direct.<zone>`, which follows the table above. So the accelerator moves users
 *   without waiting for DNS, and what it gets wrong ends with the records: users near a cut-off home region whose
 *   stale beacon it believes, or, with no healthy region, users near a dead one.
 *
 * Two values to know when a check is handled by hand: a new or disabled check counts as healthy, and an inverted one
 * therefore as unhealthy. So to disable the check of the peer's beacon sends all traffic to the peer.
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html,
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html,
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html (2026-11)
 */
import type { Site } from '../../../spec/claims/site';
import type { Placement } from '../../../spec/placement';
import type { Compose, Composed, Observed } from '../../kind';
import { withReadiness } from '../../managed';
import { isIssued } from './certificates';
import { ownEntryOf, planOf, type SitePlan } from './plan';
import { addressesOf, spell } from './upjet';

/** Composes a site in one region. */
export const compose: Compose<Site> = (site, observed, placement) => {
  const plan = planOf(site, placement);
  const { manifests, waiting } = spell(plan, observed);
  const resources = signed(withReadiness(manifests, observed), plan, observed);
  return {
    resources,
    status: {
      hosts: plan.hosts,
      routing: placement.peer ? placement.traffic.routing : 'single',
      entry: ownEntryOf(placement),
      ...addressesOf(plan, observed),
      reason: waiting[0] ?? pending(resources, plan, placement),
    },
    conditions: [],
  };
};

/** A certificate exists long before it is signed, so its readiness is the signature. */
function signed(
  resources: Readonly<Record<string, Composed>>,
  plan: SitePlan,
  observed: Observed,
): Record<string, Composed> {
  const unsigned = new Set(plan.certificates.map(({ key }) => key).filter((key) => !isIssued(observed, key)));
  return Object.fromEntries(
    Object.entries(resources).map(([key, composed]) => [
      key,
      { ...composed, ready: composed.ready && !unsigned.has(key) },
    ]),
  );
}

/** The peer's certificate is signed once home has written the proof into the zone. */
function pending(
  resources: Readonly<Record<string, Composed>>,
  plan: SitePlan,
  { position }: Placement,
): string {
  const late = Object.keys(resources).find((key) => !resources[key]?.ready);
  if (!late) return '';
  if (!plan.certificates.some(({ key }) => key === late)) return `waiting for ${late}`;
  return position === 'peer' ? 'waiting for home' : 'waiting for certificate';
}
