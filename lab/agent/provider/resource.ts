/** A managed resource as the stand-in reads it. */
import type { KubeObject } from '../../kube';

/** One managed resource. */
export interface Resource {
  readonly object: KubeObject;
  /** The name AWS knows it by; the object's own where AWS would assign one. */
  readonly name: string;
  /** What it says of itself at birth: `initProvider` under `forProvider`. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** False for what the other region manages. */
  readonly creates: boolean;
}

/** What AWS says of a resource; undefined: it does not exist, and must not be made from here. */
export type AtProvider = Readonly<Record<string, unknown>> | undefined;

/** Reads a managed resource. */
export function resourceOf(object: KubeObject): Resource {
  const { managementPolicies = ['*'], initProvider = {}, forProvider = {} } = object.spec;
  return {
    object,
    name: object.metadata.annotations?.['crossplane.io/external-name'] ?? object.metadata.name,
    asked: {
      ...initProvider,
      ...forProvider,
      tags: { ...initProvider.tags, ...forProvider.tags },
    },
    creates: (managementPolicies as string[]).some((policy) => policy === '*' || policy === 'Create'),
  };
}

/** Tags in the shape of the API's lists. */
export const tagList = ({ asked }: Resource) =>
  Object.entries((asked['tags'] ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));

/** A text field that was asked for. */
export const textOf = ({ asked }: Resource, field: string): string | undefined =>
  typeof asked[field] === 'string' && asked[field] !== '' ? asked[field] : undefined;

/** The answer, or undefined when AWS knows nothing by that name. */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (/NotFound/.test((error as Error).name)) return undefined;
    throw error;
  }
}
