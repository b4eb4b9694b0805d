/** What a container sees as its environment: its own variables, an identity in the cluster, and the emulated AWS. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kube, KubeObject } from '../kube';
import type { AgentContext } from './context';

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

/** Seconds a token of a service account is good for: the shortest the API server gives is ten minutes. */
const TOKEN_SECONDS = 24 * 3600;

/** The environment of the pod's only container. Throws when something it refers to is not there yet. */
export async function environmentOf(
  context: AgentContext,
  pod: KubeObject,
): Promise<Readonly<Record<string, string>>> {
  const [container] = pod.spec.containers as readonly { readonly env?: readonly Variable[] }[];
  const own = await Promise.all((container?.env ?? []).map((one) => valueOf(context.kube, pod, one)));
  return {
    ...Object.fromEntries(own.map(([name, value]) => [name, context.local(value)])),
    FLIPSIDE_SERVICE_ACCOUNT: await identity(context, pod),
    KUBERNETES_SERVICE_HOST: '127.0.0.1',
    KUBERNETES_SERVICE_PORT: String(context.region.ports.apiServer),
    AWS_REGION: context.region.name,
    AWS_ENDPOINT_URL: context.awsEndpoint,
    // The emulator takes a twelve-digit key for an account.
    AWS_ACCESS_KEY_ID: context.account,
    AWS_SECRET_ACCESS_KEY: 'lab',
    // Nothing of the lab may be reached from outside this machine.
    HOST: '127.0.0.1',
  };
}

async function valueOf(kube: Kube, { metadata }: KubeObject, one: Variable): Promise<[string, string]> {
  const { configMapKeyRef: from, fieldRef } = one.valueFrom ?? {};
  if (fieldRef) return [one.name, fieldRef.fieldPath === 'metadata.name' ? metadata.name : ''];
  if (!from) return [one.name, one.value ?? ''];
  const { data } = await kube.get(`/api/v1/namespaces/${metadata.namespace}/configmaps/${from.name}`);
  const value = (data as Record<string, string> | undefined)?.[from.key];
  if (value === undefined) throw new Error(`ConfigMap ${from.name} has no key ${from.key}`);
  return [one.name, value];
}

/** What a kubelet mounts: a token of the pod's own service account, so what RBAC does not grant is refused. */
async function identity({ kube, region }: AgentContext, { metadata, spec }: KubeObject): Promise<string> {
  const path = `/api/v1/namespaces/${metadata.namespace}/serviceaccounts/${spec.serviceAccountName}/token`;
  const { status } = await kube.create(path, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: TOKEN_SECONDS },
  });
  const folder = join(region.dir, 'pods', metadata.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'token'), status.token, { mode: 0o600 });
  copyFileSync(join(region.dir, 'pki', 'ca.crt'), join(folder, 'ca.crt'));
  return folder;
}
