/** What each cluster's Argo CD applies: `kubernetes/<cluster>/<application>/<application>.yaml`. */
import { ApiObject, App, type Chart } from 'cdk8s';
import { applications as workloads } from '../../charts';
import { claimsIn } from '../../model/claims';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import type { Wave } from '../../model/waves';
import { applications as offered } from '../../platform';
import { yamlStream } from './yaml';

/** One Argo CD application: a folder of manifests and its place in the order. */
export interface Application {
  readonly name: string;
  readonly wave: Wave;
  readonly manifests: () => readonly object[];
}

/** Every application of a cluster, in the order they are rendered. */
export function applicationsOf(model: EstateModel, cluster: Cluster): Application[] {
  const charted = [...offered(model, cluster), ...workloads(model, cluster)];
  return [...charted.map(fromChart), ...primaryRegion(model, cluster), ...claims(model, cluster)];
}

/** The files of a cluster, relative to the estate's folder under `dist/`. */
export function kubernetesFiles(model: EstateModel, cluster: Cluster): [string, string][] {
  return applicationsOf(model, cluster).map(({ name, manifests }) => [
    `kubernetes/${cluster.name}/${name}/${name}.yaml`,
    yamlStream(manifests()),
  ]);
}

/**
 * An App for each chart: one App with many charts goes through the whole tree once per chart, which is quadratic.
 */
function fromChart(one: { name: string; wave: Wave; chart: (scope: App) => Chart }): Application {
  return { name: one.name, wave: one.wave, manifests: () => objectsOf(one.chart(new App())) };
}

/**
 * The objects of a chart in the order they were made. `chart.toJson()` would also sort them by their dependencies, of
 * which there are none: order is a sync wave.
 */
function objectsOf(chart: Chart): object[] {
  const constructs = chart.node.findAll();
  const problems = constructs.flatMap(({ node }) => node.validate());
  if (problems.length > 0) throw new Error(`Cannot render "${chart.node.path}": ${problems.join(', ')}`);
  return constructs
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as object);
}

/** None where there is one region: its namespace is not there, and its API server would refuse a flip. */
function primaryRegion(model: EstateModel, { placement }: Cluster): Application[] {
  if (!placement.peer) return [];
  return [{ name: 'primary-region', wave: 'primaryRegion', manifests: () => [model.primaryRegion] }];
}

function claims(model: EstateModel, cluster: Cluster): Application[] {
  const all = claimsIn(model, cluster);
  return model.teams
    .map((team) => ({ team, own: all.filter((claim) => claim.metadata.namespace === team) }))
    .filter(({ own }) => own.length > 0)
    .map(({ team, own }) => ({ name: `claims-${team}`, wave: 'claims', manifests: () => own }));
}
