/** Every committed estate's templates, each estate synthesized once for a test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templatesOf } from '../../clusters';
import type { Cluster } from '../../model/clusters';
import { type EstateModel, modelOf } from '../../model/estate';
import { readEstates } from '../../scripts/estates';
import type { EstateInput } from '../../spec/input';
import { root } from '../helpers/cli';

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

/** The templates of an estate by path, as JSON says them. CDK's folder goes again. */
export function rendered(model: EstateModel): ReadonlyMap<string, Template> {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-cdk-'));
  try {
    return new Map([...templatesOf(model, folder)].map(([path, template]) => [path, template as Template]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let inputs: readonly EstateInput[] | undefined;
const known = new Map<string, { model: EstateModel; templates: ReadonlyMap<string, Template> }>();

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
  const model = modelOf(inputOf(name));
  const made = { model, templates: rendered(model) };
  known.set(name, made);
  return made;
}

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
