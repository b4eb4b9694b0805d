/** Load that only the autoscaler can answer. */
import type { Kube } from '../../kube';
import { zonesByNode } from '../../nodes';
import type { Scenario } from '../drill';
import { expectSettled } from '../invariants';
import { timed } from '../observe';

const LOAD = '/api/v1/namespaces/default/configmaps/load';
/** Percent of what each pod requests. */
const HEAVY = '300';

export const load: Scenario = {
  name: 'load',
  title: 'Under load the autoscaler brings a service to its maximum, evenly over three zones',
  play: async (stage) => {
    const { home, peer, kube, event, expect, figure } = stage;
    const api = await kube(home);
    const autoscalers = await api.list('/apis/autoscaling/v2/horizontalpodautoscalers');
    const one = autoscalers.toSorted((a, b) => b.spec.maxReplicas - a.spec.maxReplicas)[0];
    if (!one) throw new Error('the estate has no autoscaler');
    const { namespace, name } = one.metadata;
    const most: number = one.spec.maxReplicas;
    await setLoad(api, { [name]: HEAVY });
    event(`${name} is at ${HEAVY} % of its request`);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
    const took = await timed(`${most} pods of ${name}`, async () => {
      const { status } = await api.get(path);
      return (status?.readyReplicas ?? 0) >= most;
    });
    figure(`load to ${most} pods`, took, 'ms');
    event(`${name} has ${most} pods`);
    const { spec } = await api.get(path);
    expect('it stops at its maximum', spec.replicas === most, spec.replicas);
    const pods = await api.list(
      `/api/v1/namespaces/${namespace}/pods?labelSelector=app.kubernetes.io%2Fname%3D${name}`,
    );
    const zoneOf = await zonesByNode(api);
    const counts = home.zones.map(
      (zone) => pods.filter((pod) => zoneOf.get(pod.spec.nodeName) === zone).length,
    );
    expect('zones differ by one pod at most', Math.max(...counts) - Math.min(...counts) <= 1, counts);
    await setLoad(api, {});
    await expectSettled(stage, home, [home, peer]);
  },
};

/** What the stand-in for the metrics server reads: percent of the request, by service. */
const setLoad = (api: Kube, data: Readonly<Record<string, string>>) =>
  api.apply(LOAD, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'load', namespace: 'default' },
    data,
  });
