/** `flipside bootstrap`: gives a new cluster what Argo CD cannot deliver, itself first, and hands it over to Git. */
import ms from 'ms';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../model/clusters';
import { modelOf, type EstateModel } from '../model/estate';
import { factsOf } from '../model/place';
import { registryOf } from '../model/release';
import { EXIT, UserError } from './answer';
import { delivered, isWhole, shownApplications } from './bootstrap/applications';
import { questions, reach } from './bootstrap/cluster';
import { shown } from './bootstrap/command';
import { rehearse } from './bootstrap/dry-run';
import { type PartOptions, partsOf } from './bootstrap/parts';
import { acceptPeering, acceptsPeering } from './bootstrap/peering';
import { perform } from './bootstrap/perform';
import { stagesOf } from './bootstrap/stages';
import { readEstates } from './estates';
import { filesBelow } from './tree';
import { colour } from './ui/text';

/** What `bootstrap` is called with. */
export interface BootstrapOptions extends PartOptions {
  readonly estate: string;
  readonly environment: string;
  readonly region: string;
  readonly dryRun?: boolean;
  readonly publicImages?: boolean;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly timeout: string;
}

/** The verb. */
export async function bootstrap(root: string, options: BootstrapOptions): Promise<number> {
  const model = modelOf(only(readEstates(root, options.estate)));
  const cluster = clusterOf(model, options);
  const dist = join(root, 'dist', options.estate, 'kubernetes', cluster.name);
  assertReady(cluster, dist, options);
  const wait = waitMs(options);
  const target = targetOf(cluster, options);
  const parts = await partsOf(root, options);
  const work = join(root, '.cache', 'bootstrap', options.estate, cluster.name);
  const registry = registryOf(cluster.account, cluster.region);
  const stages = stagesOf({ parts, dist, work, target, ...(!options.publicImages && { registry }) });

  const answers = await prerequisites(cluster, target, options);
  for (const stage of stages) {
    if (stage === stages.at(-1)) await peering(model, cluster, options);
    heading(stage.name);
    if (options.dryRun) await rehearse(stage, answers);
    else await perform(stage);
  }
  if (options.dryRun) return told('\nNothing was changed.');
  heading('Applications');
  return follow(target, expectedIn(dist), wait);
}

const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (!first) throw new Error('Cannot choose from an empty list');
  return first;
};

const heading = (name: string) => console.log(colour.bold(`\n${name}`));

function told(text: string): number {
  console.log(text);
  return EXIT.ok;
}

function clusterOf({ clusters, estate }: EstateModel, { environment, region }: BootstrapOptions): Cluster {
  const found = clusters.find((one) => one.environment === environment && one.region === region);
  if (found) return found;
  const names = clusters.map(({ name }) => name).join(', ');
  throw new UserError(
    `Cannot find the cluster "${environment}-${region}" of ${estate.name}: none, expected one of ${names}`,
    EXIT.usage,
  );
}

/** What is wrong on this machine, before anybody is asked. */
function assertReady(cluster: Cluster, dist: string, { estate, dryRun }: BootstrapOptions): void {
  const problems = [
    ...(existsSync(join(dist, 'root'))
      ? []
      : [
          `Cannot find "dist/${estate}/kubernetes/${cluster.name}/root": missing, expected it rendered: npx flipside synth`,
        ]),
    ...(factsOf(cluster).placeholder && !dryRun
      ? [
          `Cannot use estates/${estate}/facts/${cluster.name}.yaml: placeholder values, expected: npx flipside facts --estate ${estate}`,
        ]
      : []),
  ];
  if (problems.length > 0) throw new UserError(problems.join('\n'));
}

function waitMs({ timeout }: BootstrapOptions): number {
  const wait = ms(timeout as ms.StringValue);
  if (Number.isFinite(wait) && wait >= 0) return wait;
  throw new UserError(`Cannot wait "${timeout}": no duration, expected for example 45m`, EXIT.usage);
}

const targetOf = (cluster: Cluster, { context, kubeconfig }: BootstrapOptions): string[] => [
  ...(kubeconfig ? [`--kubeconfig=${kubeconfig}`] : []),
  `--context=${context ?? cluster.name}`,
];

/** True when the cluster answers and is the right one. A real run goes no further otherwise. */
async function prerequisites(
  cluster: Cluster,
  target: readonly string[],
  { dryRun }: BootstrapOptions,
): Promise<boolean> {
  heading(`Is it ${cluster.name}?`);
  if (dryRun) for (const one of questions(cluster, target)) console.log(`  $ ${shown(one)}`);
  const { ok, lines } = await reach(cluster, target);
  for (const line of lines) console.log(`  ${line}`);
  if (ok || dryRun) return ok;
  throw new UserError(
    `Cannot bootstrap "${cluster.name}": ${lines.filter((line) => !line.startsWith('ok')).length} of its checks failed, expected all to hold; nothing was changed`,
  );
}

/** Services reach the other region's stores through it: it stands before the first claim arrives. */
async function peering(model: EstateModel, cluster: Cluster, { dryRun = false }: BootstrapOptions) {
  if (!acceptsPeering(model, cluster)) return;
  heading('Peering of the regions');
  for (const line of await acceptPeering(model, cluster, dryRun)) console.log(`  ${line}`);
}

/** Every folder becomes an application but the one that is applied by hand and the one that the root is. */
const expectedIn = (dist: string): string[] => [
  'root',
  ...[...new Set(filesBelow(dist).map((path) => path.split('/')[0] ?? ''))].filter(
    (name) => name !== 'root' && name !== 'argocd',
  ),
];

const POLL_MS = 10_000;

async function follow(target: readonly string[], expected: readonly string[], wait: number): Promise<number> {
  const deadline = Date.now() + wait;
  let before = '';
  while (true) {
    const applications = (await delivered(target)) ?? [];
    const table = shownApplications(applications, expected).join('\n');
    if (table !== before) console.log(`${table}\n`);
    before = table;
    if (isWhole(applications, expected)) return told('Every application is synced and healthy.');
    if (Date.now() + POLL_MS > deadline) return unfinished();
    await sleep(POLL_MS);
  }
}

function unfinished(): number {
  console.log('Applied, and not yet healthy. Argo CD goes on by itself; run this again to look.');
  return EXIT.undecided;
}
