/** Rendered regions differ only where they are meant to. */
import type { Check } from '../check';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { type Own, ownOf } from './_own';
import { type Located, appliedOf, nameOf, pairsOf, spot } from './_read';

/** What may differ, by kind: floors, capacity and position; images have a check of their own. */
const MEANT: Readonly<Record<string, RegExp>> = {
  Composition: /\.input\.(position|flip\.)/,
  Deployment: /flipside\.dev\/floor$|^spec\.replicas$|Environment$|\.image$/,
  Function: /^spec\.package$/,
  Provider: /^spec\.package$/,
  EnvironmentConfig: /^data\.position$/,
  HorizontalPodAutoscaler: /^spec\.(minReplicas|maxReplicas)$/,
  NodeClass: /^spec\.tags\./,
  NodePool:
    /^spec\.(replicas|limits\.|template\.spec\.expireAfter$|template\.metadata\.labels\.Environment$)/,
  PodDisruptionBudget: /^spec\.maxUnavailable$/,
  ResourceQuota: /^spec\.hard\./,
};

/** What stands in both regions is the same program with the same settings. */
export const symmetricRegions: Check = {
  id: 'symmetric-regions',
  title: 'Regions differ only in names, addresses, floors and position',
  severity: 'error',
  reference: 'C-27, S0-50, S4-03, X-42',
  run: (estate, report) =>
    pairsOf(estate).flatMap((pair) => {
      const mine = sidesOf(estate, pair.home, pair.peer);
      const theirs = sidesOf(estate, pair.peer, pair.home);
      const alone = [...without(mine, theirs), ...without(theirs, mine)];
      return [
        ...alone.map(({ item }) =>
          report({
            message: `${item.object.kind} ${nameOf(item.object)} is in ${item.cluster.name} only`,
            path: spot(item),
            remedy: 'Render it for both regions',
          }),
        ),
        ...[...mine].flatMap(([key, one]) => {
          const other = theirs.get(key);
          const path = other && difference(one, other);
          if (!path) return [];
          return [
            report({
              message: `${one.item.object.kind} ${nameOf(one.item.object)} differs between the regions`,
              path: spot(other.item, path),
              remedy: 'Say the same in both, or let it follow the position in model/',
            }),
          ];
        }),
      ];
    }),
};

/** An object, and how its cluster's own names and addresses are told apart from the rest. */
interface Side {
  readonly item: Located;
  readonly own: Own;
}

/** Every object of the applications that both clusters have, by what it is called whatever its region is called. */
function sidesOf(
  estate: RenderedEstate,
  cluster: RenderedCluster,
  counterpart: RenderedCluster,
): ReadonlyMap<string, Side> {
  const own = ownOf(estate, cluster);
  const shared = [...cluster.applications].filter(([name]) => counterpart.applications.has(name));
  const items = appliedOf([{ ...cluster, applications: new Map(shared) }]);
  return new Map(items.map((item) => [keyOf(own, item), { item, own }]));
}

const without = (some: ReadonlyMap<string, Side>, others: ReadonlyMap<string, Side>): Side[] =>
  [...some].flatMap(([key, side]) => (others.has(key) ? [] : [side]));

/** Kinds that hold both regions in every cluster, so that they are equal to the letter but for the position. */
const SHARED: ReadonlySet<string> = new Set(['Composition', 'CompositeResourceDefinition', 'PrimaryRegion']);

const keyOf = (own: Own, { object }: Located): string =>
  own([object.apiVersion, object.kind, object.metadata.namespace, nameOf(object)].join('/'));

/** The first path whose values differ and are not meant to. */
function difference(one: Side, other: Side): string | undefined {
  const { kind } = one.item.object;
  const meant = MEANT[kind];
  const mine = SHARED.has(kind) ? (text: string) => text : one.own;
  const theirs = SHARED.has(kind) ? (text: string) => text : other.own;
  return firstDifference(one.item.object, other.item.object, '', (a, b, path) => {
    if (meant?.test(path)) return true;
    return typeof a === 'string' && typeof b === 'string' && mine(a) === theirs(b);
  });
}

type Excuse = (one: unknown, other: unknown, path: string) => boolean;

/** Walks both values at once, so that what is equal costs nothing. */
function firstDifference(one: unknown, other: unknown, path: string, isMeant: Excuse): string | undefined {
  if (one === other) return undefined;
  if (!isTree(one) || !isTree(other)) return isMeant(one, other, path) ? undefined : path;
  const keys = Object.keys(one);
  const added = Object.keys(other).filter((key) => !(key in one));
  for (const key of added.length > 0 ? [...keys, ...added] : keys) {
    const found = firstDifference(one[key], other[key], path ? `${path}.${key}` : key, isMeant);
    if (found) return found;
  }
  return undefined;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
