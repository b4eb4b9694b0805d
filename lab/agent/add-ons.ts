/**
 * A stand-in for what EKS and its add-ons bring: External Secrets delivers (the same made-up value for every key; the
 * emulated AWS holds none), Karpenter's pools are ready (their nodes are those the lab pretends), target groups are bound.
 */
import type { Kube, KubeObject } from '../kube';
import type { AgentContext } from './context';
import { tend } from './tend';

/** Paths of the kinds it answers for, and the conditions each reports. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  '/apis/external-secrets.io/v1/externalsecrets': ['Ready'],
  '/apis/external-secrets.io/v1alpha1/pushsecrets': ['Ready'],
  '/apis/external-secrets.io/v1/clustersecretstores': ['Ready'],
  '/apis/external-secrets.io/v1/secretstores': ['Ready'],
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
  if (object.kind === 'ExternalSecret') await deliver(kube, object);
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

/** What nobody may mistake for a password. */
const VALUE = 'made-up-by-the-lab';

/** The Secret, with every key that is asked for. */
async function deliver(kube: Kube, { metadata: { namespace, name }, spec }: KubeObject): Promise<void> {
  const asked: readonly { secretKey: string }[] = spec.data ?? [];
  const target: string = spec.target?.name ?? name;
  const keys = [
    ...asked.map(({ secretKey }) => secretKey),
    ...Object.keys(spec.target?.template?.data ?? {}),
  ];
  await kube.apply(`/api/v1/namespaces/${namespace}/secrets/${target}`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: target, namespace },
    stringData: Object.fromEntries(keys.map((key) => [key, VALUE])),
  });
}
