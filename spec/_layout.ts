/** Which file of an estate's folder is what. */
import { compare, groupBy } from './_group';
import type { Files, Problem } from './problem';
import { nearest, quoted } from './_words';

/** A file by its path relative to the repository. */
export type File = readonly [path: string, bytes: Uint8Array];

/** The files of one estate, each kind sorted by path. */
export interface Layout {
  readonly estate?: File;
  readonly primaryRegion?: File;
  readonly services: readonly File[];
  readonly claims: readonly File[];
  readonly facts: readonly File[];
  readonly waivers?: File;
  /** Files and folders that have no place there, and files that must be there. */
  readonly problems: readonly Problem[];
}

const SLOTS = {
  estate: /^estate\.yaml$/,
  primaryRegion: /^primary-region\.yaml$/,
  services: /^services\/[^/]+\.yaml$/,
  claims: /^claims\/[^/]+\/[^/]+\.yaml$/,
  facts: /^facts\/[^/]+\.yaml$/,
  waivers: /^waivers\.yaml$/,
  /** For people, and what operating systems and editors leave behind. */
  other: /^README\.md$|(^|\/)\.[^/]/,
};
type Slot = keyof typeof SLOTS;

const TOP_FILES = ['estate.yaml', 'primary-region.yaml', 'waivers.yaml', 'README.md'];
const FOLDERS = ['services', 'claims', 'facts'];
const PLACES = [
  ...TOP_FILES,
  'services/<service>.yaml',
  'claims/<team>/<claim>.yaml',
  'facts/<environment>-<region>.yaml',
].join(', ');

/** Sorts the files under `estates/<name>/` into their slots. */
export function layoutOf(name: string, files: readonly File[]): Layout {
  const root = `estates/${name}/`;
  const slots = groupBy(files, ([path]) => slotOf(path.slice(root.length)));
  const [estate, primaryRegion] = [slots.get('estate')?.[0], slots.get('primaryRegion')?.[0]];
  const waivers = slots.get('waivers')?.[0];
  const unknown = slots.get(undefined) ?? [];
  return {
    ...(estate && { estate }),
    ...(primaryRegion && { primaryRegion }),
    services: slots.get('services') ?? [],
    claims: slots.get('claims') ?? [],
    facts: slots.get('facts') ?? [],
    ...(waivers && { waivers }),
    problems: [
      ...(estate ? [] : [missing(root, 'estate.yaml', 'the file that describes the estate')]),
      ...(primaryRegion ? [] : [missing(root, 'primary-region.yaml', regionalClaim(name))]),
      ...unknown.map(([path]) => misplaced(root, path.slice(root.length))),
    ],
  };
}

const slotOf = (path: string): Slot | undefined =>
  (Object.keys(SLOTS) as Slot[]).find((slot) => SLOTS[slot].test(path));

const regionalClaim = (name: string) =>
  `a PrimaryRegion named ${name} with region: <the home region> and epoch: 0`;

const missing = (root: string, file: string, allowed: string): Problem => ({
  file: root + file,
  path: '',
  message: `Cannot find ${file}: missing, expected ${allowed}`,
});

function misplaced(root: string, path: string): Problem {
  const guess = guessOf(path);
  const hint = guess ? ` (did you mean ${quoted(guess)}?)` : '';
  return {
    file: root + path,
    path: '',
    message: `Cannot use the file ${quoted(path)}: unknown, expected one of ${PLACES}${hint}`,
  };
}

function guessOf(path: string): string | undefined {
  const [head = '', ...rest] = path.replace(/\.(yml|YAML|YML)$/, '.yaml').split('/');
  const guess = [nearest(head, rest.length > 0 ? FOLDERS : TOP_FILES) ?? head, ...rest].join('/');
  return slotOf(guess) && guess !== path ? guess : undefined;
}

/** The files below `estates/`, sorted by path, by the folder of their estate; files of no folder under ''. */
export function byEstate(files: Files): ReadonlyMap<string, readonly File[]> {
  const sorted = [...files]
    .filter(([path]) => path.startsWith('estates/'))
    .toSorted(([a], [b]) => compare(a, b));
  return groupBy(sorted, ([path]) => {
    const [, folder = '', ...rest] = path.split('/');
    return rest.length > 0 ? folder : '';
  });
}
