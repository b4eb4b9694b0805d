/** The own cluster's API server, as the promotion, the beacon and the trigger need it. */
import { effectiveOf } from '../../model/effective';
import { FLIP_CONFIG_MAP, KEYS } from '../../platform/apis/primary-region/config-map';
import { API_GROUP, type PrimaryRegion, SYSTEM_NAMESPACE } from '../../spec/claims';
import { type FlipPlan, flipPlanSchema } from '../../spec/flip';
import type { ClusterPort } from '../promote/ports';
import type { ReleasePorts } from '../promote/release';
import { answerOf, askerOf, MERGE_PATCH } from './api';
import { deploymentOf, lower, raise, type Server } from './floors';
import { inCluster } from './in-cluster';

/** A promotion that hangs on one call is a promotion that never ends. */
const ANSWER_MS = 10_000;

/** The regional claim as the API server holds it. */
export type HeldClaim = PrimaryRegion & {
  readonly metadata: { readonly resourceVersion?: string };
};

/** Everything the programs ask of the API server. */
export interface ClusterClient extends Omit<ClusterPort, 'record'> {
  readonly claim: () => Promise<HeldClaim>;
  readonly lower: ReleasePorts['cluster']['lower'];
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

/** A client for the cluster the program runs in. */
export function clusterClient(estate: string): ClusterClient {
  const server = serverOf();
  const path = `/apis/${API_GROUP}/v1/namespaces/${SYSTEM_NAMESPACE}/primaryregions/${estate}`;
  const claim = () => server.get<HeldClaim>(path);
  const read = async (key: string) => (await server.get<ConfigMap>(CONFIG_MAP)).data?.[key];
  return {
    claim,
    read,
    plan: async () => flipPlanSchema.parse(JSON.parse((await read(KEYS.plan)) ?? '')),
    effective: async () => effectiveOf((await claim()).spec),
    raise: (floor, epoch) => raise(floor, epoch, server),
    lower: (floor, epoch) => lower(floor, epoch, server),
    readyPods: async (floor) =>
      (await server.get<Deployment>(deploymentOf(floor))).status?.readyReplicas ?? 0,
    write: (data) => server.merge(CONFIG_MAP, { data }),
    override: (override, { metadata: { resourceVersion } }) =>
      server.merge(path, { metadata: { resourceVersion }, spec: { override } }, 'flipside-watch'),
    tell: (reason, note, at) => server.create(EVENTS, event(estate, reason, note, at)),
  };
}

const CONFIG_MAP = `/api/v1/namespaces/${SYSTEM_NAMESPACE}/configmaps/${FLIP_CONFIG_MAP}`;
const EVENTS = `/apis/events.k8s.io/v1/namespaces/${SYSTEM_NAMESPACE}/events`;
/** What is read of each. */
interface ConfigMap {
  readonly data?: Readonly<Record<string, string>>;
}
interface Deployment {
  readonly status?: { readonly readyReplicas?: number };
}

interface WholeServer extends Server {
  readonly create: (path: string, body: object) => Promise<void>;
}

function serverOf(): WholeServer {
  const ask = askerOf(inCluster());
  return {
    get: (path) => answerOf(ask, { method: 'GET', path }, ANSWER_MS),
    merge: async (path, body, fieldManager) => {
      const query = fieldManager ? `?fieldManager=${fieldManager}` : '';
      await answerOf(ask, { method: 'PATCH', path: `${path}${query}`, body, type: MERGE_PATCH }, ANSWER_MS);
    },
    create: async (path, body) => {
      await answerOf(ask, { method: 'POST', path, body }, ANSWER_MS);
    },
  };
}

const event = (estate: string, reason: string, note: string, at: Date) => ({
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
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
  // A MicroTime: six digits.
  eventTime: at.toISOString().replace(/Z$/, '000Z'),
  reason,
  note,
});
