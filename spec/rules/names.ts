/** Every name is that of its file or folder, and stands for one thing in the estate. */
import type { Rule } from '../_draft';
import type { Entry } from '../_entry';
import type { Path } from '../_path';
import { groupBy } from '../_group';
import type { Problem } from '../problem';

interface Named {
  readonly entry: Pick<Entry<unknown>, 'file' | 'stem' | 'folder' | 'unfit'>;
  readonly path: Path;
  readonly name: string;
}

/** The estate is named like its folder. */
export const estateName: Rule = ({ name, estate }) => {
  const given = estate?.parts.name;
  if (!estate || given === undefined || given === name) return [];
  return [estate.unfit(['name'], `not the name of its folder, expected ${name}`)];
};

/** Services are named like their files, each once. */
export const serviceNames: Rule = ({ services }) =>
  wrongNames(
    services.flatMap((entry) =>
      entry.parts.name ? [{ entry, path: ['name'], name: entry.parts.name }] : [],
    ),
  );

/** Names of the platform's own applications and target groups; a service's have the name of the service. */
const RESERVED = /^(beacon|nodes|crossplane|function|apis|flip|primary-region|argocd|root|(team|claims)-.*)$/;

/** No service takes the name of an application of the platform. */
export const reservedNames: Rule = ({ services }) =>
  services.flatMap((entry) => {
    const { name } = entry.parts;
    if (!name || !RESERVED.test(name)) return [];
    return [entry.unfit(['name'], `the name of an application of the platform, expected another one`)];
  });

/** Claims are named like their files, each once in the estate, whatever its team and kind. */
export const claimNames: Rule = ({ claims }) =>
  wrongNames(
    claims.flatMap((entry) => {
      const name = entry.parts.metadata?.name;
      return name ? [{ entry, path: ['metadata', 'name'], name }] : [];
    }),
  );

/** A claim's namespace is its team, which is its folder. */
export const namespaces: Rule = ({ claims }) =>
  claims.flatMap((claim) => {
    const namespace = claim.parts.metadata?.namespace;
    if (namespace === undefined || namespace === claim.folder) return [];
    const half = `not the team folder the file lies in, expected ${claim.folder}`;
    return [claim.unfit(['metadata', 'namespace'], half)];
  });

function wrongNames(all: readonly Named[]): Problem[] {
  const byName = groupBy(all, ({ name }) => name);
  return all.flatMap((named) => wrongName(named, byName.get(named.name) ?? []));
}

function wrongName({ entry, path, name }: Named, same: readonly Named[]): Problem[] {
  const owner = same.find((one) => one.entry.stem === name) ?? same[0];
  const taken = owner && owner.entry !== entry ? `already the name of ${shortFile(owner)}` : undefined;
  if (entry.stem !== name) {
    const current = taken ?? 'not the name of its file';
    return [entry.unfit(path, `${current}, expected ${entry.stem}, like the file`)];
  }
  if (!taken) return [];
  const half = `${taken}, expected a name used once in the estate, for example ${entry.folder}-${name}`;
  return [entry.unfit(path, half)];
}

/** The file without `estates/<name>/`. */
const shortFile = ({ entry }: Named) => entry.file.split('/').slice(2).join('/');
