/** An estate whose facts are still to be read: where they are missing or may be wrong, made-up ones stand in. */
import { parse } from 'yaml';
import { modelOf, type EstateModel } from '../../model/estate';
import { clusterName } from '../../model/names';
import { targetGroupNames } from '../../model/outputs';
import { type Estate, estateSchema } from '../../spec/estate';
import type { Facts } from '../../spec/facts';
import { formatProblems } from '../../spec/format';
import { loadEstate } from '../../spec/load';
import type { Files } from '../../spec/problem';
import { EXIT, UserError } from '../answer';
import { readEstateFiles } from '../estates';
import { estateNames } from '../flip/estate';
import { type Place, placeholderFacts } from './placeholder';
import { factsPath, factsText } from './text';

/** An estate on its way to its facts. */
export interface KnownEstate {
  /** What is on disk. */
  readonly files: Files;
  /** The same, with made-up facts where there were none to look at. */
  readonly complete: Files;
  /** Everything but the facts asked for is what people wrote. */
  readonly model: EstateModel;
}

/** Reads the estate. The facts of the clusters that `asked` accepts are not looked at. Throws one UserError with every problem. */
export function knownEstate(root: string, name: string, asked: (place: Place) => boolean): KnownEstate {
  const files = readEstateFiles(root);
  assertName(name, files);
  const places = placesOf(files.get(`estates/${name}/estate.yaml`));
  const unknown = places.filter((place) => asked(place) || !files.has(factsPath(name, place.name)));
  const made = (groups: (place: Place) => string[]) =>
    withFacts(
      files,
      unknown.map((place) => [factsPath(name, place.name), placeholderFacts(place, groups(place))]),
    );
  // Which target groups there are is known once there is a model.
  const first = modelOf(
    loaded(
      name,
      made(() => []),
    ),
  );
  const complete = made((place) => groupsOf(first, place));
  return { files, complete, model: modelOf(loaded(name, complete)) };
}

const groupsOf = (model: EstateModel, { name }: Place): string[] => {
  const cluster = model.clusters.find((one) => one.name === name);
  return cluster ? targetGroupNames(model, cluster) : [];
};

/** `files` with these facts in them. */
export const withFacts = (files: Files, facts: readonly (readonly [string, Facts])[]): Files =>
  new Map([
    ...files,
    ...facts.map(([path, one]): [string, Uint8Array] => [path, Buffer.from(factsText(one))]),
  ]);

/** The estate as the loader gives it. Throws one UserError with every problem. */
export function loaded(name: string, files: Files) {
  const result = loadEstate(name, files);
  if ('problems' in result) throw new UserError(formatProblems(result.problems));
  return result.input;
}

function assertName(name: string, files: Files): void {
  const names = estateNames(files);
  if (names.includes(name)) return;
  throw new UserError(
    `Cannot find the estate "${name}": no folder estates/${name}, expected one of ${names.join(', ')}`,
    EXIT.usage,
  );
}

/** The clusters of an estate. Of an invalid one none: the loader then says what is wrong. */
function placesOf(bytes: Uint8Array | undefined): Place[] {
  const read = estateSchema.safeParse(parseSafe(bytes));
  return read.success ? clustersIn(read.data) : [];
}

const place = (environment: string, region: string, account: string): Place => ({
  name: clusterName(environment, region),
  environment,
  region,
  account,
});

function clustersIn({ regions, account, environments }: Estate): Place[] {
  const others = (['staging', 'dev'] as const).flatMap((name) => {
    const environment = environments[name];
    return environment ? [place(name, regions.home.name, environment.account)] : [];
  });
  return [place('prod', regions.home.name, account), place('prod', regions.peer.name, account), ...others];
}

function parseSafe(bytes: Uint8Array | undefined): unknown {
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
