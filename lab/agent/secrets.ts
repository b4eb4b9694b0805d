/**
 * A stand-in for External Secrets: what it would deliver is said to be delivered. No value exists, in the cluster or in
 * the emulated AWS.
 */
import type { KubeObject } from '../kube';
import type { AgentContext } from './context';
import { tend } from './tend';

const KINDS = [
  '/apis/external-secrets.io/v1/externalsecrets',
  '/apis/external-secrets.io/v1alpha1/pushsecrets',
  '/apis/external-secrets.io/v1/clustersecretstores',
];

/** Starts it. */
export function startSecrets(context: AgentContext): void {
  for (const path of KINDS) tend(context, path, (object) => deliver(context, path, object));
}

async function deliver({ kube }: AgentContext, path: string, object: KubeObject): Promise<void> {
  const ready = (object.status?.conditions ?? []).some((one: { type: string }) => one.type === 'Ready');
  if (ready) return;
  const [base = '', plural = ''] = splitLast(path);
  const { namespace, name } = object.metadata;
  const own = namespace ? `${base}/namespaces/${namespace}/${plural}/${name}` : `${path}/${name}`;
  const now = new Date().toISOString();
  const message = 'written by the stand-in for External Secrets of the lab; no value was delivered';
  const conditions = [
    { type: 'Ready', status: 'True', reason: 'Emulated', message, lastTransitionTime: now },
  ];
  await kube.merge(`${own}/status`, { status: { conditions } });
}

const splitLast = (path: string) => {
  const at = path.lastIndexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
};
