/** Every committed estate's templates as `flipside synth` writes them: it loads the CDK's library only for what has changed. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../../model/clusters';
import { type EstateModel, modelOf } from '../../model/estate';
import { readEstates } from '../../scripts/estates';
import type { EstateInput } from '../../spec/input';
import { flipside, root, scratch } from '../helpers/cli';

export type Json = any; // oxlint-disable-line typescript/no-explicit-any -- assertions read deep into foreign shapes

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, Json>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** A template. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: unknown }>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string }>>;
  readonly [section: string]: unknown;
}

let inputs: readonly EstateInput[] | undefined;
const known = new Map<string, { model: EstateModel; templates: ReadonlyMap<string, Template> }>();
const templatesByEstate = new Map<string, ReadonlyMap<string, Template>>();

/** Every committed estate as the loader gives it. */
export function estates(): readonly EstateInput[] {
  inputs ??= readEstates(root);
  return inputs;
}

/** One committed estate as the loader gives it. */
export function inputOf(name: string): EstateInput {
  const found = estates().find(({ estate }) => estate.name === name);
  if (!found) throw new Error(`Cannot find the estate "${name}"`);
  return found;
}

/** A committed estate with its templates. */
export function estateOf(name: string) {
  const before = known.get(name);
  if (before) return before;
  const made = {
    model: modelOf(inputOf(name)),
    templates: synthesized().get(name) ?? new Map<string, Template>(),
  };
  known.set(name, made);
  return made;
}

/** The templates of every estate by path, written once for a test file. */
function synthesized(): typeof templatesByEstate {
  if (templatesByEstate.size > 0) return templatesByEstate;
  const dist = scratch();
  try {
    const { code, err } = flipside(['synth', '--output', dist]);
    if (code !== 0) throw new Error(err);
    for (const { estate } of estates())
      templatesByEstate.set(estate.name, templatesIn(join(dist, estate.name)));
    return templatesByEstate;
  } finally {
    rmSync(dist, { recursive: true });
  }
}

const templatesIn = (folder: string): ReadonlyMap<string, Template> =>
  new Map(
    readdirSync(join(folder, 'aws')).map((name) => [
      `aws/${name}`,
      JSON.parse(readFileSync(join(folder, 'aws', name), 'utf8')) as Template,
    ]),
  );

/** One template of a committed estate, for example `templateOf('storefront', 'prod-us-east-1', 'network')`. */
export function templateOf(estate: string, cluster: string, part: string): Template {
  const template = estateOf(estate).templates.get(`aws/${cluster}-${part}.json`);
  if (!template) throw new Error(`Cannot find the template ${cluster}-${part} of ${estate}`);
  return template;
}

/** The resources of a type, by logical id. */
export const allOf = ({ Resources }: Template, type: string): [string, Resource][] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** The properties of every resource of a type. */
export const propertiesOf = (template: Template, type: string): Resource['Properties'][] =>
  allOf(template, type).map(([, { Properties }]) => Properties);

/** Every cluster of every committed estate. */
export const everyCluster = (): { estate: string; cluster: Cluster; model: EstateModel }[] =>
  estates().flatMap(({ estate }) => {
    const { model } = estateOf(estate.name);
    return model.clusters.map((cluster) => ({ estate: estate.name, cluster, model }));
  });

/** The parts whose stacks this folder's tests are about. */
export const PARTS = [
  'network',
  'data',
  'cluster',
  'identity',
  'registry',
  'entry',
  'peering',
  'routes',
  'alarms',
];
