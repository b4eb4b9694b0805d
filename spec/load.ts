/** From what people wrote to what everything else is built from, or to every mistake in it at once. */
import { type Draft, draftOf } from './_draft';
import { compare } from './_group';
import { byEstate } from './_layout';
import type { Entry } from './_entry';
import type { AnyClaim } from './claims';
import type { EstateInput } from './input';
import type { Files, Problem } from './problem';
import { betweenEstates, rules } from './rules';

/** A valid estate, or what is wrong with it. */
export type Loaded = { readonly input: EstateInput } | { readonly problems: readonly Problem[] };

/** Every estate under `estates/`: those that are valid, sorted by name, and the problems of all others. */
export interface LoadedEstates {
  readonly inputs: readonly EstateInput[];
  /** Sorted by file, line and column; empty when everything is valid. */
  readonly problems: readonly Problem[];
}

/** Loads the estate in the folder `estates/<name>`. */
export function loadEstate(name: string, files: Files): Loaded {
  return finish(draftOf(name, byEstate(files).get(name) ?? []));
}

/** Loads every estate, and holds them against one another. */
export function loadEstates(files: Files): LoadedEstates {
  const folders = byEstate(files);
  const drafts = [...folders.keys()]
    .filter((name) => name !== '')
    .map((name) => draftOf(name, folders.get(name) ?? []));
  const loaded = drafts.map(finish);
  const problems = loaded.flatMap((result) => ('problems' in result ? result.problems : []));
  const strays = (folders.get('') ?? []).flatMap(([path]) => stray(path));
  return {
    inputs: loaded.flatMap((result) => ('input' in result ? [result.input] : [])),
    problems: sorted([...strays, ...nothing(drafts), ...problems, ...betweenEstates(drafts)]),
  };
}

const IGNORED = /^estates\/(README\.md|\..*)$/;

const stray = (file: string): Problem[] =>
  IGNORED.test(file)
    ? []
    : [
        {
          file,
          path: '',
          message: `Cannot use the file "${file}": in no estate, expected estates/<name>/<file>`,
        },
      ];

const nothing = (drafts: readonly Draft[]): Problem[] =>
  drafts.length > 0
    ? []
    : [
        {
          file: 'estates',
          path: '',
          message: 'Cannot find an estate: none, expected estates/<name>/estate.yaml',
        },
      ];

function finish(draft: Draft): Loaded {
  const problems = sorted([...draft.problems, ...rules.flatMap((rule) => rule(draft))]);
  if (problems.length > 0) return { problems };
  return { input: inputOf(draft) };
}

const sorted = (problems: readonly Problem[]): Problem[] =>
  problems.toSorted(
    (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );

/** Without problems every file gave a value. */
function inputOf({ estate, primaryRegion, ...draft }: Draft): EstateInput {
  if (!estate?.value || !primaryRegion?.value)
    throw new Error(`Cannot build estate "${draft.name}": incomplete`);
  return {
    estate: estate.value,
    primaryRegion: primaryRegion.value,
    services: valuesOf(draft.services).toSorted((a, b) => compare(a.name, b.name)),
    claims: valuesOf(draft.claims).toSorted(byTeamAndName),
    waivers: draft.waivers?.value?.waivers ?? [],
    facts: Object.fromEntries(draft.facts.flatMap(({ stem, value }) => (value ? [[stem, value]] : []))),
  };
}

const valuesOf = <T>(entries: readonly Entry<T>[]): T[] => entries.flatMap(({ value }) => value ?? []);

const byTeamAndName = ({ metadata: a }: AnyClaim, { metadata: b }: AnyClaim) =>
  compare(a.namespace, b.namespace) || compare(a.name, b.name);
