/** Kubeconfigs of a lab: one of each region's administrator, and one with the contexts of both, as people have it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout, Region } from './layout';

/** The kubeconfig of the region's administrator: one context, named as the cluster. */
export function writeKubeconfig(region: Region): void {
  const pem = (file: string) => readFileSync(join(region.dir, 'pki', file)).toString('base64');
  mkdirSync(region.dir, { recursive: true });
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: region.cluster,
        cluster: { server: region.server, 'certificate-authority-data': pem('ca.crt') },
      },
    ],
    users: [
      {
        name: region.cluster,
        user: { 'client-certificate-data': pem('admin.crt'), 'client-key-data': pem('admin.key') },
      },
    ],
    contexts: [{ name: region.cluster, context: { cluster: region.cluster, user: region.cluster } }],
    'current-context': region.cluster,
  };
  writeFileSync(region.kubeconfig, JSON.stringify(config), { mode: 0o600 });
}

/** The one with both. */
export const kubeconfigPath = ({ state }: Pick<Layout, 'state'>) => join(state, 'kubeconfig');

interface Kubeconfig {
  readonly clusters: readonly object[];
  readonly users: readonly object[];
  readonly contexts: readonly object[];
}

/** Writes the one with both, after each has its own. */
export function mergeKubeconfigs(layout: Layout): void {
  const [home, peer] = layout.regions.map(
    ({ kubeconfig }) => JSON.parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig,
  );
  const merged = {
    ...home,
    clusters: [...(home?.clusters ?? []), ...(peer?.clusters ?? [])],
    users: [...(home?.users ?? []), ...(peer?.users ?? [])],
    contexts: [...(home?.contexts ?? []), ...(peer?.contexts ?? [])],
  };
  writeFileSync(kubeconfigPath(layout), JSON.stringify(merged), { mode: 0o600 });
}
