/** The stacks of an environment in the order in which they can be deployed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appOf, stacksOf } from '../../clusters';
import type { EstateModel } from '../../model/estate';
import { type StackParameter, stackParameters } from '../../model/outputs';
import { stackName } from './stacks';

/** A stack to deploy. */
export interface PlannedStack {
  readonly name: string;
  readonly cluster: string;
  readonly part: string;
  readonly account: string;
  readonly region: string;
  /** AWS refuses to delete it until this is taken back. */
  readonly terminationProtection: boolean;
  readonly parameters: readonly StackParameter[];
  /** Stacks that have to stand before, by name. */
  readonly after: readonly string[];
  /** What stays when it is deleted, as `<type> <logical id>`. */
  readonly retained: readonly string[];
}

/** Every stack of an environment, each after those that it needs. */
export function deploymentOf(model: EstateModel, environment: string): PlannedStack[] {
  return inOrder(plannedStacks(model, environment));
}

function plannedStacks(model: EstateModel, environment: string): PlannedStack[] {
  const names = new Set(
    model.clusters.filter((one) => one.environment === environment).map(({ name }) => name),
  );
  const parameters = model.clusters.flatMap((cluster) => stackParameters(model, cluster));
  return withApp((outdir) => {
    const app = appOf(outdir);
    const stacks = stacksOf(app, model).filter(({ props }) => names.has(props.cluster.name));
    // What refers to another stack is known to CDK only after this.
    const assembly = app.synth();
    return stacks.map((stack): PlannedStack => {
      const { cluster } = stack.props;
      const at = { cluster: cluster.name, part: stack.part };
      const own = parameters.filter((one) => one.cluster === at.cluster && one.part === at.part);
      const before = [
        ...stack.dependencies.map((one) => one.stackName),
        ...own.map(({ from }) => stackName(model.estate.name, from)),
      ];
      return {
        ...at,
        name: stack.stackName,
        account: stack.account,
        region: stack.region,
        terminationProtection: stack.terminationProtection ?? false,
        parameters: own,
        after: [...new Set(before)].toSorted(),
        retained: retainedIn(assembly.getStackArtifact(stack.artifactId).template as Template),
      };
    });
  });
}

interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly DeletionPolicy?: string }>>;
}

const retainedIn = ({ Resources = {} }: Template) =>
  Object.entries(Resources)
    .filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'))
    .map(([id, { Type }]) => `${Type} ${id}`);

/** CDK cannot synthesize without a folder. */
function withApp<T>(work: (outdir: string) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), 'flipside-stacks-'));
  try {
    return work(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Keeps the given order where nothing speaks against it. Throws where stacks need one another. */
function inOrder(stacks: readonly PlannedStack[]): PlannedStack[] {
  const known = new Set(stacks.map(({ name }) => name));
  const done = new Set<string>();
  const ordered: PlannedStack[] = [];
  while (ordered.length < stacks.length) {
    const next = stacks.find(
      ({ name, after }) => !done.has(name) && after.every((one) => done.has(one) || !known.has(one)),
    );
    if (!next) throw new Error(`Cannot order the stacks: ${stacks.length - done.size} need one another`);
    done.add(next.name);
    ordered.push(next);
  }
  return ordered;
}
