/** The whole pipe: what people wrote, to every file under `dist/`. Pure; `flipside synth` writes what this gives. */
import type { EstateInput } from './spec/input';
import { modelOf, type EstateModel } from './model/estate';
import { composedFiles } from './scripts/render/composed';
import { kubernetesFiles } from './scripts/render/kubernetes';

/** Text by path relative to `dist/`, with forward slashes. */
export type Rendered = ReadonlyMap<string, string>;

/** Renders valid estates. */
export function render(estates: readonly EstateInput[]): Rendered {
  return new Map(estates.map(modelOf).flatMap(estateFiles));
}

function estateFiles(model: EstateModel): [string, string][] {
  return model.clusters
    .flatMap((cluster) => [...kubernetesFiles(model, cluster), ...composedFiles(model, cluster)])
    .map(([path, text]) => [`${model.estate.name}/${path}`, text]);
}
