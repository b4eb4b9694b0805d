/** Composes a `Cache`: what exists in this region, what is waited for, and how an application finds it. */
import type { Cache } from '../../../spec/claims/cache';
import { there } from '../../../spec/placement';
import type { Composed, Compose } from '../../kind';
import { withReadiness } from '../../managed';
import { type CachePlan, planOf } from './plan';
import type { CacheSeen } from './seen';
import { manifestsOf, seenIn } from './upjet';

/** One claim in one region. */
export const composeCache: Compose<Cache> = (claim, observed, placement) => {
  const plan = planOf(claim, placement);
  const seen = seenIn(observed);
  const resources = withReadiness(manifestsOf(plan, seen, observed), observed);
  return {
    resources,
    status: { ...statusOf(plan, seen), reason: reasonOf(plan, seen, resources) },
    conditions: [],
  };
};

const statusOf = (plan: CachePlan, seen: CacheSeen) => ({
  group: plan.name,
  globalGroup: plan.global?.id ?? '',
  region: plan.place.region,
  primary: primaryOf(plan, seen),
  endpoint: seen.host ?? '',
  secret: plan.token.secret,
});

/** Region whose group takes writes. A group on its own always does; empty while AWS has not said. */
function primaryOf({ global, name, place, placement }: CachePlan, { globalPrimary }: CacheSeen): string {
  if (!global) return place.region;
  if (!globalPrimary) return '';
  return globalPrimary === name ? place.region : (there(placement)?.region ?? '');
}

/** The first thing that is waited for, in the order in which things come to be. */
function reasonOf(plan: CachePlan, seen: CacheSeen, resources: Readonly<Record<string, Composed>>): string {
  if (plan.adopted && !seen.found) return `waiting for replication group ${plan.name} to be found`;
  if (!resources['group']) return `waiting for ${plan.placement.position === 'peer' ? 'home' : 'secret'}`;
  const missing = Object.keys(resources).find((key) => !resources[key]?.ready);
  if (missing) return `waiting for ${AWAITED[missing] ?? missing}`;
  return resources['connection'] ? '' : 'waiting for the endpoint';
}

const AWAITED: Readonly<Record<string, string>> = {
  'subnet-group': 'the subnet group',
  'parameter-group': 'the parameter group',
  group: 'the replication group',
  'global-group': 'the global datastore',
  secret: 'secret',
  'secret-value': 'secret',
  token: 'secret',
  connection: 'the connection data',
};
