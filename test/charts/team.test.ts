import { HOME, model, only, rendered } from './_model';

const team = (services: NonNullable<Parameters<typeof model>[0]>['services'] = [{}]) =>
  rendered(model({ services }), HOME, 'team-shop');

test('S4-56, C-15 everything is denied in both directions', () => {
  expect(only(team(), 'NetworkPolicy').spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
});

test('C-15 the namespace takes restricted pods only, by the rules of the version the clusters run', () => {
  const { metadata } = only(team(), 'Namespace');
  expect(metadata.labels).toMatchObject({
    'flipside.dev/team': 'shop',
    'flipside.dev/estate': 'shop',
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/enforce-version': 'v1.36',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
  expect(metadata.namespace).toBeUndefined();
});

test('S2-18, S4-30 pods of the namespace are ready only when the load balancer says so', () => {
  expect(only(team(), 'Namespace').metadata.labels['eks.amazonaws.com/pod-readiness-gate-inject']).toBe(
    'enabled',
  );
});

test('the quota is what the services need at their peak, while they roll out', () => {
  const small = { resources: { cpu: '250m', memory: '512Mi' }, scale: { min: 1, max: 3, cpu: '70%' } };
  const { hard } = only(team([{}, { name: 'web', ...small }]), 'ResourceQuota').spec;
  // 40 pods and 10 more of 500m and 1Gi; 3 pods and 1 more of 250m and 512Mi.
  expect(hard).toEqual({
    pods: '54',
    'requests.cpu': '26',
    'requests.memory': '52Gi',
    'limits.memory': '52Gi',
    'services.loadbalancers': '0',
    'services.nodeports': '0',
  });
});

test('containers without requests get small ones', () => {
  const [limit] = only(team(), 'LimitRange').spec.limits;
  expect(limit).toEqual({
    type: 'Container',
    default: { memory: '256Mi' },
    defaultRequest: { cpu: '100m', memory: '256Mi' },
  });
});
