/**
 * `flipside teardown`: prints how an environment is taken down. It runs nothing and asks nobody: deletions of this size
 * cannot be proven against an emulator, so a person reads and runs them.
 */
import { modelOf } from '../model/estate';
import { EXIT } from './answer';
import { deploymentOf, type PlannedStack } from './aws/order';
import { noSuchEnvironment } from './environment';
import { readEstates } from './estates';
import { HOLDS_DATA } from './teardown/commands';
import { teardownPlan } from './teardown/plan';
import { type Owned, retainedBy } from './teardown/resources';

/** What `teardown` is called with. */
export interface TeardownOptions {
  readonly estate: string;
  readonly environment: string;
  readonly evenWithData?: boolean;
}

/** The verb. Without `--even-with-data` it lists what holds data or is protected, and exits 1. */
export function teardown(root: string, options: TeardownOptions): number {
  const [input] = readEstates(root, options.estate);
  if (!input) throw new Error(`Cannot find the estate "${options.estate}"`);
  const model = modelOf(input);
  const clusters = model.clusters.filter(({ environment }) => environment === options.environment);
  if (clusters.length === 0) throw noSuchEnvironment(model, options.environment);
  const owned = clusters.flatMap((cluster) => retainedBy(root, options.estate, cluster));
  const stacks = deploymentOf(model, options.environment);
  const reasons = reasonsAgainst(owned, stacks);
  if (reasons.length > 0 && !options.evenWithData) return refused(options, reasons);
  console.log(teardownPlan({ model, clusters, owned, stacks }).join('\n'));
  return EXIT.ok;
}

/** Everything that somebody could miss afterwards. */
function reasonsAgainst(owned: readonly Owned[], stacks: readonly PlannedStack[]): string[] {
  const data = owned
    .filter(({ kind, isProtected }) => isProtected || HOLDS_DATA.includes(kind))
    .map(({ kind, name, region, claim, isProtected }) => {
      const why = isProtected ? 'protected from deletion' : 'holds data';
      return `${kind} ${name} in ${region}, of the claim ${claim}: ${why}`;
    });
  const kept = stacks
    .filter(({ terminationProtection }) => terminationProtection)
    .map(({ name, region }) => `stack ${name} in ${region}: protected from deletion`);
  return [...data, ...kept];
}

function refused({ estate, environment }: TeardownOptions, reasons: readonly string[]): number {
  console.log(
    `Cannot plan the end of ${estate} ${environment}: ${reasons.length} things hold data or are protected`,
  );
  for (const reason of reasons) console.log(`  ${reason}`);
  console.log('Expected --even-with-data; nothing was printed that could be run');
  return EXIT.no;
}
