/** The estate that is flipped. Only its own mistakes count: those of another estate must not hold up a failover. */
import { clustersOf } from '../../model/clusters';
import { clusterName } from '../../model/names';
import { modelOf } from '../../model/estate';
import { flipPlanOf } from '../../model/flip';
import type { FlipPlan } from '../../spec/flip';
import { formatProblems } from '../../spec/format';
import type { EstateInput } from '../../spec/input';
import { loadEstate } from '../../spec/load';
import type { Files } from '../../spec/problem';
import { EXIT, UserError } from '../answer';
import { readEstateFiles } from '../estates';

/** Only prod has two regions. */
export const ENVIRONMENT = 'prod';

/** An estate, and what a flip has to know of it. */
export interface FlipEstate {
  readonly name: string;
  readonly home: string;
  readonly peer: string;
  readonly input: EstateInput;
  /** What everybody wrote, to render it again after the edit. */
  readonly files: Files;
  readonly plan: FlipPlan;
}

/** The estate named `name`. Throws one UserError with every problem. */
export function flipEstate(root: string, name: string): FlipEstate {
  const files = readEstateFiles(root);
  const names = estateNames(files);
  if (!names.includes(name)) {
    throw new UserError(
      `Cannot find the estate "${name}": no folder estates/${name}, expected one of ${names.join(', ')}`,
      EXIT.usage,
    );
  }
  const loaded = loadEstate(name, files);
  if ('problems' in loaded) throw new UserError(formatProblems(loaded.problems));
  return { name, files, input: loaded.input, ...regionsOf(loaded.input) };
}

/** The name of every folder below `estates/`. */
export function estateNames(files: Files): string[] {
  const names = [...files.keys()].flatMap((path) => /^estates\/([^/]+)\/estate\.yaml$/.exec(path)?.[1] ?? []);
  return names.toSorted();
}

function regionsOf(input: EstateInput): Pick<FlipEstate, 'home' | 'peer' | 'plan'> {
  const [cluster] = clustersOf(input.estate, input.facts);
  const plan = cluster && flipPlanOf(modelOf(input), cluster);
  if (!plan) throw new Error(`Cannot flip the estate "${input.estate.name}": it has one region`);
  return { home: plan.home, peer: plan.other, plan };
}

/** Both regions, home first. */
export const regions = ({ home, peer }: FlipEstate): readonly [string, string] => [home, peer];

/** The other one. */
export const otherThan = ({ home, peer }: FlipEstate, region: string) => (region === home ? peer : home);

/** Path of the regional claim's file. */
export const claimPath = (name: string) => `estates/${name}/primary-region.yaml`;

/** The kubectl context of each region: `<environment>-<region>`, or as `home=<name>` and `peer=<name>` say. */
export function contextsOf(estate: FlipEstate, given: readonly string[]): Record<string, string> {
  const named = Object.fromEntries(given.map((pair) => contextOf(pair, estate)));
  const usual = regions(estate).map((region) => [region, clusterName(ENVIRONMENT, region)]);
  return { ...Object.fromEntries(usual), ...named };
}

function contextOf(pair: string, estate: FlipEstate): [string, string] {
  const [, position, context] = /^(home|peer)=(.+)$/.exec(pair) ?? [];
  if (!position || !context) {
    throw new UserError(
      `Cannot use the context "${pair}": no position, expected home=<name> or peer=<name>`,
      EXIT.usage,
    );
  }
  return [position === 'home' ? estate.home : estate.peer, context];
}
