/** What exists once in an account has one Crossplane that changes it; the other one looks. */
import type { Check } from '../check';
import { type Located, composedOf, isManaged, kindOf, pairsOf, spot } from './_read';

/** Kinds whose resources belong to no region, or to both. */
const ACCOUNT_WIDE = [
  'cloudfront/Distribution',
  'cloudfront/OriginAccessControl',
  'dynamodb/Table',
  'elasticache/GlobalReplicationGroup',
  'globalaccelerator/Accelerator',
  'globalaccelerator/EndpointGroup',
  'globalaccelerator/Listener',
  'rds/GlobalCluster',
  'route53/HealthCheck',
  'route53/Record',
  's3control/MultiRegionAccessPoint',
] as const;

/** The peer never changes an account-wide resource, so a flip has nothing to hand over. */
export const oneManager: Check = {
  id: 'one-manager',
  title: 'What exists once is managed by home and only observed by the peer',
  severity: 'error',
  reference: 'X-46, design: two controllers on one resource fight',
  run: (estate, report) =>
    pairsOf(estate).flatMap(({ peer }) =>
      composedOf([peer], ...ACCOUNT_WIDE)
        .filter(isManaged)
        .map((item) => report(finding(item))),
    ),
};

const finding = (item: Located) => ({
  message: `${kindOf(item.object)} is managed in the peer region ${item.cluster.region}, expected Observe alone`,
  path: spot(item, 'spec.managementPolicies'),
  remedy: 'Compose it with [Observe] in the peer, or leave it out there',
});
