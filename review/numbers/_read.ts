/** Reads rendered objects: what the figures have in common. */
import { effectiveOf } from '../../model/effective';
import type { PrimaryRegionSpec } from '../../spec/claims';
import {
  applied,
  type KubeObject,
  type Placed,
  type RenderedCluster,
  type RenderedEstate,
} from '../rendered';

/** Fields of a foreign object; each use names the type it expects. */
export type Fields = Readonly<Record<string, unknown>>;

/** An AWS resource that a claim becomes in one cluster. */
export interface Resource {
  /** `rds`, `route53`, …: the first part of the API group. */
  readonly service: string;
  readonly kind: string;
  /** `<team>/<claim>` */
  readonly owner: string;
  readonly team: string;
  readonly claim: string;
  readonly file: string;
  /** Key within the claim. */
  readonly key: string;
  /** What the resource is born with: `initProvider` and `forProvider`. */
  readonly wish: Fields;
  /** False where another region's Crossplane makes it and this one looks only. */
  readonly made: boolean;
}

/** The value at a path of a foreign object. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );

/** A list at a path, empty where there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly Fields[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as Fields[]) : [];
}

/** A number at a path, also one written as text. */
export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  if (typeof found === 'number') return found;
  return typeof found === 'string' && /^\d+(\.\d+)?$/.test(found) ? Number(found) : undefined;
}

/** A text at a path. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The AWS resources of a cluster's claims. */
export const resourcesOf = ({ claims }: RenderedCluster): Resource[] =>
  claims.flatMap(({ team, claim, objects }) =>
    objects.flatMap((placed) => resourceOf(placed, team, claim) ?? []),
  );

function resourceOf({ file, object }: Placed, team: string, claim: string): Resource | undefined {
  const [service = '', ...rest] = (object.apiVersion.split('/')[0] ?? '').split('.');
  if (rest[0] !== 'aws') return undefined;
  const { spec = {}, metadata } = object;
  const policies = spec['managementPolicies'];
  return {
    service,
    kind: object.kind,
    owner: `${team}/${claim}`,
    team,
    claim,
    file,
    key: metadata.annotations?.['crossplane.io/composition-resource-name'] ?? '',
    wish: { ...(spec['initProvider'] as Fields), ...(spec['forProvider'] as Fields) },
    made: !Array.isArray(policies) || policies.includes('Create') || policies.includes('*'),
  };
}

/** Those of one kind, for example `rds`, `Cluster`. */
export const only = (resources: readonly Resource[], service: string, kind: string): Resource[] =>
  resources.filter((one) => one.service === service && one.kind === kind);

/** The objects of a kind that Argo CD applies. */
export const appliedOf = (cluster: RenderedCluster, kind: string): KubeObject[] =>
  applied(cluster)
    .map(({ object }) => object)
    .filter((object) => object.kind === kind);

/** The clusters that serve users, home first. */
export const prodOf = ({ clusters }: RenderedEstate): RenderedCluster[] =>
  clusters.filter(({ environment }) => environment === 'prod');

/** Who holds the writers and who takes over, as the rendered regional claim says. */
export interface Sides {
  readonly primary: string;
  readonly survivor: RenderedCluster | undefined;
  readonly claim: PrimaryRegionSpec;
}

/** The sides of a loss of the primary region. */
export function sidesOf(estate: RenderedEstate): Sides {
  const clusters = prodOf(estate);
  const rendered = clusters.flatMap((cluster) => appliedOf(cluster, 'PrimaryRegion'))[0]?.spec;
  const claim = (rendered as PrimaryRegionSpec | undefined) ?? estate.input.primaryRegion.spec;
  const { region } = effectiveOf(claim);
  return { primary: region, survivor: clusters.find((cluster) => cluster.region !== region), claim };
}

/** What a flip moves in a cluster, as it was given to the function: stores with one writer, and floors. */
export interface Plan {
  readonly stores: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[];
  readonly floors: readonly { readonly namespace: string; readonly service: string; readonly min: number }[];
}

/** The plan of a cluster; empty in an environment of one region. */
export function planOf(cluster: RenderedCluster): Plan {
  const found = appliedOf(cluster, 'Composition')
    .flatMap((composition) => listAt(composition, 'spec', 'pipeline'))
    .map((step) => at(step, 'input', 'flip'))
    .find((flip) => flip !== undefined);
  return (found as Plan | undefined) ?? { stores: [], floors: [] };
}

/** The templates of a cluster's stacks. */
export const stacksOf = ({ templates }: RenderedEstate, cluster: string) =>
  templates.filter(({ stack }) => stack === cluster || stack.startsWith(`${cluster}-`));

/** The CloudFormation resources of a type in a cluster's stacks. */
export const stackResources = (estate: RenderedEstate, cluster: string, type: string): Fields[] =>
  stacksOf(estate, cluster)
    .flatMap(({ resources }) => Object.values(resources))
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => (Properties ?? {}) as Fields);

/** True once the stacks of a cluster are rendered. */
export const hasStacks = (estate: RenderedEstate, cluster: string): boolean =>
  stacksOf(estate, cluster).length > 0;

/** A line of what people edit: `estates/<name>/estate.yaml#<path>`. */
export const lineOf = ({ input }: RenderedEstate, path: string, file = 'estate.yaml'): string =>
  `estates/${input.estate.name}/${file}#${path}`;

/** Whether the estate lists a departure with this requirement id. */
export const accepts = ({ input }: RenderedEstate, id: string): boolean =>
  input.estate.assumptions.some((assumption) => assumption.id === id);
