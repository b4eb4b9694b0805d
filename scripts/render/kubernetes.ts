/** What each cluster's Argo CD applies: `kubernetes/<cluster>/<application>/<application>.yaml`. */
import { ApiObject, App, type Chart } from 'cdk8s';
import { applications as workloads } from '../../charts';
import { PRIMARY_REGION_APPLICATION } from '../../model/applications';
import { claimsIn } from '../../model/claims';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { applications as offered } from '../../platform';
import { type Delivered, deliveryOf, kept } from '../../platform/argocd';
import type { Manifest } from '../../platform/kind';
import { yamlStream } from './yaml';

/** Every application of a cluster, in the order they are rendered. */
export function applicationsOf(model: EstateModel, cluster: Cluster): Delivered[] {
  const charted = [...offered(model, cluster), ...workloads(model, cluster)];
  return [...charted.map(fromChart), ...primaryRegion(model, cluster), ...claims(model, cluster)];
}

/** The files of a cluster, relative to the estate's folder under `dist/`. */
export function kubernetesFiles(model: EstateModel, cluster: Cluster): [string, string][] {
  const applications = applicationsOf(model, cluster);
  return [...applications, ...deliveryOf(model, cluster, applications)].map(({ name, objects }) => [
    `kubernetes/${cluster.name}/${name}/${name}.yaml`,
    yamlStream(objects),
  ]);
}

type Charted = Omit<Delivered, 'objects'> & { readonly chart: (scope: App) => Chart };

/**
 * An App for each chart: one App with many charts goes through the whole tree once per chart, which is quadratic.
 */
function fromChart({ chart, ...one }: Charted): Delivered {
  return { ...one, objects: objectsOf(chart(new App())).map(kept) };
}

/**
 * The objects of a chart in the order they were made. `chart.toJson()` would also sort them by their dependencies, of
 * which there are none: order is a sync wave.
 */
function objectsOf(chart: Chart): Manifest[] {
  const constructs = chart.node.findAll();
  const problems = constructs.flatMap(({ node }) => node.validate());
  if (problems.length > 0) throw new Error(`Cannot render "${chart.node.path}": ${problems.join(', ')}`);
  return constructs
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as Manifest);
}

/** None where there is one region: its namespace is not there, and its API server would refuse a flip. */
function primaryRegion(model: EstateModel, { placement }: Cluster): Delivered[] {
  if (!placement.peer) return [];
  return [
    { name: PRIMARY_REGION_APPLICATION, wave: 'primaryRegion', objects: [kept({ ...model.primaryRegion })] },
  ];
}

function claims(model: EstateModel, cluster: Cluster): Delivered[] {
  const all = claimsIn(model, cluster);
  return model.teams
    .map((team) => ({ team, own: all.filter((claim) => claim.metadata.namespace === team) }))
    .filter(({ own }) => own.length > 0)
    .map(({ team, own }) => ({ name: `claims-${team}`, wave: 'claims', team, objects: own.map(kept) }));
}
