/**
 * A service's floor, which its autoscaler has. Two Jobs write it, each in its own time: a promotion raises, a release
 * gives back. The epoch on the autoscaler decides between them.
 */
import { autoscalerFloor } from '../../model/bounds';
import { PROMOTE_MANAGER, RELEASE_MANAGER } from '../../model/field-managers';
import { type Floor, isGivenBack } from '../../spec/flip';

/** What the two need of an API server. Both throw for an answer that is not 2xx. */
export interface Server {
  readonly get: <T>(path: string) => Promise<T>;
  /** Merges; refused when `body` names a resourceVersion that is no longer the object's. */
  readonly merge: (path: string, body: object, fieldManager?: string) => Promise<void>;
}

/** Epoch of the last promotion that needed the floor. */
const EPOCH = 'flipside.dev/epoch';

interface Metadata {
  readonly resourceVersion?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Autoscaler {
  readonly metadata: Metadata;
  readonly spec: { readonly minReplicas?: number };
}
interface Deployment {
  readonly spec: { readonly replicas?: number };
}

export const deploymentOf = ({ namespace, service }: Floor) =>
  `/apis/apps/v1/namespaces/${namespace}/deployments/${service}`;
export const autoscalerOf = ({ namespace, service }: Floor) =>
  `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers/${service}`;

const epochOf = ({ metadata }: Autoscaler) => Number(metadata.annotations?.[EPOCH] ?? 0);

/** Raises the autoscaler's floor and, so that nobody waits for the autoscaler, the pods themselves. */
export async function raise(floor: Floor, epoch: number, { get, merge }: Server): Promise<void> {
  const { min } = floor;
  const autoscaler = await get<Autoscaler>(autoscalerOf(floor));
  const { minReplicas = 1 } = autoscaler.spec;
  // Even where it is high enough: a release that has just read it must not lower it now.
  const claims = isGivenBack(floor) && epochOf(autoscaler) < epoch;
  if (claims || minReplicas < min) {
    const metadata = { annotations: { [EPOCH]: String(epoch) } };
    const change = { ...(claims && { metadata }), spec: { minReplicas: Math.max(min, minReplicas) } };
    // Argo CD leaves alone what this manager owns.
    await merge(autoscalerOf(floor), change, PROMOTE_MANAGER);
  }
  const deployment = await get<Deployment>(deploymentOf(floor));
  if ((deployment.spec.replicas ?? 0) >= min) return;
  await merge(`${deploymentOf(floor)}/scale`, { spec: { replicas: min } }, PROMOTE_MANAGER);
}

/**
 * Gives the floor back to what Git says; false when a promotion of a higher epoch needs it. The write names the version
 * that was read: a promotion writes in between, or reads what was left here and raises it.
 *
 * Not to no pod: an API server that is told 0 through `scale` forgets who owns the field, and Argo CD then undoes what
 * the next promotion raises. One pod stays.
 */
export async function lower(floor: Floor, epoch: number, { get, merge }: Server): Promise<boolean> {
  const { metadata, spec } = await get<Autoscaler>(autoscalerOf(floor));
  if (epochOf({ metadata, spec }) > epoch) return false;
  const { min, rest = min } = floor;
  const minReplicas = autoscalerFloor(rest);
  if ((spec.minReplicas ?? 1) <= minReplicas) return true;
  const change = { metadata: { resourceVersion: metadata.resourceVersion }, spec: { minReplicas } };
  await merge(autoscalerOf(floor), change, RELEASE_MANAGER);
  return true;
}
