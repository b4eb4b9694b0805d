/** What a service uses and calls is there. */
import type { Draft, Rule } from '../_draft';
import { problemAt } from '../_source';
import { choice, quoted } from '../_words';
import type { Problem } from '../problem';
import type { File } from '../_layout';

type Service = Draft['services'][number];

/** `uses` names claims. */
export const uses: Rule = ({ services, claims, layout }) => {
  const known = namesOf(
    layout.claims,
    claims.map(({ parts }) => parts.metadata?.name),
  );
  return services.flatMap((service) =>
    unknownNames(service, 'uses', { noun: 'claim', folder: 'claims/<team>', known }),
  );
};

/** `calls` names services. */
export const calls: Rule = ({ services, layout }) => {
  const known = namesOf(
    layout.services,
    services.map(({ parts }) => parts.name),
  );
  return services.flatMap((service) =>
    unknownNames(service, 'calls', { noun: 'service', folder: 'services', known }),
  );
};

/** A file that cannot be read still stands for its name. */
const namesOf = (files: readonly File[], names: readonly (string | undefined)[]): ReadonlySet<string> =>
  new Set([...files.map(([path]) => stemOf(path)), ...names.filter((name) => name !== undefined)]);

const stemOf = (path: string) => path.replace(/^.*\//, '').replace(/\.yaml$/, '');

/** What `uses` or `calls` names, and where such a thing would be written. */
interface Target {
  readonly noun: string;
  readonly folder: string;
  readonly known: ReadonlySet<string>;
}

function unknownNames(service: Service, key: 'uses' | 'calls', target: Target): Problem[] {
  return (service.parts[key] ?? []).flatMap((name, index) =>
    target.known.has(name) ? [] : [problemAt(service.source, [key, index], unknownText(name, target))],
  );
}

function unknownText(name: string, { noun, folder, known }: Target): string {
  const allowed =
    known.size > 0 ? choice(name, [...known]) : `expected a file for it, ${folder}/${name}.yaml`;
  return `Cannot find the ${noun} ${quoted(name)}: not in the estate, ${allowed}`;
}
