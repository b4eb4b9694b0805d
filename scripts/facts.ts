/** `flipside facts`: writes down what the deployed stacks answered, or says how that differs from what is committed. */
import { createTwoFilesPatch } from 'diff';
import { join } from 'node:path';
import type { Cluster } from '../model/clusters';
import { modelOf, type EstateModel } from '../model/estate';
import { missingFacts } from '../model/missing-facts';
import { factsOf } from '../model/place';
import { missingBeaconFacts } from '../platform';
import type { Facts } from '../spec/facts';
import { formatProblems } from '../spec/format';
import type { Files } from '../spec/problem';
import { EXIT, UserError } from './answer';
import { assertAccount } from './aws/account';
import { knownEstate, loaded, withFacts } from './facts/known';
import type { Place } from './facts/placeholder';
import { readFacts } from './facts/read';
import { canonical, factsPath, factsText } from './facts/text';
import { apply, compare } from './tree';

/** What `facts` is called with. */
export interface FactsOptions {
  readonly estate: string;
  readonly environment: string;
  readonly region?: string;
  readonly check?: boolean;
  readonly json?: boolean;
  readonly placeholder?: boolean;
  readonly globalPrefix?: string;
}

/** A file that was read, and whether it says something else than the one on disk. */
interface Told {
  readonly cluster: string;
  readonly file: string;
  readonly facts: Facts;
  readonly changed: boolean;
}

/** The verb. Throws a UserError with every problem; then nothing was written. */
export async function facts(root: string, options: FactsOptions): Promise<number> {
  if (options.placeholder) return placeholders(root, options);
  const asked = (place: Place) => isAsked(options, place);
  const { files, complete, model } = knownEstate(root, options.estate, asked);
  const clusters = model.clusters.filter(asked);
  assertSome(clusters, options, model);
  const read = await readAll(model, clusters, options.globalPrefix ?? keptPrefix(files, model));
  assertEstate(options.estate, withFacts(complete, read), new Set(read.map(([path]) => path)));
  const told = read.map(([file, found], index) => toldOf(files, clusters[index], file, found));
  if (!options.check) write(root, options.estate, told);
  report(options, files, told);
  return options.check && told.some(({ changed }) => changed) ? EXIT.no : EXIT.ok;
}

const isAsked = (
  { environment, region }: FactsOptions,
  place: { readonly environment: string; readonly region: string },
) => place.environment === environment && (!region || place.region === region);

function assertSome(
  clusters: readonly Cluster[],
  options: FactsOptions,
  { clusters: all }: EstateModel,
): void {
  if (clusters.length > 0) return;
  const wanted = [options.environment, options.region].filter(Boolean).join('-');
  throw new UserError(
    `Cannot find the cluster "${wanted}" of ${options.estate}: none, expected one of ${all.map(({ name }) => name).join(', ')}`,
    EXIT.usage,
  );
}

type PrefixOf = ((cluster: Cluster) => string | undefined) | string;

/** What a bootstrap was told before stays: it is asked for once. */
const keptPrefix =
  (files: Files, { estate }: EstateModel) =>
  (cluster: Cluster) => {
    const text = new TextDecoder().decode(files.get(factsPath(estate.name, cluster.name)));
    return /^placeholder: true$/m.test(text) ? undefined : /globalPrefix: ([a-z]{5})\b/.exec(text)?.[1];
  };

async function readAll(model: EstateModel, clusters: readonly Cluster[], prefix: PrefixOf) {
  const [{ account, region } = { account: '', region: '' }] = clusters;
  const what = `the facts of ${clusters.map(({ name }) => `"${name}"`).join(' and ')}`;
  await assertAccount({ what, account, region });
  const answers = await Promise.all(
    clusters.map((cluster) => {
      const globalPrefix = typeof prefix === 'string' ? prefix : prefix(cluster);
      return readFacts({ model, cluster, ...(globalPrefix && { globalPrefix }) });
    }),
  );
  const problems = answers.flatMap((answer) => ('problems' in answer ? answer.problems : []));
  if (problems.length > 0) throw new UserError(formatProblems(problems));
  return answers.flatMap((answer, index): [string, Facts][] =>
    'facts' in answer ? [[factsPath(model.estate.name, clusters[index]?.name ?? ''), answer.facts]] : [],
  );
}

/** The loader's rules and the model's hold for what was read like for what people write. */
function assertEstate(name: string, files: Files, read: ReadonlySet<string>): void {
  const model = modelOf(loaded(name, files));
  const problems = [...missingFacts(model), ...missingBeaconFacts(model)].filter(({ file }) =>
    read.has(file),
  );
  if (problems.length > 0) throw new UserError(formatProblems(problems));
}

const toldOf = (files: Files, cluster: Cluster | undefined, file: string, found: Facts): Told => ({
  cluster: cluster?.name ?? '',
  file,
  facts: found,
  changed: canonical(textAt(files, file)) !== factsText(found),
});

const textAt = (files: Files, file: string) => new TextDecoder().decode(files.get(file));

function write(root: string, estate: string, told: readonly Told[]): void {
  const changed = told.filter((one) => one.changed);
  place(
    root,
    estate,
    new Map(changed.map(({ cluster, facts: found }) => [`${cluster}.yaml`, factsText(found)])),
  );
}

/** Writes into the folder of the facts, all files or none, and leaves the others alone. */
function place(root: string, estate: string, tree: ReadonlyMap<string, string>): void {
  const dir = join(root, 'estates', estate, 'facts');
  apply(
    dir,
    tree,
    compare(dir, tree, (path) => tree.has(path)),
  );
}

function report({ json, check }: FactsOptions, files: Files, told: readonly Told[]): void {
  if (json) return console.log(JSON.stringify({ clusters: told }, null, 2));
  for (const one of told) console.log(check ? difference(files, one) : said(one));
}

const said = ({ file, changed }: Told) =>
  changed ? `${file}: written; now run: npx flipside synth` : `${file}: is what the stacks say`;

function difference(files: Files, one: Told): string {
  if (!one.changed) return `${one.file}: is what the stacks say`;
  const present = canonical(textAt(files, one.file));
  const patch = createTwoFilesPatch(
    one.file,
    one.file,
    present,
    factsText(one.facts),
    'committed',
    'deployed',
  );
  return patch.split('\n').slice(1).join('\n');
}

/** Writes made-up facts for the clusters that have none: rendering and the stacks need their shape before their values. */
function placeholders(root: string, options: FactsOptions): number {
  const { files, model } = knownEstate(root, options.estate, () => false);
  const none = model.clusters.filter(({ name }) => !files.has(factsPath(options.estate, name)));
  const tree = new Map(none.map((cluster) => [`${cluster.name}.yaml`, factsText(factsOf(cluster))]));
  place(root, options.estate, tree);
  for (const { name } of none) console.log(`${factsPath(options.estate, name)}: placeholder written`);
  if (tree.size === 0) console.log(`every cluster of ${options.estate} has facts; nothing was written`);
  return EXIT.ok;
}
