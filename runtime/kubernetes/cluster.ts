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
import { PROMOTE_MANAGER } from '../../model/field-managers';
import { FLIP_CONFIG_MAP, KEYS } from '../../platform/apis/primary-region/config-map';
import { API_GROUP, type PrimaryRegion, SYSTEM_NAMESPACE } from '../../spec/claims';
import { type FlipPlan, flipPlanSchema, type Floor } from '../../spec/flip';
import type { ClusterPort } from '../promote/ports';

const NAMESPACED = { namespace: SYSTEM_NAMESPACE, name: FLIP_CONFIG_MAP } as const;

const MERGE = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** The client itself waits for ever, and a promotion that hangs on one call is a promotion that never ends. */
const ANSWER_MS = 10_000;

/** The regional claim as the API server holds it. */
export type HeldClaim = PrimaryRegion & {
  readonly metadata: { readonly resourceVersion?: string };
};

/** Everything the programs ask of the API server. */
export interface ClusterClient extends Omit<ClusterPort, 'record'> {
  readonly claim: () => Promise<HeldClaim>;
  /** The plan as it is now: it changes when the estate gets another store or service. */
  readonly plan: () => Promise<FlipPlan>;
  /** One key of the shared ConfigMap. */
  readonly read: (key: string) => Promise<string | undefined>;
  /** Sets keys of the shared ConfigMap, and leaves the others. */
  readonly write: (data: Readonly<Record<string, string>>) => Promise<void>;
  /** Patches `spec.override` of the regional claim; refused when the claim has changed since it was read. */
  readonly override: (override: object, read: HeldClaim) => Promise<void>;
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
  const object = objectOf(estate);
  const claim = async () => (await limited(custom.getNamespacedCustomObject(object))) as HeldClaim;
  const read = async (key: string) => (await limited(core.readNamespacedConfigMap(NAMESPACED))).data?.[key];
  return {
    claim,
    read,
    plan: async () => flipPlanSchema.parse(JSON.parse((await read(KEYS.plan)) ?? '')),
    effective: async () => effectiveOf((await claim()).spec),
    raise: async (floor) => raise(floor, apps, autoscaling),
    readyPods: async ({ namespace, service }) =>
      (await limited(apps.readNamespacedDeployment({ namespace, name: service }))).status?.readyReplicas ?? 0,
    write: async (data) => {
      await limited(core.patchNamespacedConfigMap({ ...NAMESPACED, body: { data } }, MERGE));
    },
    override: async (override, { metadata: { resourceVersion } }) => {
      const body = { metadata: { resourceVersion }, spec: { override } };
      await limited(
        custom.patchNamespacedCustomObject({ ...object, body, fieldManager: 'flipside-watch' }, MERGE),
      );
    },
    tell: async (reason, note, at) => {
      const body = event(estate, reason, note, at);
      await limited(events.createNamespacedEvent({ namespace: SYSTEM_NAMESPACE, body }));
    },
  };
}

const objectOf = (estate: string) => ({
  group: API_GROUP,
  version: 'v1',
  namespace: SYSTEM_NAMESPACE,
  plural: 'primaryregions',
  name: estate,
});

/** The answer, or an error once the API server has had its time. */
async function limited<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the API server does not answer within ${ANSWER_MS / 1000} s`)),
      ANSWER_MS,
    );
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Raises the autoscaler's floor and, so that nobody waits for the autoscaler, the pods themselves. */
async function raise(
  { namespace, service, min }: Floor,
  apps: AppsV1Api,
  autoscaling: AutoscalingV2Api,
): Promise<void> {
  const name = { namespace, name: service };
  // Argo CD leaves alone what this manager owns.
  const own = { ...name, fieldManager: PROMOTE_MANAGER };
  const autoscaler = await limited(autoscaling.readNamespacedHorizontalPodAutoscaler(name));
  if ((autoscaler.spec?.minReplicas ?? 1) < min) {
    const body = { spec: { minReplicas: min } };
    await limited(autoscaling.patchNamespacedHorizontalPodAutoscaler({ ...own, body }, MERGE));
  }
  const deployment = await limited(apps.readNamespacedDeployment(name));
  if ((deployment.spec?.replicas ?? 0) >= min) return;
  const body = { spec: { replicas: min } };
  await limited(apps.patchNamespacedDeploymentScale({ ...own, body }, MERGE));
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
