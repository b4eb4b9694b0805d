/**
 * A stand-in for Crossplane's package manager, which would need a registry: Providers and Functions are paused and
 * told healthy, and the function that runs beside is made known to Crossplane.
 */
import { hasCondition } from '../../platform/managed';
import type { KubeObject } from '../kube';
import type { AgentContext } from './context';
import { tend } from './tend';

const PACKAGES = '/apis/pkg.crossplane.io/v1';
const PAUSED = { 'crossplane.io/paused': 'true' };
const MESSAGE = 'written by the stand-in package manager of the lab; nothing was pulled';

/** Starts it. */
export function startPackages(context: AgentContext): void {
  for (const plural of ['providers', 'functions']) {
    tend(context, `${PACKAGES}/${plural}`, (object) => install(context, plural, object));
  }
}

async function install(context: AgentContext, plural: string, object: KubeObject): Promise<void> {
  if (isHealthy(object)) return;
  const path = `${PACKAGES}/${plural}/${object.metadata.name}`;
  await context.kube.merge(path, { metadata: { annotations: PAUSED } });
  if (plural === 'functions') await offer(context, object);
  const conditions = ['Installed', 'Healthy'].map(condition);
  await context.kube.merge(`${path}/status`, {
    status: { conditions, currentRevision: revisionName(object) },
  });
}

const isHealthy = (object: KubeObject) =>
  ['Installed', 'Healthy'].every((type) => hasCondition(object, type));

const condition = (type: string) => ({
  type,
  status: 'True',
  reason: 'Emulated',
  message: MESSAGE,
  lastTransitionTime: new Date().toISOString(),
});

const revisionName = ({ metadata }: KubeObject) => `${metadata.name}-lab`;

/** The revision through which Crossplane finds the function's address. */
async function offer({ kube, region }: AgentContext, object: KubeObject): Promise<void> {
  const name = revisionName(object);
  await kube.apply(`${PACKAGES}/functionrevisions/${name}`, {
    apiVersion: 'pkg.crossplane.io/v1',
    kind: 'FunctionRevision',
    metadata: {
      name,
      labels: { 'pkg.crossplane.io/package': object.metadata.name },
      annotations: PAUSED,
      ownerReferences: [
        {
          apiVersion: 'pkg.crossplane.io/v1',
          kind: 'Function',
          name: object.metadata.name,
          uid: object.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { desiredState: 'Active', image: object.spec.package, revision: 1 },
  });
  await kube.merge(`${PACKAGES}/functionrevisions/${name}/status`, {
    status: {
      endpoint: `dns:///127.0.0.1:${region.ports.function}`,
      capabilities: ['composition'],
      conditions: ['RevisionHealthy', 'RuntimeHealthy'].map(condition),
    },
  });
}
