/** Delivery: how each cluster's Argo CD receives what was rendered for it. */
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import type { Manifest } from '../kind';
import { application } from './application';
import type { Delivered, Source } from './delivered';
import { projects } from './projects';
import { ARGOCD, root, ROOT } from './root';

export type { Delivered } from './delivered';
export { kept } from './kept';

/**
 * The two folders that deliver all others of a cluster: `argocd`, which holds its applications and their projects,
 * and `root`, which `flipside bootstrap` applies and which delivers `argocd`.
 */
export function deliveryOf(
  model: EstateModel,
  cluster: Cluster,
  delivered: readonly Delivered[],
): { name: string; objects: Manifest[] }[] {
  const source = sourceOf(model, cluster);
  const freezes = cluster.environment === 'prod' ? model.estate.delivery.freeze : [];
  const applications = delivered.map((one) => application(one, source));
  return [
    { name: ARGOCD, objects: [...projects(delivered, source, freezes), ...applications] },
    { name: ROOT, objects: root(source) },
  ];
}

const sourceOf = ({ estate }: EstateModel, { name }: Cluster): Source => ({
  repository: estate.delivery.repository,
  revision: estate.delivery.revision,
  folder: `dist/${estate.name}/kubernetes/${name}`,
});
