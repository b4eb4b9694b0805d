/** What people on call may do in a cluster, as RBAC and admission policies say it. */
import { onCallObjects } from '../../../platform/flip/on-call';
import { primaryRegionFields } from '../../../spec/claims';
import type { Json } from '../../charts/_model';

const objects: Json[] = Object.values(onCallObjects({ estate: 'storefront', teams: ['shop'] }));
const ofKind = (kind: string) => objects.filter((one) => one.kind === kind);

test('S3-30: on call may change the one regional claim, and have Argo CD look at its application', () => {
  const changes = ofKind('Role').flatMap(({ metadata, rules }) =>
    rules.map(({ resources, resourceNames, verbs }: Json) => [
      metadata.namespace,
      resources,
      resourceNames,
      verbs,
    ]),
  );
  expect(changes).toEqual([
    ['flipside-system', ['primaryregions'], ['storefront'], ['patch']],
    ['argocd', ['applications'], ['primary-region'], ['patch']],
  ]);
});

test('S3-30, X-35: everything else is looked at, without secrets and without a shell', () => {
  const rules: Json[] = ofKind('ClusterRole').flatMap((role) => role.rules);
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
  expect(rules.flatMap(({ apiGroups }) => apiGroups)).toEqual(['platform.flipside.dev', 'argoproj.io']);
  const seen = ofKind('RoleBinding').filter(({ roleRef }) => roleRef.kind === 'ClusterRole');
  expect(seen.map(({ metadata }) => metadata.namespace)).toEqual(['flipside-system', 'argocd', 'shop']);
});

test('every binding is the group’s, to a role that is there', () => {
  expect(ofKind('ClusterRoleBinding')).toEqual([]);
  const bindings = ofKind('RoleBinding');
  expect(bindings).toHaveLength(5);
  for (const { metadata, roleRef, subjects } of bindings) {
    expect(subjects).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'flipside:on-call' },
    ]);
    const roles = ofKind(roleRef.kind).filter(
      (role) => role.kind === 'ClusterRole' || role.metadata.namespace === metadata.namespace,
    );
    expect(roles.map((role) => role.metadata.name)).toEqual([roleRef.name]);
  }
});

test('S4-131, X-39: of the claim, on call changes what a flip past Git writes, and no other field there is', () => {
  const [policy] = ofKind('ValidatingAdmissionPolicy');
  const kept = [...policy.spec.validations[0].expression.matchAll(/object\.spec\.\?(\w+) ==/g)].map(
    ([, field]) => field,
  );
  expect(kept.toSorted()).toEqual(
    [...primaryRegionFields, 'crossplane']
      .filter((field) => field !== 'override' && field !== 'dryRun')
      .toSorted(),
  );
});

test('a policy denies, and looks at nobody but the group', () => {
  const policies = ofKind('ValidatingAdmissionPolicy');
  const bound = ofKind('ValidatingAdmissionPolicyBinding').map(({ spec }) => [
    spec.policyName,
    spec.validationActions,
  ]);
  expect(bound).toEqual(policies.map(({ metadata }) => [metadata.name, ['Deny']]));
  for (const { spec } of policies) {
    expect(spec.matchConditions[0].expression).toContain('flipside:on-call');
    expect(spec.failurePolicy).toBe('Fail');
  }
});
