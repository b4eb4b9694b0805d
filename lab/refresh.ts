/** Argo CD looks at an application when Git or the cluster tells it to, and else every two minutes. */
import { kubeOf } from './kube';
import type { Region } from './layout';

/** Where Argo CD's applications are. */
export const APPLICATIONS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const NOW = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } };

/** Asks a region's Argo CD to look at every application now, as a webhook does. */
export async function refresh(region: Region): Promise<void> {
  const kube = await kubeOf(region.kubeconfig);
  const applications = await kube.list(APPLICATIONS);
  await Promise.all(applications.map(({ metadata }) => kube.merge(`${APPLICATIONS}/${metadata.name}`, NOW)));
}
