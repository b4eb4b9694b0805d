/**
 * A stand-in for what EKS and its add-ons bring: External Secrets delivers (no value exists, in the cluster or in the
 * emulated AWS), Karpenter's pools are ready (their nodes are those the lab pretends), target groups are bound.
 */
import type { KubeObject } from '../kube';
import type { AgentContext } from './context';
import { tend } from './tend';

/** Paths of the kinds it answers for, and the conditions each reports. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  '/apis/external-secrets.io/v1/externalsecrets': ['Ready'],
  '/apis/external-secrets.io/v1alpha1/pushsecrets': ['Ready'],
  '/apis/external-secrets.io/v1/clustersecretstores': ['Ready'],
  '/apis/karpenter.sh/v1/nodepools': ['NodeClassReady', 'ValidationSucceeded', 'Ready'],
  '/apis/eks.amazonaws.com/v1/nodeclasses': ['Ready'],
};
const MESSAGE = "written by the lab's stand-in; nothing of AWS was touched";

/** Starts it. */
export function startAddOns(context: AgentContext): void {
  for (const [path, types] of Object.entries(KINDS)) {
    tend(context, path, (object) => report(context, path, types, object));
  }
}

async function report(
  { kube }: AgentContext,
  path: string,
  types: readonly string[],
  object: KubeObject,
): Promise<void> {
  const { metadata, status } = object;
  const said: readonly { type: string; observedGeneration?: number }[] = status?.conditions ?? [];
  if (types.every((type) => said.some((one) => one.type === type))) return;
  const at = path.lastIndexOf('/');
  const own = metadata.namespace
    ? `${path.slice(0, at)}/namespaces/${metadata.namespace}${path.slice(at)}/${metadata.name}`
    : `${path}/${metadata.name}`;
  const conditions = types.map((type) => ({
    type,
    status: 'True',
    reason: 'Emulated',
    message: MESSAGE,
    observedGeneration: metadata.generation,
    lastTransitionTime: new Date().toISOString(),
  }));
  await kube.merge(`${own}/status`, { status: { conditions } });
}
