/** What steers and delivers a flip. */
import { at, textAt } from '../../../../review/checks/_read';
import { dropApplications, edit, set, unset, wrote } from '../_mutate';
import { type Break, ALL, DATABASES, ELSEWHERE, FAILOVER, forProvider, row } from './_row';

/** Each row breaks one thing. */
export const plan: readonly Break[] = [
  row(
    'one-manager',
    'a peer that manages the global database',
    DATABASES,
    edit(
      'rds/GlobalCluster',
      (object) => {
        set(object, 'spec.managementPolicies', ['Observe', 'Create', 'Update']);
        set(object, 'spec.forProvider.deletionProtection', true);
      },
      { position: 'peer' },
    ),
  ),
  row(
    'flip-plan',
    'a plan without floors',
    ALL,
    edit('Composition', (object) => set(object, 'spec.pipeline.0.input.flip.floors', []), {
      name: /^primaryregions/,
    }),
  ),
  row(
    'flip-plan',
    'a plan without stores',
    DATABASES,
    edit('Composition', (object) => set(object, 'spec.pipeline.0.input.flip.stores', []), {
      name: /^primaryregions/,
    }),
  ),
  row(
    'flip-plan',
    'a plan for another region',
    ALL,
    edit('Composition', (object) => set(object, 'spec.pipeline.0.input.flip.region', ELSEWHERE), {
      name: /^primaryregions/,
    }),
  ),
  row(
    'fixed-traffic',
    'the peer as PRIMARY',
    FAILOVER,
    edit(
      'route53/Record',
      (object, _cluster, { input }) => {
        const { home, peer } = input.estate.regions;
        const isHome = textAt(object, 'spec.forProvider.setIdentifier') === home.name;
        set(object, 'spec.forProvider.setIdentifier', isHome ? peer.name : home.name);
      },
      { only: (object) => at(object, 'spec.forProvider.failoverRoutingPolicy') !== undefined },
    ),
  ),
  row(
    'fixed-traffic',
    'a dial that is turned',
    ['warm-standby'],
    edit('globalaccelerator/EndpointGroup', forProvider('trafficDialPercentage', 0), { name: /peer/ }),
  ),
  row(
    'one-primary-region',
    'another epoch',
    ALL,
    edit('PrimaryRegion', (object) => set(object, 'spec.epoch', 7)),
  ),
  row('both-regions', 'an application in one region', ALL, dropApplications(/^crossplane$/, 'peer')),
  row(
    'failover-capacity',
    'a takeover that needs new nodes',
    ALL,
    wrote(({ services: [first] }) => set(first, 'scale.peer.promoted', 400)),
  ),
  row(
    'argo-own-cluster',
    'floors taken back',
    ALL,
    edit('Application', (object) => unset(object, 'spec.ignoreDifferences'), { name: /^(web|order|api)$/ }),
  ),
  row(
    'argo-own-cluster',
    'a cluster elsewhere',
    ALL,
    edit('Application', (object) => set(object, 'spec.destination.server', 'https://10.1.0.1'), {
      name: /^flip$/,
    }),
  ),
  row(
    'argo-own-cluster',
    'the folder of another cluster',
    ALL,
    edit(
      'Application',
      (object) => set(object, 'spec.source.path', 'dist/x/kubernetes/prod-xx-east-1/flip'),
      { name: /^flip$/ },
    ),
  ),
  row('not-checked', 'no Application', ALL, dropApplications(/^(argocd|root)$/)),
];
