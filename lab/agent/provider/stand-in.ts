/**
 * A stand-in for the AWS provider: it gives every managed resource the status that a provider would.
 *
 * Aurora and Global Datastores are really made in the emulated AWS and observed there, as the flip moves them. All other
 * kinds get the answer of the claim kind's example. It calls nothing of AWS after creation but describes.
 */
import { isDeepStrictEqual } from 'node:util';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { RDSClient } from '@aws-sdk/client-rds';
import { kindOf } from '../../../platform/apis';
import type { Manifest } from '../../../platform/kind';
import type { KubeObject } from '../../kube';
import type { AgentContext } from '../context';
import { tend } from '../tend';
import { AURORA } from './aurora';
import { DATASTORE } from './datastore';
import { type AtProvider, type Resource, resourceOf } from './resource';

/** Said in every Ready condition it writes. */
export const STAND_IN = 'Emulated';
const MESSAGE = 'written by the stand-in provider of the lab, not by an AWS provider';

/** What moves without us is looked at again this often; a real provider does so every ten minutes. */
const LOOK_MS = 2_000;
const GROUP = /\.aws\.m\.upbound\.io$/;
const CONFIGURATION = /^(Cluster)?ProviderConfig(Usage)?$/;

/** A kind of managed resource. */
export interface ManagedKind {
  readonly kind: string;
  readonly group: string;
  /** API path of all its objects. */
  readonly path: string;
  /** API path of one of them. */
  readonly of: (object: KubeObject) => string;
}

/** The kinds of managed resources the API server knows, without the families left to a real provider. */
export async function managedKinds({ kube }: AgentContext, leave: readonly string[]): Promise<ManagedKind[]> {
  const all = await kube.list('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  return all
    .map(({ spec }) => spec)
    .filter(({ group, names }) => GROUP.test(group) && !CONFIGURATION.test(names.kind))
    .filter(({ group }) => !leave.includes(group.split('.')[0]))
    .map(({ group, names, versions }) => {
      const base = `/apis/${group}/${versions[0].name}`;
      return {
        kind: names.kind,
        group,
        path: `${base}/${names.plural}`,
        of: ({ metadata }) => `${base}/namespaces/${metadata.namespace}/${names.plural}/${metadata.name}`,
      };
    });
}

/** Starts it for the kinds given. */
export function startProvider(context: AgentContext, kinds: readonly ManagedKind[]): void {
  const endpoint = context.awsEndpoint;
  const credentials = { accessKeyId: context.account, secretAccessKey: 'stand-in-provider' };
  const config = { region: context.region.name, endpoint, credentials, maxAttempts: 1 };
  const clients = { rds: new RDSClient(config), elasticache: new ElastiCacheClient(config) };
  for (const kind of kinds) startKind(context, kind, clients);
}

interface Clients {
  readonly rds: RDSClient;
  readonly elasticache: ElastiCacheClient;
}

function startKind(context: AgentContext, kind: ManagedKind, clients: Clients): void {
  const observe = observerOf(kind, clients);
  const looked = new Map<string, number>();
  tend(context, kind.path, async (object) => {
    const { uid = '', deletionTimestamp } = object.metadata;
    const due = Date.now() - (looked.get(uid) ?? 0) >= LOOK_MS;
    if (deletionTimestamp || (isSettled(object) && !(observe && due))) return;
    looked.set(uid, Date.now());
    await settle(context, kind, object, observe);
  });
}

type Observer = (resource: Resource) => Promise<AtProvider>;

function observerOf({ kind, group }: ManagedKind, { rds, elasticache }: Clients): Observer | undefined {
  const aurora = group.startsWith('rds.') ? AURORA[kind] : undefined;
  if (aurora) return (resource) => aurora(rds, resource);
  const datastore = group.startsWith('elasticache.') ? DATASTORE[kind] : undefined;
  if (datastore) return (resource) => datastore(elasticache, resource);
  return undefined;
}

const isSettled = ({ metadata, status }: KubeObject) =>
  (status?.conditions ?? []).some(
    (one: { type: string; status: string; observedGeneration?: number }) =>
      one.type === 'Ready' && one.status === 'True' && one.observedGeneration === metadata.generation,
  );

async function settle(
  context: AgentContext,
  kind: ManagedKind,
  object: KubeObject,
  observe: Observer | undefined,
): Promise<void> {
  const resource = resourceOf(object);
  const atProvider = observe ? await observe(resource) : exampleOf(context, object);
  const found = atProvider !== undefined;
  const condition = (type: string, reason: string) => {
    const { conditions = [] } = object.status ?? {};
    const before = conditions.find((one: { type: string }) => one.type === type);
    const status = found ? 'True' : 'False';
    return {
      type,
      status,
      reason,
      message: MESSAGE,
      observedGeneration: object.metadata.generation,
      lastTransitionTime: before?.status === status ? before.lastTransitionTime : new Date().toISOString(),
    };
  };
  const conditions = found
    ? [condition('Ready', STAND_IN), condition('Synced', STAND_IN)]
    : [condition('Ready', 'Missing'), condition('Synced', 'Missing')];
  if (isSame(object.status, { conditions, atProvider })) return;
  await context.kube.merge(`${kind.of(object)}/status`, {
    status: { conditions, ...(found && { atProvider }) },
  });
}

/** Only what is asked for is compared: the API server fills in defaults. */
function isSame(
  before: KubeObject['status'],
  after: { conditions: object[]; atProvider: AtProvider },
): boolean {
  if (!before) return false;
  const own = Object.keys(after.atProvider ?? {});
  const part = Object.fromEntries(own.map((key) => [key, before.atProvider?.[key]]));
  return isDeepStrictEqual(
    plain({ conditions: before.conditions, atProvider: part }),
    plain({ ...after, atProvider: after.atProvider ?? {} }),
  );
}

/** As it goes over the wire: without what is undefined. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** What the claim kind says AWS would answer. */
function exampleOf({ cluster }: AgentContext, object: KubeObject): AtProvider {
  const [owner] = object.metadata.ownerReferences ?? [];
  const key = object.metadata.annotations?.['crossplane.io/composition-resource-name'];
  if (!owner || !key) return {};
  return kindOf(owner.kind).example(key, object as Manifest, cluster.placement);
}
