import { factsOf } from '../../model/place';
import { type Change, clusterOf, HOME, type Json, model, only, PEER, rendered } from './_model';

const nodes = (change: Change = {}, cluster = HOME) => rendered(model(change), cluster, 'nodes');

const requirement = (pool: Json, key: string): string[] =>
  pool.spec.template.spec.requirements.find((one: Json) => one.key === key).values;

test('S0-25, S1-14, S2-32, S4-16 nodes stand in the application subnets only, without public addresses', () => {
  const { spec } = only(nodes(), 'NodeClass');
  const { subnets } = factsOf(clusterOf(model(), HOME));
  expect(spec.subnetSelectorTerms).toEqual(subnets.application.map((id) => ({ id })));
  expect(spec.advancedNetworking).toEqual({ associatePublicIPAddress: false });
  expect(spec.securityGroupSelectorTerms).toEqual([{ id: 'sg-00000000000000021' }]);
});

test('S1-20 nodes have a role of their own', () => {
  expect(only(nodes(), 'NodeClass').spec.role).toBe('prod-us-east-1-node');
});

test("S1-53, C-16 disks are under the region's own key", () => {
  expect(only(nodes({}, PEER), 'NodeClass').spec.ephemeralStorage.kmsKeyID).toBe(
    'arn:aws:kms:eu-west-1:111111111111:key/mrk-0001',
  );
});

test('S4-20, X-35 no image is chosen by hand: Auto Mode keeps a current one', () => {
  expect(JSON.stringify(nodes())).not.toMatch(/ami|al2/i);
});

test('S3-14 the standby is told apart on its instances', () => {
  const change = { estate: { pattern: 'warm-standby' } };
  expect(only(nodes(change, PEER), 'NodeClass').spec.tags.Environment).toBe('dr-standby');
  expect(only(nodes(change, HOME), 'NodeClass').spec.tags.Environment).toBe('prod');
  const pool = only(nodes(change, PEER), 'NodePool', 'on-demand');
  expect(pool.spec.template.metadata.labels).toEqual({ Environment: 'dr-standby' });
});

test('S1-26, S4-113 pools on demand and on spot; spot keeps everybody out who does not ask for it', () => {
  const [onDemand, spot] = ['on-demand', 'spot'].map((name) => only(nodes(), 'NodePool', name));
  expect(requirement(onDemand, 'karpenter.sh/capacity-type')).toEqual(['on-demand']);
  expect(requirement(spot, 'karpenter.sh/capacity-type')).toEqual(['spot']);
  expect(spot.spec.template.spec.taints).toEqual([{ key: 'flipside.dev/spot', effect: 'NoSchedule' }]);
  expect(onDemand.spec.template.spec.taints).toBeUndefined();
});

test('S0-06, C-11 the pool on demand has room for the peak of every service', () => {
  const { limits } = only(nodes({ services: [{}, { name: 'web' }] }), 'NodePool', 'on-demand').spec;
  // 2 services of 40 pods and 10 more, 500m and 1Gi each.
  expect(Number(limits.cpu)).toBeGreaterThanOrEqual(50);
  expect(Number.parseInt(limits.memory, 10)).toBeGreaterThanOrEqual(100);
});

const replicas = (objects: Json[]) =>
  objects
    .filter(({ kind, metadata }) => kind === 'NodePool' && metadata.name.startsWith('static-'))
    .map(({ spec }) => spec.replicas);

interface Case {
  readonly reason: string;
  readonly change: Change;
  readonly cluster: string;
  readonly replicas: number[];
}

const cases: Record<string, Case> = {
  'S3-15, C-11 floors of 4': {
    reason: 'two pods in each of two zones that survive: one node each',
    change: {},
    cluster: HOME,
    replicas: [1, 1, 1],
  },
  'S3-15 pods that share no node': {
    reason: 'two pods of 2 CPUs do not fit on a node of 4, whatever their sum',
    change: { services: [{ resources: { cpu: '2000m', memory: '1Gi' } }] },
    cluster: HOME,
    replicas: [2, 2, 2],
  },
  'S3-15 a standby with a floor of 2': {
    reason: 'one pod in each surviving zone',
    change: { services: [{ scale: { min: 4, max: 40, cpu: '70%', peer: { min: 2 } } }] },
    cluster: PEER,
    replicas: [1, 1, 1],
  },
  'S2-20, X-28 a standby with a floor of 0': {
    reason: 'no pod, no node',
    change: { services: [{ scale: { min: 2, max: 10, cpu: '50%', peer: { min: 0 } } }] },
    cluster: PEER,
    replicas: [0, 0, 0],
  },
  'services that are not critical': {
    reason: 'they may wait for a node',
    change: { services: [{ critical: false }] },
    cluster: HOME,
    replicas: [0, 0, 0],
  },
  'a smaller environment': {
    reason: 'it promises nothing',
    change: { estate: { environments: { dev: { account: '222222222222', cidr: '10.2.0.0/16', zones: 1 } } } },
    cluster: 'dev-us-east-1',
    replicas: [0],
  },
};

test.each(Object.entries(cases))('%s: nodes in each zone', (_, one) => {
  expect(replicas(nodes(one.change, one.cluster))).toEqual(one.replicas);
});

test('S0-28, C-02 every zone has its own static pool, with room to replace a node', () => {
  const pools = nodes().filter(({ metadata }) => metadata.name.startsWith('static-'));
  expect(pools.map((pool) => requirement(pool, 'topology.kubernetes.io/zone'))).toEqual([
    ['us-east-1a'],
    ['us-east-1b'],
    ['us-east-1c'],
  ]);
  for (const { spec } of pools) {
    expect(Number(spec.limits.nodes)).toBeGreaterThan(spec.replicas);
    expect(Object.keys(spec.limits)).toEqual(['nodes']);
    expect(spec.weight).toBeUndefined();
  }
});

test('a service larger than any node is refused', () => {
  const services = [{ resources: { cpu: '64000m', memory: '1Gi' } }];
  expect(() => nodes({ services })).toThrow('Cannot place every pod');
});

test('S4-134, X-35 a node lives at most 21 days, its last hours included, and no patch comes while people work', () => {
  const pools = nodes().filter(({ kind }) => kind === 'NodePool');
  for (const { spec } of pools) {
    const { expireAfter, terminationGracePeriod } = spec.template.spec;
    expect(
      Number.parseInt(expireAfter, 10) + Number.parseInt(terminationGracePeriod, 10),
    ).toBeLessThanOrEqual(21 * 24);
    expect(spec.disruption.budgets).toContainEqual({
      nodes: '0',
      schedule: '0 7 * * mon-fri',
      duration: '14h',
      reasons: ['Drifted'],
    });
  }
});

test('critical services push others off full nodes', () => {
  expect(only(nodes(), 'PriorityClass')).toMatchObject({
    metadata: { name: 'flipside-critical' },
    value: 1_000_000,
  });
});

test('S4-56 network policies are switched on in the cluster and on its nodes', () => {
  expect(only(nodes(), 'ConfigMap')).toMatchObject({
    metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' },
    data: { 'enable-network-policy-controller': 'true' },
  });
  expect(only(nodes(), 'NodeClass').spec.networkPolicy).toBe('DefaultAllow');
});
