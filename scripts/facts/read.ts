/** The facts of a cluster from the outputs of its stacks, or every reason why they are not to be had. */
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { type FactOutput, factOutputs, GLOBAL_DATASTORE_PREFIX } from '../../model/outputs';
import { type Facts, factsSchema } from '../../spec/facts';
import type { Problem } from '../../spec/problem';
import { type DeployedStack, deployedStack, isSettled, stackName } from '../aws/stacks';
import { factsPath } from './text';

/** Facts, or what is wrong. */
export type ReadFacts = { readonly facts: Facts } | { readonly problems: readonly Problem[] };

/** What is read for which cluster. */
export interface Wanted {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  /** For a region that the table of prefixes does not know. */
  readonly globalPrefix?: string;
}

/** Reads the stacks of a cluster. Throws a UserError when AWS does not answer. */
export async function readFacts(wanted: Wanted): Promise<ReadFacts> {
  const rows = factOutputs(wanted.model, wanted.cluster);
  const stacks = await stacksOf(wanted.model, rows);
  const problems = [...stackProblems(wanted, rows, stacks), ...outputProblems(wanted, rows, stacks)];
  const prefix = wanted.globalPrefix ?? GLOBAL_DATASTORE_PREFIX[wanted.cluster.region];
  if (!prefix) problems.push(problem(wanted, ['elasticache', 'globalPrefix'], noPrefix(wanted.cluster)));
  if (problems.length > 0) return { problems };
  return shaped(wanted, rows, stacks, prefix ?? '');
}

type Stacks = ReadonlyMap<string, DeployedStack | undefined>;

const nameOf = ({ model }: Pick<Wanted, 'model'>, row: FactOutput) => stackName(model.estate.name, row);

async function stacksOf(model: EstateModel, rows: readonly FactOutput[]): Promise<Stacks> {
  const regions = new Map(model.clusters.map(({ name, region }) => [name, region]));
  const asked = new Map(rows.map((row) => [nameOf({ model }, row), regions.get(row.cluster) ?? '']));
  return new Map(
    await Promise.all(
      [...asked].map(async ([name, region]) => [name, await deployedStack(region, name)] as const),
    ),
  );
}

const problem = ({ model, cluster }: Wanted, fact: readonly string[], message: string): Problem => ({
  file: factsPath(model.estate.name, cluster.name),
  path: fact.join('.'),
  message,
});

/** One problem for each stack that is not there or not settled. */
function stackProblems(wanted: Wanted, rows: readonly FactOutput[], stacks: Stacks): Problem[] {
  const first = new Map(rows.map((row) => [nameOf(wanted, row), row]).toReversed() as [string, FactOutput][]);
  return [...stacks].flatMap(([name, stack]) => {
    if (stack && isSettled(stack)) return [];
    const fact = first.get(name)?.fact.slice(0, 1) ?? [];
    return [problem(wanted, fact, stack ? unsettled(stack) : missing(wanted, name))];
  });
}

const missing = ({ cluster, model }: Wanted, name: string) =>
  `Cannot read the stack "${name}": there is none in this account, expected it deployed; ` +
  `flipside stacks --estate ${model.estate.name} --environment ${cluster.environment} says how`;

const unsettled = ({ name, status, region }: DeployedStack) =>
  status.endsWith('IN_PROGRESS')
    ? `Cannot use the stack "${name}": ${status} in ${region}, expected its deployment to be over; wait and run this again`
    : `Cannot use the stack "${name}": ${status} in ${region}, expected its last deployment to have gone through`;

function outputProblems(wanted: Wanted, rows: readonly FactOutput[], stacks: Stacks): Problem[] {
  return rows.flatMap((row) => {
    const stack = stacks.get(nameOf(wanted, row));
    if (!stack || !isSettled(stack) || stack.outputs.has(row.output)) return [];
    return [
      problem(
        wanted,
        row.fact,
        `Cannot find the output "${row.output}" of the stack "${stack.name}": none, expected it; deploy the stack again from this commit`,
      ),
    ];
  });
}

const noPrefix = ({ region }: Cluster) =>
  `Cannot find the prefix of global datastores for "${region}": not in the table of model/outputs.ts, expected ` +
  '--global-prefix <five letters>, from https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html';

/** Puts the outputs in their places and holds them against the schema. */
function shaped(
  wanted: Wanted,
  rows: readonly FactOutput[],
  stacks: Stacks,
  globalPrefix: string,
): ReadFacts {
  const { account, region } = wanted.cluster;
  const draft: Draft = { account, region, elasticache: { globalPrefix } };
  for (const row of rows) put(draft, row, stacks.get(nameOf(wanted, row))?.outputs.get(row.output) ?? '');
  const read = factsSchema.safeParse(draft);
  if (read.success) return { facts: read.data };
  return { problems: read.error.issues.map((issue) => misshapen(wanted, rows, draft, issue)) };
}

interface Draft {
  [key: string]: unknown;
}

function put(draft: Draft, { fact, list }: FactOutput, value: string): void {
  const parents = fact.slice(0, -1);
  const parent = parents.reduce<Draft>((at, key) => (at[key] ??= {}) as Draft, draft);
  parent[fact.at(-1) ?? ''] = list ? value.split(',') : value;
}

function misshapen(
  wanted: Wanted,
  rows: readonly FactOutput[],
  draft: Draft,
  { path, message }: { readonly path: readonly PropertyKey[]; readonly message: string },
): Problem {
  const keys = path.map(String);
  const value = keys.reduce<unknown>((at, key) => (at as Draft | undefined)?.[key], draft);
  const row = rows.find(({ fact }) => fact.every((key, index) => keys[index] === key));
  const from = row ? `the output "${row.output}" of the stack "${nameOf(wanted, row)}"` : keys.join('.');
  return problem(wanted, keys, `Cannot use ${from}: ${JSON.stringify(value)}, ${message}`);
}
