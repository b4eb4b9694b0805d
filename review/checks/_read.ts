/** How checks read what was rendered: plain data in, plain data out. */
import {
  type KubeObject,
  type Placed,
  type RenderedCluster,
  type RenderedEstate,
  applied,
  composed,
} from '../rendered';

/** A text, number or truth value in an object, with its path: `spec.rule[0].status`. */
export type Leaf = readonly [path: string, value: string | number | boolean];

/** A cluster and its counterpart in the other region. */
export interface Pair {
  readonly home: RenderedCluster;
  readonly peer: RenderedCluster;
}

/** An object with the cluster it stands in. */
export interface Located extends Placed {
  readonly cluster: RenderedCluster;
}

/** `rds/Cluster` for a managed resource of AWS, the kind alone for everything else. */
export function kindOf({ apiVersion, kind }: KubeObject): string {
  const [service] = apiVersion.split('.aws.m.upbound.io');
  return service === apiVersion ? kind : `${service}/${kind}`;
}

/** What stands at a path without lists, for example `spec.forProvider.region`. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const key of path.split('.'))
    found = isMapping(found) ? (found as Readonly<Record<string, unknown>>)[key] : undefined;
  return found;
}

/** The text there; empty for anything else. */
export function textAt(value: unknown, path: string): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}

/** The number there; zero for anything else. */
export function numberAt(value: unknown, path: string): number {
  const found = at(value, path);
  return typeof found === 'number' ? found : 0;
}

/** The list there; empty for anything else. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

/** The mapping there; empty for anything else. */
export function mapAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  const found = at(value, path);
  return isMapping(found) && !Array.isArray(found) ? (found as Readonly<Record<string, unknown>>) : {};
}

const isMapping = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Every leaf of a value. */
export function leavesOf(value: unknown, path = ''): Leaf[] {
  const leaves: Leaf[] = [];
  collect(value, path, leaves);
  return leaves;
}

function collect(value: unknown, path: string, leaves: Leaf[]): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    leaves.push([path, value]);
  if (Array.isArray(value)) return value.forEach((item, index) => collect(item, `${path}[${index}]`, leaves));
  if (!isMapping(value)) return;
  for (const [key, inner] of Object.entries(value)) collect(inner, path ? `${path}.${key}` : key, leaves);
}

/** Leaves of objects that were read before; objects are never changed, so it is the same as reading again. */
const read = new WeakMap<KubeObject, readonly Leaf[]>();

/** Every text in an object, read once for all checks. A schema says what others may hold, and holds nothing itself. */
export function textsOf(object: KubeObject): readonly Leaf[] {
  if (object.kind === 'CompositeResourceDefinition') return [];
  const known = read.get(object);
  if (known) return known;
  const texts = leavesOf(object).filter(([, value]) => typeof value === 'string');
  read.set(object, texts);
  return texts;
}

/** Its name in the cluster or in AWS, or the one it was composed under. */
export function nameOf({ metadata }: KubeObject): string {
  const key = metadata.annotations?.['crossplane.io/composition-resource-name'];
  return metadata.name ?? key ?? 'unnamed';
}

/** Where a finding points to: `dist/…/orders.yaml#Cluster/cluster/spec.forProvider.region`. */
export const spot = ({ file, object }: Placed, path = ''): string =>
  [`${file}#${object.kind}`, nameOf(object), path].filter(Boolean).join('/');

/** `estates/<name>/estate.yaml#<path>` */
export const estateSpot = ({ input }: RenderedEstate, path: string): string =>
  `estates/${input.estate.name}/estate.yaml#${path}`;

/** The clusters of production. */
export const prodOf = ({ clusters }: RenderedEstate): RenderedCluster[] =>
  clusters.filter(({ environment }) => environment === 'prod');

/** Production in both regions; empty when one of them is not rendered, which `both-regions` tells. */
export function pairsOf(estate: RenderedEstate): Pair[] {
  const home = prodOf(estate).find(({ position }) => position === 'home');
  const peer = prodOf(estate).find(({ position }) => position === 'peer');
  return home && peer ? [{ home, peer }] : [];
}

/** Objects of these kinds that claims become, in the given clusters; of every kind where none is named. */
export const composedOf = (clusters: readonly RenderedCluster[], ...kinds: readonly string[]): Located[] =>
  clusters.flatMap((cluster) => pick(shelvesOf(cluster).composed, kinds));

