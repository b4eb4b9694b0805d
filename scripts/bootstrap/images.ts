/** The images that bootstrap installs: where they are published, and where the estate keeps them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryIn } from '../../model/release';
import { PROVIDER_NAMES } from '../../model/repositories';
import { PROVIDER_PACKAGES, THIRD_PARTY } from '../../model/third-party';
import { PROVIDER_VERSION } from '../../platform/crossplane/providers';
import { UserError } from '../answer';
import type { Parts } from './parts';
import type { Stage } from './stages';

/** An image of others, and its copy; both with a tag. */
export interface Copied {
  readonly from: string;
  readonly to: string;
}

const UNKNOWN = 'kept nowhere, expected its repository in model/third-party.ts';

/** Arguments of sed that take the images of manifests from the own registry. */
export const substitutions = (registry: string): string[] =>
  Object.entries(THIRD_PARTY).flatMap(([published, name]) => [
    '-e',
    `s#image: ${published}\\([:@]\\)#image: ${repositoryIn(registry, name)}\\1#`,
  ]);

/** Everything to copy into `registry` before a bootstrap: images, and the packages of the AWS providers. */
export function copiesOf(parts: Parts, registry: string): Copied[] {
  const images = publishedImages(parts).map((from) => {
    const [repository = '', tag = ''] = from.split(':');
    const name = THIRD_PARTY[repository];
    if (!name) throw new UserError(`Cannot copy "${from}": ${UNKNOWN}`);
    return { from, to: `${repositoryIn(registry, name)}:${tag}` };
  });
  const packages = PROVIDER_NAMES.map((name) => ({
    from: `${PROVIDER_PACKAGES}/${name}:${PROVIDER_VERSION}`,
    to: `${repositoryIn(registry, name)}:${PROVIDER_VERSION}`,
  }));
  return [...images, ...packages];
}

const publishedAs = (own: string) => Object.entries(THIRD_PARTY).find(([, name]) => name === own)?.[0] ?? own;

/** Argo CD's manifests name theirs; the charts of the others are set to one version. */
function publishedImages({ argocd, crossplane, externalSecrets }: Parts): string[] {
  return [
    ...new Set([
      ...imagesIn(join(argocd.dir, 'install.yaml')),
      `${publishedAs('crossplane')}:${crossplane.version}`,
      `${publishedAs('external-secrets')}:${externalSecrets.version}`,
    ]),
  ].toSorted();
}

/** `image: <name>` on a line of its own; a schema has a block there. */
const IMAGE = /^[ -]*image: +["']?([^\s"']+)/gm;

/** Images that pods of a manifest run; none where it has not been rendered. */
const imagesIn = (path: string): string[] =>
  existsSync(path) ? [...readFileSync(path, 'utf8').matchAll(IMAGE)].flatMap(([, image]) => image ?? []) : [];

/** What a stage would pull from elsewhere although it is to use the own registry. */
export function foreignImages({ registry, applies }: Stage): string[] {
  if (!registry) return [];
  const foreign = new Set(applies.flatMap(imagesIn).filter((image) => !image.startsWith(`${registry}/`)));
  return [...foreign].map(
    (image) => `Cannot install "${image}": not in ${registry}, ${UNKNOWN}; or install with --public-images`,
  );
}
