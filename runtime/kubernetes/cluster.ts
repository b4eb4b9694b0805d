/** The own cluster's API server, as the promotion, the beacon and the trigger need it. */
import {
  AppsV1Api,
  AutoscalingV2Api,
  CoreV1Api,
  CustomObjectsApi,
  EventsV1Api,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  V1MicroTime,
} from '@kubernetes/client-node';
import { effectiveOf } from '../../model/effective';
import { API_GROUP, type PrimaryRegion, SYSTEM_NAMESPACE } from '../../spec/claims';
import type { Floor } from '../../spec/flip';
import type { ClusterPort } from '../promote/ports';

/** Where the programs of an estate meet: see `platform/apis/primary-region/config-map.ts`. */
const CONFIG_MAP = 'flip';

const MERGE = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** Everything the programs ask of the API server. */
export interface ClusterClient extends Omit<ClusterPort, 'record'> {
  readonly claim: () => Promise<PrimaryRegion>;
  /** Sets keys of the shared ConfigMap, and leaves the others. */
  readonly write: (data: Readonly<Record<string, string>>) => Promise<void>;
  /** Patches `spec.override` of the regional claim. */
  readonly override: (override: object) => Promise<void>;
  /** An Event on the regional claim, for people. */
  readonly tell: (reason: string, note: string, at: Date) => Promise<void>;
}

/** A client for the cluster the program runs in, or for the one `KUBECONFIG` names. */
export function clusterClient(estate: string): ClusterClient {
  const config = new KubeConfig();
  config.loadFromDefault();
  const core = config.makeApiClient(CoreV1Api);
  const apps = config.makeApiClient(AppsV1Api);
  const custom = config.makeApiClient(CustomObjectsApi);
  const autoscaling = config.makeApiClient(AutoscalingV2Api);
  const events = config.makeApiClient(EventsV1Api);
  const object = {
    group: API_GROUP,
    version: 'v1',
    namespace: SYSTEM_NAMESPACE,
    plural: 'primaryregions',
    name: estate,
  };
  const claim = async () => (await custom.getNamespacedCustomObject(object)) as PrimaryRegion;
  return {
    claim,
    effective: async () => effectiveOf((await claim()).spec),
    raise: async (floor) => raise(floor, apps, autoscaling),
    readyPods: async ({ namespace, service }) =>
      (await apps.readNamespacedDeployment({ namespace, name: service })).status?.readyReplicas ?? 0,
    write: async (data) => {
      await core.patchNamespacedConfigMap(
        { namespace: SYSTEM_NAMESPACE, name: CONFIG_MAP, body: { data } },
        MERGE,
      );
    },
    override: async (override) => {
      await custom.patchNamespacedCustomObject({ ...object, body: { spec: { override } } }, MERGE);
    },
    tell: async (reason, note, at) => {
      await events.createNamespacedEvent({
        namespace: SYSTEM_NAMESPACE,
        body: event(estate, reason, note, at),
      });
    },
  };
}

/** Raises the autoscaler's floor and, so that nobody waits for the autoscaler, the pods themselves. */
async function raise(
  { namespace, service, min }: Floor,
  apps: AppsV1Api,
  autoscaling: AutoscalingV2Api,
): Promise<void> {
  const name = { namespace, name: service };
  const autoscaler = await autoscaling.readNamespacedHorizontalPodAutoscaler(name);
  if ((autoscaler.spec?.minReplicas ?? 1) < min) {
    await autoscaling.patchNamespacedHorizontalPodAutoscaler(
      { ...name, body: { spec: { minReplicas: min } } },
      MERGE,
    );
  }
  const deployment = await apps.readNamespacedDeployment(name);
  if ((deployment.spec?.replicas ?? 0) >= min) return;
  await apps.patchNamespacedDeploymentScale({ ...name, body: { spec: { replicas: min } } }, MERGE);
}

const event = (estate: string, reason: string, note: string, at: Date) => ({
  metadata: { generateName: `${estate}-`, namespace: SYSTEM_NAMESPACE },
  regarding: {
    apiVersion: `${API_GROUP}/v1`,
    kind: 'PrimaryRegion',
    name: estate,
    namespace: SYSTEM_NAMESPACE,
  },
  reportingController: 'flipside.dev/watch',
  reportingInstance: 'watch',
  action: 'Flip',
  type: 'Warning',
  eventTime: new V1MicroTime(at),
  reason,
  note,
});
