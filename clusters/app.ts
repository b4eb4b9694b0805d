/** All stacks of an estate, and their templates. */
import { App } from 'aws-cdk-lib';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { farClusters } from '../model/far';
import { accountStacks } from './account';
import { EksStack } from './cluster/stack';
import { DataStack } from './data/stack';
import { EntryStack } from './entry/stack';
import { guardrailStacks } from './guardrails';
import { IdentityStack } from './identity/stack';
import { PeeringRoutesStack, PeeringStack } from './network/peering';
import { NetworkStack } from './network/stack';
import { RegistryStack } from './registry/stack';
import type { ClusterStack } from './stack';

/** Every stack of an estate: of each cluster's region, then the guardrails, then what exists once in an account. */
export function stacksOf(app: App, model: EstateModel): ClusterStack[] {
  return [
    ...model.clusters.flatMap((cluster) => clusterStacks(app, model, cluster)),
    ...guardrailStacks(app, model),
    ...accountStacks(app, model),
  ];
}

function clusterStacks(app: App, model: EstateModel, cluster: Cluster): ClusterStack[] {
  const props = { model, cluster };
  const data = new DataStack(app, props);
  const network = new NetworkStack(app, props);
  const eks = new EksStack(app, { ...props, network, data });
  return [
    data,
    network,
    eks,
    new IdentityStack(app, { ...props, data, eks }),
    new RegistryStack(app, props),
    new EntryStack(app, { ...props, network }),
    ...peeringStacks(app, network),
  ];
}

/** One far region today: a further one would make these stacks once more, under a name with that region. */
function peeringStacks(app: App, { props, transit }: NetworkStack): ClusterStack[] {
  const [far] = farClusters(props.model, props.cluster);
  if (!far || !transit) return [];
  const parts = { ...props, transit, far };
  const routes = new PeeringRoutesStack(app, parts);
  return props.cluster.position === 'home' ? [new PeeringStack(app, parts), routes] : [routes];
}

/**
 * An App that says nothing about itself, its sources or its machine.
 *
 * @param outdir Where CDK writes. @default a new folder below the system's temporary one
 */
export const appOf = (outdir?: string): App =>
  new App({
    ...(outdir && { outdir }),
    analyticsReporting: false,
    treeMetadata: false,
    context: {
      // What another stack reads cannot be taken away under it.
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
      // The review names a stack that is too large, beside everything else; here it would end all rendering.
      '@aws-cdk/core:stackResourceLimit': 0,
    },
    // The checks of the tests are stricter, and this one takes ten times as long as the synthesis.
    builtinCloudFormationValidation: false,
    postCliContext: {
      'aws:cdk:enable-path-metadata': false,
      'aws:cdk:enable-asset-metadata': false,
      'aws:cdk:disable-stack-trace': true,
    },
  });

/**
 * The template of every stack, by path below the estate's folder in `dist/`: `aws/<cluster>-<part>.json`.
 *
 * CDK synthesizes into a folder and cannot do without: see {@link appOf}.
 */
export function templatesOf(model: EstateModel, outdir?: string): ReadonlyMap<string, object> {
  const app = appOf(outdir);
  const stacks = stacksOf(app, model);
  const assembly = app.synth();
  return new Map(
    stacks.map((stack) => [
      `aws/${stack.props.cluster.name}-${stack.part}.json`,
      assembly.getStackArtifact(stack.artifactId).template as object,
    ]),
  );
}
