/** The settings that bootstrap applies beside Argo CD. */
import { parse } from 'yaml';
import { kinds } from '../../../platform/apis';
import { settings } from '../../../platform/argocd/settings';

const dataOf = (name: string) =>
  (settings().find(({ metadata }) => metadata.name === name)?.['data'] ?? {}) as Record<string, string>;

test('Argo CD finds them: by name, namespace and label', () => {
  const names = settings().map(({ metadata }) => metadata.name);
  expect(names).toEqual(['argocd-cm', 'argocd-cmd-params-cm', 'argocd-rbac-cm']);
  for (const { metadata } of settings()) {
    expect(metadata.namespace).toBe('argocd');
    expect(metadata.labels?.['app.kubernetes.io/part-of']).toBe('argocd');
  }
});

test('objects are known by annotation: labels are copied to what an object owns', () => {
  expect(dataOf('argocd-cm')['application.resourceTrackingMethod']).toBe('annotation');
});

test('every kind that claims compose, and every claim, has a health rule', () => {
  const data = dataOf('argocd-cm');
  const [pattern = ''] = Object.keys(parse(data['resource.customizations'] ?? ''));
  const groups = (/^\{(.*)\}\/\*$/.exec(pattern)?.[1] ?? '').split(',');
  const matches = (group: string) =>
    groups.some((one) => (one.startsWith('*') ? group.endsWith(one.slice(1)) : group === one));
  const composed = kinds.flatMap(({ activates }) => activates).map((name) => name.replace(/^[^.]*\./, ''));
  expect(composed.length).toBeGreaterThan(20);
  expect(
    [...composed, 'platform.flipside.dev', 'pkg.crossplane.io'].filter((group) => !matches(group)),
  ).toEqual([]);
  expect(matches('apps')).toBe(false);
  expect(data['resource.customizations.health.argoproj.io_Application']).toContain('return');
  expect(data['resource.customizations.health.platform.flipside.dev_PrimaryRegion']).toContain('return');
});

test('on-call may look and sync, nobody else anything', () => {
  const data = dataOf('argocd-rbac-cm');
  expect(data['policy.default']).toBe('');
  const policies = (data['policy.csv'] ?? '').split('\n').filter((line) => line.startsWith('p,'));
  expect(policies.every((line) => /^p, role:on-call, (projects|applications), (get|sync), /.test(line))).toBe(
    true,
  );
  expect(dataOf('argocd-cm')['admin.enabled']).toBe('false');
});

test('what is delivered was rendered before: nothing is rendered in the cluster', () => {
  const data = dataOf('argocd-cm');
  expect(['helm', 'jsonnet', 'kustomize'].map((tool) => data[`${tool}.enabled`])).toEqual([
    'false',
    'false',
    'false',
  ]);
});
