/** Every cluster of the estate has facts, and they are its own. */
import type { Draft, Rule } from '../_draft';
import type { Path } from '../_path';
import { problemAt } from '../_source';
import { choice } from '../_words';
import type { Problem } from '../problem';

type Entry = Draft['facts'][number];

/** A cluster that the estate asks for, and where it does. */
interface Wanted {
  readonly cluster: string;
  readonly region: string;
  readonly account: string | undefined;
  readonly path: Path;
}

/** A facts file for each cluster. */
export const factsPresent: Rule = ({ estate, facts, layout }) => {
  const wanted = wantedOf(estate);
  if (!estate || wanted.length === 0) return [];
  const present = new Set(layout.facts.map(([path]) => path.replace(/^.*\//, '')));
  const missing = wanted
    .filter(({ cluster }) => !present.has(`${cluster}.yaml`))
    .map(({ cluster, path }) => problemAt(estate.source, path, missingText(cluster)));
  return [...missing, ...facts.flatMap((entry) => unwanted(entry, wanted))];
};

const missingText = (cluster: string) =>
  `Cannot find facts/${cluster}.yaml: missing, expected the facts of this cluster: create it with "flipside facts"`;

function unwanted(entry: Entry, wanted: readonly Wanted[]): Problem[] {
  const clusters = wanted.map(({ cluster }) => cluster);
  if (clusters.includes(entry.stem)) return [];
  const message = `Cannot use facts/${entry.stem}.yaml: no cluster of the estate, ${choice(entry.stem, clusters)}`;
  return [problemAt(entry.source, [], message)];
}

/** Facts are of the region, the account and the cluster that the file is named after. */
export const factsMatch: Rule = ({ estate, facts }) => {
  const wanted = new Map(wantedOf(estate).map((one) => [one.cluster, one]));
  return facts.flatMap((entry) => {
    const own = wanted.get(entry.stem);
    return own ? mismatches(entry, own) : [];
  });
};

function mismatches(entry: Entry, { cluster, region, account }: Wanted): Problem[] {
  const { parts } = entry;
  const wrong = [
    ...differs(entry, ['region'], parts.region, region, 'like the name of the file'),
    ...differs(entry, ['account'], parts.account, account, 'like estate.yaml'),
    ...differs(entry, ['cluster', 'name'], parts.cluster?.name, cluster, 'like the name of the file'),
  ];
  return wrong.length > 0 ? wrong : arnsOf(parts).flatMap(([path, arn]) => foreign(entry, path, arn));
}

function differs(
  entry: Entry,
  path: Path,
  given: string | undefined,
  wanted: string | undefined,
  why: string,
) {
  if (given === undefined || wanted === undefined || given === wanted) return [];
  return [entry.unfit(path, `of another ${path[0]}, expected ${wanted}, ${why}`)];
}

function arnsOf({
  keys,
  loadBalancer,
  targetGroups,
  rotation,
}: Entry['parts']): [Path, string | undefined][] {
  return [
    [['keys', 'data'], keys?.data],
    [['loadBalancer', 'arn'], loadBalancer?.arn],
    [['rotation', 'functionArn'], rotation?.functionArn],
    ...Object.entries(targetGroups ?? {}).map(([name, arn]): [Path, string] => [['targetGroups', name], arn]),
  ];
}

/** `arn:aws:<service>:<region>:<account>:<rest>`, of the region and the account that the same file states. */
function foreign(entry: Entry, path: Path, arn: string | undefined): Problem[] {
  const { region, account } = entry.parts;
  if (arn === undefined || region === undefined || account === undefined) return [];
  const [, , , itsRegion, itsAccount] = arn.split(':');
  if (itsRegion === region && itsAccount === account) return [];
  return [entry.unfit(path, `of another region or account, expected an ARN of ${region} and ${account}`)];
}

function wantedOf(estate: Draft['estate']): Wanted[] {
  const { regions, environments = {}, account } = estate?.parts ?? {};
  if (!regions) return [];
  const prod = (['home', 'peer'] as const).map((position) => ({
    environment: 'prod',
    region: regions[position].name,
    account,
    path: ['regions', position, 'name'],
  }));
  const others = Object.entries(environments).flatMap(([environment, settings]) =>
    settings
      ? [
          {
            environment,
            region: regions.home.name,
            account: settings.account,
            path: ['environments', environment],
          },
        ]
      : [],
  );
  return [...prod, ...others].map(({ environment, ...rest }) => ({
    cluster: `${environment}-${rest.region}`,
    ...rest,
  }));
}
