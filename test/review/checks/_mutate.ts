/** Breaks a rendered estate in one place; objects that are not touched stay the very same ones. */
import type { KubeObject, Placed, RenderedCluster, RenderedEstate, Template } from '../../../review/rendered';
import { kindOf, nameOf } from '../../../review/checks/_read';

/** Gives a broken copy. */
export type Mutation = (estate: RenderedEstate) => RenderedEstate;

/** An object as a tree that may be changed. */
export type Tree = Record<string, unknown>;

/** Which objects are meant; each key that is given has to fit. */
export interface Where {
  readonly position?: 'home' | 'peer';
  readonly name?: RegExp;
  readonly only?: (object: KubeObject) => boolean;
}

type Change = (object: Tree, cluster: RenderedCluster, estate: RenderedEstate) => void;

/** Changes every object of a kind in production. Throws when there is none: a mutation that changes nothing proves nothing. */
export function edit(kind: string, change: Change, where: Where = {}): Mutation {
  return (estate) =>
    mapped(estate, (placed, cluster) => {
      if (!fits(placed, cluster, kind, where)) return placed;
      const object = structuredClone(placed.object) as KubeObject & Tree;
      change(object, cluster, estate);
      return { ...placed, object };
    });
}

/** Takes every object of a kind away. */
export const drop =
  (kind: string, where: Where = {}): Mutation =>
  (estate) =>
    mapped(estate, (placed, cluster) => (fits(placed, cluster, kind, where) ? undefined : placed));

const fits = ({ object }: Placed, cluster: RenderedCluster, kind: string, { position, name, only }: Where) =>
  cluster.environment === 'prod' &&
  kindOf(object) === kind &&
  (position ?? cluster.position) === cluster.position &&
  (name?.test(nameOf(object)) ?? true) &&
  (only?.(object) ?? true);

type Step = (placed: Placed, cluster: RenderedCluster) => Placed | undefined;

function mapped(estate: RenderedEstate, step: Step): RenderedEstate {
  let changed = 0;
  const all = (placed: readonly Placed[], cluster: RenderedCluster) =>
    placed.flatMap((one) => {
      const next = step(one, cluster);
      if (next !== one) changed++;
      return next ? [next] : [];
    });
  const clusters = estate.clusters.map((cluster) => ({
    ...cluster,
    applications: new Map([...cluster.applications].map(([name, placed]) => [name, all(placed, cluster)])),
    claims: cluster.claims.map((claim) => ({ ...claim, objects: all(claim.objects, cluster) })),
  }));
  if (changed === 0) throw new Error(`Cannot break "${estate.input.estate.name}": nothing there to change`);
  return { ...estate, clusters };
}

/** Changes what people wrote, and nothing that was rendered from it. */
export const wrote =
  (change: (input: Tree & RenderedEstate['input']) => void): Mutation =>
  (estate) => {
    const input = structuredClone(estate.input) as Tree & RenderedEstate['input'];
    change(input);
    return { ...estate, input };
  };

/** Takes applications away from the clusters of a position, or of both. */
export const dropApplications =
  (names: RegExp, position?: 'home' | 'peer'): Mutation =>
  (estate) => ({
    ...estate,
    clusters: estate.clusters.map((cluster) =>
      (position ?? cluster.position) === cluster.position
        ? {
            ...cluster,
            applications: new Map([...cluster.applications].filter(([name]) => !names.test(name))),
          }
        : cluster,
    ),
  });

/** Adds a template of CloudFormation. */
export const withTemplate =
  (resources: Template['resources'], stack = 'prod-extra'): Mutation =>
  (estate) => ({
    ...estate,
    templates: [
      ...estate.templates,
      { file: `dist/${estate.input.estate.name}/aws/${stack}.json`, stack, resources },
    ],
  });

/** One mutation after the other. */
export const both =
  (...mutations: readonly Mutation[]): Mutation =>
  (estate) =>
    mutations.reduce((broken, mutation) => mutation(broken), estate);

const stepsOf = (path: string) => path.split('.');

/** Sets the value at a path such as `spec.rule.0.status`; what is missing on the way is made. */
export function set(tree: unknown, path: string, value: unknown): void {
  const steps = stepsOf(path);
  const last = steps.pop() ?? '';
  let at = tree as Tree;
  for (const step of steps) at = (at[step] ??= {}) as Tree;
  at[last] = value;
}

/** Removes what stands at a path. */
export function unset(tree: unknown, path: string): void {
  const steps = stepsOf(path);
  const last = steps.pop() ?? '';
  let at = tree as Tree;
  for (const step of steps) at = (at[step] ?? {}) as Tree;
  delete at[last];
}

/** The list at a path, made where it is missing. */
export function list(tree: unknown, path: string): unknown[] {
  const steps = stepsOf(path);
  const last = steps.pop() ?? '';
  let at = tree as Tree;
  for (const step of steps) at = (at[step] ??= {}) as Tree;
  return (at[last] ??= []) as unknown[];
}

/** Replaces the text at a path. */
export function replace(tree: unknown, path: string, from: RegExp, to: string): void {
  let at: unknown = tree;
  for (const step of stepsOf(path)) at = (at as Tree)[step];
  set(tree, path, String(at).replace(from, to));
}
