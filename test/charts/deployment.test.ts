import { DEREGISTRATION_DELAY, PRE_STOP } from '../../model/drain';
import { catalog, HOME, type Json, model, PEER } from './_model';

const pod = (deployment: Json) => deployment.spec.template.spec;
const app = (deployment: Json) => pod(deployment).containers[0];

test('S0-24, S1-22 container app on the port of the service, called http', () => {
  const { name, ports } = app(catalog(model({ services: [{ port: 8080 }] }), HOME, 'Deployment'));
  expect(name).toBe('app');
  expect(ports).toEqual([{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
});

test('S1-21, C-17 the image comes by digest from the registry of its own account and region', () => {
  const one = model();
  const digest = '0123456789abcdef'.repeat(4);
  expect(app(catalog(one, HOME, 'Deployment')).image).toBe(
    `111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/catalog@sha256:${digest}`,
  );
  expect(app(catalog(one, PEER, 'Deployment')).image).toBe(
    `111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/catalog@sha256:${digest}`,
  );
});

test('S1-18, S4-21 requests as written, memory limited, CPU not', () => {
  expect(app(catalog(model(), HOME, 'Deployment')).resources).toEqual({
    requests: { cpu: '500m', memory: '1Gi' },
    limits: { memory: '1Gi' },
  });
});

const floors: Record<string, { reason: string; scale: object; replicas: number | undefined; floor: string }> =
  {
    'S2-10, C-10 a floor of 4': {
      reason: 'the autoscaler owns the replicas',
      scale: { min: 4, max: 40, cpu: '70%' },
      replicas: undefined,
      floor: '4',
    },
    'S2-20, S2-10 a floor of 0': {
      reason: 'an autoscaler leaves a Deployment of 0 alone',
      scale: { min: 0, max: 20, cpu: '50%' },
      replicas: 0,
      floor: '0',
    },
  };

test.each(Object.entries(floors))('%s', (_, { scale, replicas, floor }) => {
  const deployment = catalog(model({ services: [{ scale: scale as never }] }), HOME, 'Deployment');
  expect(deployment.spec.replicas).toBe(replicas);
  expect(deployment.metadata.annotations['flipside.dev/floor']).toBe(floor);
});

test('C-15 restricted: not root, nothing to write to but /tmp, no rights, no token', () => {
  const deployment = catalog(model(), HOME, 'Deployment');
  expect(pod(deployment)).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    volumes: [{ name: 'tmp', emptyDir: {} }],
  });
  expect(app(deployment).securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('S0-20, S2-06, S4-30 probes: out of the load balancer within 30 s', () => {
  const { startupProbe, readinessProbe, livenessProbe } = app(catalog(model(), HOME, 'Deployment'));
  expect(startupProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
  expect(readinessProbe.httpGet).toEqual({ path: '/ready', port: 'http' });
  expect(livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'http' });
  expect(readinessProbe.periodSeconds * readinessProbe.failureThreshold).toBeLessThan(30);
});

test('S0-20 a pod sleeps until no request comes, and is killed only after the deregistration delay', () => {
  const deployment = catalog(model(), HOME, 'Deployment');
  const { seconds } = app(deployment).lifecycle.preStop.sleep;
  expect(seconds).toBe(PRE_STOP);
  expect(seconds + DEREGISTRATION_DELAY).toBeLessThan(pod(deployment).terminationGracePeriodSeconds);
});

test('a rolling update takes no pod away before its successor is ready', () => {
  expect(catalog(model(), HOME, 'Deployment').spec.strategy.rollingUpdate).toEqual({
    maxSurge: '25%',
    maxUnavailable: 0,
  });
});

test('S0-21, S0-28, S3-11, C-02 each version is spread over the zones; the loss of one stops nothing', () => {
  const [zone, node] = pod(catalog(model(), HOME, 'Deployment')).topologySpreadConstraints;
  expect(zone).toEqual({
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'DoNotSchedule',
    minDomains: 2,
    nodeTaintsPolicy: 'Honor',
    matchLabelKeys: ['pod-template-hash'],
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'catalog' } },
  });
  expect(node).toMatchObject({ topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' });
});

test('X-20 an environment of one zone can be scheduled', () => {
  const dev = { account: '222222222222', cidr: '10.2.0.0/16', zones: 1 };
  const one = model({ estate: { environments: { dev } } });
  expect(pod(catalog(one, 'dev-us-east-1', 'Deployment')).topologySpreadConstraints[0].minDomains).toBe(1);
});

test('S1-26, S4-113 a critical service never lands on spot, another one may', () => {
  const critical = pod(catalog(model(), HOME, 'Deployment'));
  const [term] =
    critical.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  expect(term.matchExpressions).toEqual([
    { key: 'karpenter.sh/capacity-type', operator: 'NotIn', values: ['spot'] },
  ]);
  expect(critical).toMatchObject({ priorityClassName: 'flipside-critical' });
  expect(critical.tolerations).toBeUndefined();
  const other = pod(catalog(model({ services: [{ critical: false }] }), HOME, 'Deployment'));
  expect(other.affinity).toBeUndefined();
  expect(other.tolerations).toEqual([{ key: 'flipside.dev/spot', operator: 'Exists', effect: 'NoSchedule' }]);
});

test('S1-23 connection data comes from the Secret of each claim', () => {
  const one = model({
    services: [{ uses: ['orders', 'user-sessions'] }],
    claims: [
      { kind: 'PostgresDatabase', name: 'orders' },
      { kind: 'Cache', name: 'user-sessions' },
    ],
  });
  expect(app(catalog(one, HOME, 'Deployment')).envFrom).toEqual([
    { prefix: 'ORDERS_', secretRef: { name: 'orders-connection' } },
    { prefix: 'USER_SESSIONS_', secretRef: { name: 'user-sessions-connection' } },
  ]);
});

test('a pod knows where it is, its own settings and whom it calls; no name stands twice', () => {
  const one = model({
    services: [
      { env: { MODE: 'fast', REGION: 'nowhere' }, calls: ['web'] },
      { name: 'web', port: 8080 },
    ],
  });
  const { env } = app(catalog(one, PEER, 'Deployment'));
  const values = Object.fromEntries(env.map(({ name, value }: Json) => [name, value]));
  expect(values).toMatchObject({
    MODE: 'fast',
    REGION: 'eu-west-1',
    ENVIRONMENT: 'prod',
    WEB_URL: 'http://web.shop.svc.cluster.local:8080',
  });
  expect(new Set(env.map(({ name }: Json) => name)).size).toBe(env.length);
});

const standings: Record<string, { reason: string; pattern: string; home: string; peer: string }> = {
  'S3-14 warm-standby': {
    reason: 'the peer waits',
    pattern: 'warm-standby',
    home: 'prod',
    peer: 'dr-standby',
  },
  'S3-14 pilot-light': { reason: 'the peer waits', pattern: 'pilot-light', home: 'prod', peer: 'dr-standby' },
  'S3-14 active-active': { reason: 'both serve', pattern: 'active-active', home: 'prod', peer: 'prod' },
};

test.each(Object.entries(standings))(
  '%s: pods say what their region stands for',
  (_, { pattern, home, peer }) => {
    const one = model({ estate: { pattern } });
    const labelOf = (cluster: string) =>
      catalog(one, cluster, 'Deployment').spec.template.metadata.labels.Environment;
    expect([labelOf(HOME), labelOf(PEER)]).toEqual([home, peer]);
  },
);
