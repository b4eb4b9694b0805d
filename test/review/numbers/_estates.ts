/** The committed estates, rendered: as they are, or with one thing changed. */
import { render } from '../../../main';
import {
  applied,
  composed,
  type RenderedEstate,
  renderedEstate,
  type Template,
} from '../../../review/rendered';
import { readEstates } from '../../../scripts/estates';
import type { EstateInput } from '../../../spec/input';
import { root } from '../../helpers/cli';

export const NAMES = ['storefront', 'capstone', 'pilot-light', 'warm-standby', 'global-tables'] as const;

const inputs = readEstates(root);

const inputOf = (name: string): EstateInput => {
  const found = inputs.find(({ estate }) => estate.name === name);
  if (!found) throw new Error(`Cannot find the estate "${name}"`);
  return found;
};

function rendered(input: EstateInput): RenderedEstate {
  const { name } = input.estate;
  const files = [...render([input])].map(([path, text]): [string, string] => [
    path.slice(name.length + 1),
    text,
  ]);
  return renderedEstate(input, new Map(files));
}

const known = new Map<string, RenderedEstate>();

/** A committed estate. */
export function committed(name: string): RenderedEstate {
  const estate = known.get(name) ?? rendered(inputOf(name));
  known.set(name, estate);
  return estate;
}

type Draft = any; // oxlint-disable-line typescript/no-explicit-any -- tests write deep into readonly and foreign shapes

/** A committed estate whose files say something else, rendered again. */
export function edited(name: string, edit: (input: Draft) => void): RenderedEstate {
  const input = structuredClone(inputOf(name));
  edit(input);
  return rendered(input);
}

/** A committed estate that says something else of what no output holds: objectives, budget, assumptions. */
export function declared(name: string, edit: (input: Draft) => void): RenderedEstate {
  const input = structuredClone(inputOf(name));
  edit(input);
  return { ...committed(name), input };
}

/** A committed estate with rendered objects changed in place; fails when nothing was. */
export function rewritten(name: string, rewrite: (object: Draft, cluster: string) => void): RenderedEstate {
  const estate = structuredClone(committed(name));
  const objects = estate.clusters.flatMap((cluster) =>
    [...applied(cluster), ...composed(cluster)].map(({ object }) => ({ object, cluster: cluster.name })),
  );
  const before = JSON.stringify(objects);
  for (const { object, cluster } of objects) rewrite(object, cluster);
  if (JSON.stringify(objects) === before) throw new Error(`Cannot change ${name}: nothing in it matched`);
  return estate;
}

/** `estate` with one more CloudFormation template of a cluster. */
export const withStack = (
  estate: RenderedEstate,
  stack: string,
  resources: Template['resources'],
): RenderedEstate => ({
  ...estate,
  templates: [
    ...estate.templates,
    { file: `dist/${estate.input.estate.name}/aws/${stack}.json`, stack, resources },
  ],
});