/** Objects of these kinds that Argo CD applies, in the given clusters; of every kind where none is named. */
export const appliedOf = (clusters: readonly RenderedCluster[], ...kinds: readonly string[]): Located[] =>
  clusters.flatMap((cluster) => pick(shelvesOf(cluster).applied, kinds));

/** Objects of these kinds from either side. */
export const everyOf = (clusters: readonly RenderedCluster[], ...kinds: readonly string[]): Located[] => [
  ...appliedOf(clusters, ...kinds),
  ...composedOf(clusters, ...kinds),
];

/** Objects by kind, in the order of the files. */
type Shelf = ReadonlyMap<string, readonly Located[]>;

/** What a cluster holds, sorted once for all checks: a cluster is never changed. */
const sorted = new WeakMap<RenderedCluster, { readonly applied: Shelf; readonly composed: Shelf }>();

function shelvesOf(cluster: RenderedCluster) {
  const known = sorted.get(cluster);
  if (known) return known;
  const shelves = { applied: shelf(applied(cluster), cluster), composed: shelf(composed(cluster), cluster) };
  sorted.set(cluster, shelves);
  return shelves;
}

function shelf(placed: readonly Placed[], cluster: RenderedCluster): Shelf {
  const kinds = new Map<string, Located[]>();
  for (const { file, object } of placed) {
    const kind = kindOf(object);
    const own = kinds.get(kind) ?? [];
    own.push({ file, object, cluster });
    kinds.set(kind, own);
  }
  return kinds;
}

const pick = (kinds: Shelf, asked: readonly string[]): readonly Located[] =>
  (asked.length > 0 ? asked : [...kinds.keys()]).flatMap((kind) => kinds.get(kind) ?? []);

/** True when this cluster's Crossplane changes the resource rather than looking at it. */
export const isManaged = ({ object }: Placed): boolean =>
  listAt(object, 'spec.managementPolicies').some((policy) => policy !== 'Observe');

/** What Crossplane holds the resource to. */
export const wanted = ({ object }: Placed): Readonly<Record<string, unknown>> =>
  mapAt(object, 'spec.forProvider');

/** What Crossplane sets once and leaves alone afterwards. */
export const initial = ({ object }: Placed): Readonly<Record<string, unknown>> =>
  mapAt(object, 'spec.initProvider');

/** Pods that an object makes: its template's, or a Crossplane runtime's. */
export const podSpecOf = ({ object }: Placed): Readonly<Record<string, unknown>> => ({
  ...mapAt(object, 'spec.template.spec'),
  ...mapAt(object, 'spec.deploymentTemplate.spec.template.spec'),
});

/** What serves: every Deployment, and the pods of a Crossplane package that states more than one. */
export const servingOf = (clusters: readonly RenderedCluster[]): Located[] =>
  appliedOf(clusters, 'Deployment', 'DeploymentRuntimeConfig').filter(
    ({ object }) =>
      object.kind === 'Deployment' || numberAt(object, 'spec.deploymentTemplate.spec.replicas') > 1,
  );

/** Labels of those pods. */
export const podLabelsOf = ({ object }: Placed): Readonly<Record<string, unknown>> => ({
  ...mapAt(object, 'spec.template.metadata.labels'),
  ...mapAt(object, 'spec.deploymentTemplate.spec.template.metadata.labels'),
});

/** True when every label that is asked for is there. */
export const selects = (
  asked: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, unknown>>,
): boolean => Object.entries(asked).every(([key, value]) => labels[key] === value);

/** The items with a name that is equal in both clusters, as pairs; the second is absent where there is none. */
export function matched(
  home: readonly Located[],
  peer: readonly Located[],
  keyOf: (item: Located) => string,
): { readonly home: Located; readonly peer?: Located }[] {
  const others = new Map(peer.map((item) => [keyOf(item), item]));
  return home.map((item) => ({ home: item, peer: others.get(keyOf(item)) }));
}

/** `<file of the claim>/<name in the composition>`: equal in both regions for what corresponds. */
export const claimKey = ({ file, object }: Placed): string =>
  `${file.split('/').at(-1)}/${kindOf(object)}/${nameOf(object)}`;

/** Share of a day since the epoch; dates are `YYYY-MM-DD`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
