/** A project permits what its applications hold and nothing that would let one of them reach further. */
import type { Manifest } from '../../../platform/kind';
import type { Json } from '../applications';
import { applicationOf, deliveries, find, permits } from './_deliveries';

const projectFor = (one: (typeof deliveries)[number][1], application: string): Json =>
  find(one.argocd, 'AppProject', applicationOf(one, application).spec.project);

const object = (apiVersion: string, kind: string, namespace?: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { name: 'planted', ...(namespace && { namespace }) },
});

const regionalClaim = object('platform.flipside.dev/v1', 'PrimaryRegion', 'flipside-system');

describe.each(deliveries)('%s', (_name, one) => {
  const { applications, model } = one;

  test('every object is permitted by the project of its application', () => {
    const refused = applications.flatMap(({ name, objects }) =>
      objects.filter((held) => !permits(projectFor(one, name), held)).map(({ kind }) => `${name}: ${kind}`),
    );
    expect(refused).toEqual([]);
  });

  test('every application stands in a namespace of its project', () => {
    for (const { name } of applications) {
      const { namespace } = applicationOf(one, name).spec.destination;
      expect(projectFor(one, name).spec.destinations).toContainEqual({
        server: 'https://kubernetes.default.svc',
        namespace,
      });
    }
  });

  test('every project takes one repository and gives nobody a role', () => {
    const projects = [...one.argocd, ...one.root].filter(({ kind }) => kind === 'AppProject');
    for (const { metadata, spec } of projects) {
      const sources = metadata.name === 'default' ? [] : [model.estate.delivery.repository];
      expect(spec.sourceRepos).toEqual(sources);
      expect(spec.roles).toBeUndefined();
      expect(JSON.stringify(spec.destinations)).not.toContain('*');
    }
  });

  test('the regional claim belongs to no team', () => {
    const able = one.argocd.filter((held) => held.kind === 'AppProject' && permits(held, regionalClaim));
    const expected = applications.some(({ name }) => name === 'primary-region') ? ['platform'] : [];
    expect(able.map(({ metadata }) => metadata.name)).toEqual(expected);
  });

  test('the root delivers applications and projects, and is not among them', () => {
    const own = find(one.root, 'AppProject', 'root');
    expect(one.argocd.filter((held) => !permits(own, held))).toEqual([]);
    const names = one.argocd.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).not.toContain('Application root');
    expect(names.filter((name) => /^AppProject (root|default)$/.test(name))).toEqual([]);
    expect(permits(own, object('v1', 'ConfigMap', 'argocd'))).toBe(false);
  });

  test('the project that Argo CD would open to everything is closed', () => {
    const closed = find(one.root, 'AppProject', 'default');
    for (const { objects } of applications)
      expect(objects.filter((held) => permits(closed, held))).toEqual([]);
  });
});

const forbidden: Record<string, { planted: Manifest; reason: string }> = {
  'the regional claim': {
    planted: object('platform.flipside.dev/v1', 'PrimaryRegion', 'shop'),
    reason: 'a flip is not a team’s',
  },
  'a role': { planted: object('rbac.authorization.k8s.io/v1', 'Role', 'shop'), reason: 'rights are given' },
  'a role binding': {
    planted: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'shop'),
    reason: 'rights are given',
  },
  'a cluster role': {
    planted: object('rbac.authorization.k8s.io/v1', 'ClusterRole'),
    reason: 'rights are given',
  },
  'a quota': { planted: object('v1', 'ResourceQuota', 'shop'), reason: 'the peak is the platform’s promise' },
  'limits of containers': { planted: object('v1', 'LimitRange', 'shop'), reason: 'given with the namespace' },
  'a namespace': { planted: object('v1', 'Namespace'), reason: 'teams are made by the platform' },
  'a secret': { planted: object('v1', 'Secret', 'shop'), reason: 'no secret is in Git' },
  'a managed resource': {
    planted: object('rds.aws.m.upbound.io/v1beta1', 'Cluster', 'shop'),
    reason: 'it would pass by the rules of the claim',
  },
  'a pod by itself': { planted: object('v1', 'Pod', 'shop'), reason: 'nothing keeps it running' },
  'an application': {
    planted: object('argoproj.io/v1alpha1', 'Application', 'argocd'),
    reason: 'it names any project',
  },
  'a workload of the platform': {
    planted: object('apps/v1', 'Deployment', 'flipside-system'),
    reason: 'it would run beside the flip',
  },
  'a workload of another team': {
    planted: object('apps/v1', 'Deployment', 'pay'),
    reason: 'each has its own namespace',
  },
  'a definition': {
    planted: object('apiextensions.crossplane.io/v2', 'CompositeResourceDefinition'),
    reason: 'claims of every team hang on it',
  },
};

test.each(Object.entries(forbidden))('a team cannot deliver %s', (_what, { planted }) => {
  const projects = deliveries.flatMap(([, { argocd }]) =>
    argocd.filter(({ kind, metadata }) => kind === 'AppProject' && metadata.name === 'team-shop'),
  );
  expect(projects.length).toBeGreaterThan(0);
  expect(projects.filter((one) => permits(one, planted))).toEqual([]);
  expect(projects.every((one) => permits(one, object('apps/v1', 'Deployment', 'shop')))).toBe(true);
});

test.each([
  ['a secret', object('v1', 'Secret', 'flipside-system')],
  ['rights over the whole cluster', object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding')],
  ['a webhook', object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration')],
  ['an application', object('argoproj.io/v1alpha1', 'Application', 'argocd')],
])('not even the platform delivers %s', (_what, planted) => {
  for (const [, { argocd }] of deliveries) {
    expect(permits(find(argocd, 'AppProject', 'platform'), planted)).toBe(false);
  }
});
