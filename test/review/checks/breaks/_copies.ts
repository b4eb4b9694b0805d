/** What is there more than once. */
import { drop, edit, replace, set, unset, withTemplate } from '../_mutate';
import { type Break, ALL, beacon, containers, DATABASES, forProvider, row, services, STORES } from './_row';

/** Each row breaks one thing. */
export const copies: readonly Break[] = [
  row(
    'no-single-zone',
    'pods bound to a zone',
    ALL,
    edit(
      'Deployment',
      (object, { region }) =>
        set(object, 'spec.template.spec.nodeSelector', { 'topology.kubernetes.io/zone': `${region}a` }),
      services,
    ),
  ),
  row(
    'no-single-zone',
    'one subnet for a store',
    STORES,
    edit('elasticache/SubnetGroup', forProvider('subnetIds', ['subnet-1'])),
  ),
  row(
    'no-single-zone',
    'all instances in one zone',
    DATABASES,
    edit('rds/ClusterInstance', (object, { region }) =>
      set(object, 'spec.forProvider.availabilityZone', `${region}a`),
    ),
  ),
  row(
    'no-single-zone',
    'one NAT gateway',
    ALL,
    withTemplate({ Nat: { Type: 'AWS::EC2::NatGateway' } }, 'prod-nat'),
  ),
  row(
    'two-copies',
    'one beacon',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.replicas', 1), beacon),
  ),
  row('two-copies', 'one instance', DATABASES, drop('rds/ClusterInstance', { name: /^instance-1$/ })),
  row(
    'two-copies',
    'a cache without a replica',
    STORES,
    edit('elasticache/ReplicationGroup', forProvider('replicasPerNodeGroup', 0)),
  ),
  row(
    'two-copies',
    'a load balancer in one zone',
    ALL,
    withTemplate({
      Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: ['subnet-1'] } },
    }),
  ),
  row(
    'disruption-budgets',
    'a budget of other pods',
    ALL,
    edit('PodDisruptionBudget', (object) => set(object, 'spec.selector.matchLabels', { app: 'another' })),
  ),
  row(
    'zone-spread',
    'pods as they fall',
    ALL,
    edit('Deployment', (object) => unset(object, 'spec.template.spec.topologySpreadConstraints')),
  ),
  row(
    'pinned-images',
    'a tag',
    ALL,
    edit('Deployment', (object) => replace(object, `${containers}.0.image`, /@sha256.*/, ':1.2'), services),
  ),
  row(
    'pinned-images',
    'latest',
    ALL,
    edit('Provider', (object) => replace(object, 'spec.package', /:v[\d.]+$/, ':latest')),
  ),
  row(
    'released-images',
    'a digest of zeros',
    ALL,
    edit(
      'Deployment',
      (object) => replace(object, `${containers}.0.image`, /[0-9a-f]{64}$/, '0'.repeat(64)),
      services,
    ),
  ),
  row(
    'autoscaler-owns-replicas',
    'replicas beside an autoscaler',
    ALL,
    edit('Deployment', (object) => set(object, 'spec.replicas', 3), services),
  ),
];
