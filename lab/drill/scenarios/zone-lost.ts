/** A zone of the primary region dies with its nodes. */
import type { Kube, KubeObject } from '../../kube';
import { addZone, removeZone, zonesByNode } from '../../nodes';
import type { Scenario, Stage } from '../drill';
import { expectSettled } from '../invariants';
import { timed } from '../observe';

export const zoneLost: Scenario = {
  name: 'zone-lost',
  title:
    'A zone is lost; the scheduler places its pods in the other two, and budgets refuse to evict too many',
  play: async (stage) => {
    const { home, peer, kube, event, expect, figure } = stage;
    const api = await kube(home);
    const [zone = ''] = home.zones;
    const before = await spread(api);
    expect('pods stand in three zones before', before.size === home.zones.length, [...before]);
    await removeZone(api, zone);
    event(`${zone} is lost`);
    const took = await timed('the pods to be elsewhere', async () => {
      const deployments = await api.list('/apis/apps/v1/deployments');
      return deployments.every(isWhole) && !(await spread(api)).has(zone);
    });
    figure('zone lost to all pods ready elsewhere (pods are pretended, the scheduler is real)', took, 'ms');
    const after = await spread(api);
    expect('pods stand in the two other zones', after.size === home.zones.length - 1, [...after]);
    await expectBudgets(stage, await api.list('/apis/policy/v1/poddisruptionbudgets'));
    await addZone(api, home, zone);
    event(`${zone} is back`);
    await expectSettled(stage, home, [home, peer]);
  },
};

const isWhole = ({ spec, status }: KubeObject) => (status?.readyReplicas ?? 0) >= (spec.replicas ?? 1);

/** Zones in which pods are ready. */
async function spread(api: Kube): Promise<Set<string>> {
  const [pods, zones] = await Promise.all([api.list('/api/v1/pods'), zonesByNode(api)]);
  return new Set(pods.flatMap(({ spec }) => zones.get(spec.nodeName) ?? []));
}

/** Evicting every pod of a service at once, as a careless drain would. */
async function expectBudgets(
  { home, kube, expect, figure }: Stage,
  budgets: readonly KubeObject[],
): Promise<void> {
  const api = await kube(home);
  const budget = budgets.find(({ status }) => (status?.currentHealthy ?? 0) > 2);
  if (!budget) return expect('a budget guards a service', false);
  const { namespace, name } = budget.metadata;
  const label = `app.kubernetes.io%2Fname%3D${budget.spec.selector.matchLabels['app.kubernetes.io/name']}`;
  const pods = await api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=${label}`);
  const answers = await Promise.all(
    pods.map(({ metadata }) =>
      api
        .create(`/api/v1/namespaces/${namespace}/pods/${metadata.name}/eviction`, {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: metadata.name, namespace },
        })
        .then(
          () => 'evicted',
          (error: { code?: number }) => (error.code === 429 ? 'refused' : String(error)),
        ),
    ),
  );
  const evicted = answers.filter((answer) => answer === 'evicted').length;
  figure(`pods of ${name} that its budget let go at once, of ${pods.length}`, evicted, 'pods');
  expect('the budget refuses the others', answers.includes('refused'), answers);
}
