/** Argo CD looks at an application when Git or the cluster tells it to, and else every two minutes. */
import { kubeOf } from './kube';
import type { Region } from './layout';

/** Where Argo CD's applications are. */
export const APPLICATIONS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const NOW = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } };

/** Asks a region's Argo CD to look now, as a webhook does; at every application, or at those named. */
export async function refresh(region: Region, names?: readonly string[]): Promise<void> {
  const kube = await kubeOf(region.kubeconfig);
  const all = names ?? (await kube.list(APPLICATIONS)).map(({ metadata }) => metadata.name);
  await Promise.all(all.map((name) => kube.merge(`${APPLICATIONS}/${name}`, NOW)));
}
