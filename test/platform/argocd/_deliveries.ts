/** What every cluster of every committed estate is delivered, and how Argo CD judges whether a project permits it. */
import type { Cluster } from '../../../model/clusters';
import { type EstateModel, modelOf } from '../../../model/estate';
import { type Delivered, deliveryOf } from '../../../platform/argocd';
import type { Manifest } from '../../../platform/kind';
import { readEstates } from '../../../scripts/estates';
import { applicationsOf } from '../../../scripts/render/kubernetes';
import type { Json } from '../applications';
import { root } from '../../helpers/cli';

/** One cluster: its applications, and the objects that deliver them. */
export interface Delivery {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly applications: readonly Delivered[];
  /** The objects of the folder `argocd`. */
  readonly argocd: readonly Json[];
  /** The objects of the folder `root`. */
  readonly root: readonly Json[];
}

/** The delivery of one cluster. */
export function delivery(model: EstateModel, cluster: Cluster): Delivery {
  const applications = applicationsOf(model, cluster);
  const folders = deliveryOf(model, cluster, applications);
  const objectsIn = (name: string) => folders.find((folder) => folder.name === name)?.objects ?? [];
  return { model, cluster, applications, argocd: objectsIn('argocd'), root: objectsIn('root') };
}

/** By `<estate> <cluster>`, over the committed estates. */
export const deliveries: readonly [string, Delivery][] = readEstates(root)
  .map(modelOf)
  .flatMap((model) =>
    model.clusters.map((cluster): [string, Delivery] => [
      `${model.estate.name} ${cluster.name}`,
      delivery(model, cluster),
    ]),
  );

/** An object by kind and name. */
export const find = (objects: readonly Json[], kind: string, name: string): Json =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

/** The Application of a rendered application. */
export const applicationOf = (one: Delivery, name: string): Json => find(one.argocd, 'Application', name);

/**
 * As `IsGroupKindPermitted` and `IsDestinationPermitted` of Argo CD 3.2.11 judge, without patterns, of which we render
 * none but `*`: pkg/apis/application/v1alpha1/app_project_types.go
 */
export function permits({ spec }: Json, { apiVersion, kind, metadata }: Manifest): boolean {
  const group = apiVersion.replace(/\/?[^/]*$/, '');
  const listed = (list: Json[] = []) =>
    list.some((one) => ['*', group].includes(one.group) && ['*', kind].includes(one.kind));
  if (!metadata.namespace) return listed(spec.clusterResourceWhitelist);
  const allowed = !spec.namespaceResourceWhitelist || listed(spec.namespaceResourceWhitelist);
  return (
    allowed &&
    !listed(spec.namespaceResourceBlacklist) &&
    spec.destinations.some(({ namespace }: Json) => namespace === metadata.namespace)
  );
}
