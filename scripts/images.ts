/** `flipside images`: the commands that copy what a bootstrap installs into an environment's own registry. */
import { type EstateModel, modelOf } from '../model/estate';
import { registryOf } from '../model/release';
import { EXIT } from './answer';
import { copiesOf } from './bootstrap/images';
import { type PartOptions, type Parts, partsOf } from './bootstrap/parts';
import { noSuchEnvironment } from './environment';
import { readEstates } from './estates';

/** What `images` is called with. */
export interface ImagesOptions extends PartOptions {
  readonly estate: string;
  readonly environment: string;
}

/** The verb. */
export async function images(root: string, options: ImagesOptions): Promise<number> {
  const [input] = readEstates(root, options.estate);
  if (!input) throw new Error(`Cannot read the estate "${options.estate}"`);
  const script = copyScript(modelOf(input), options.environment, await partsOf(root, options));
  console.log(script.join('\n'));
  return EXIT.ok;
}

/** Lines of a shell script. Throws a UserError for an environment that the estate has not. */
export function copyScript(model: EstateModel, environment: string, parts: Parts): string[] {
  const [home, ...far] = model.clusters.filter((cluster) => cluster.environment === environment);
  if (!home) throw noSuchEnvironment(model, environment);
  const registry = registryOf(home.account, home.region);
  const copies = copiesOf(parts, registry);
  const onwards = far.map(({ region }) => `; ECR replicates them to ${region}`).join('');
  return [
    '#!/bin/sh',
    `# ${copies.length} images and packages for ${model.estate.name}, ${environment}. What is there already is not copied again${onwards}.`,
    '# Needs crane: https://github.com/google/go-containerregistry/tree/main/cmd/crane',
    'set -eu',
    `aws ecr get-login-password --region ${home.region} | crane auth login --username AWS --password-stdin ${registry}`,
    ...copies.map(({ from, to }) => `crane copy ${from} ${to}`),
  ];
}
