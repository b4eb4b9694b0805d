/** Kubeconfigs of a lab: its own controllers are administrators of a region; people flip with the rights of on-call. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout, Region } from './layout';

/** Somebody with a certificate of the region's authority, named as its files. */
type User = 'admin' | 'on-call';

/** On-call's, with the contexts of both regions. */
export const kubeconfigPath = ({ state }: Pick<Layout, 'state'>) => join(state, 'kubeconfig');

/** On-call's of one region. */
export const onCallKubeconfigPath = ({ dir }: Region) => join(dir, 'on-call.kubeconfig');

/** Writes the administrator's and on-call's of a region, once it has its certificates. */
export function writeKubeconfigs(region: Region): void {
  mkdirSync(region.dir, { recursive: true });
  write(region.kubeconfig, kubeconfigOf([region], 'admin'));
  write(onCallKubeconfigPath(region), kubeconfigOf([region], 'on-call'));
}

/** Writes the one with both regions, after each has its certificates. */
export const writeSharedKubeconfig = (layout: Layout): void =>
  write(kubeconfigPath(layout), kubeconfigOf(layout.regions, 'on-call'));

const write = (path: string, config: object) => writeFileSync(path, JSON.stringify(config), { mode: 0o600 });

const pem = ({ dir }: Region, file: string): string =>
  readFileSync(join(dir, 'pki', file)).toString('base64');

/** A context for each region, named as its cluster; the first is the current one. */
function kubeconfigOf(regions: readonly Region[], user: User): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: regions.map((region) => ({
      name: region.cluster,
      cluster: { server: region.server, 'certificate-authority-data': pem(region, 'ca.crt') },
    })),
    users: regions.map((region) => ({
      name: region.cluster,
      user: {
        'client-certificate-data': pem(region, `${user}.crt`),
        'client-key-data': pem(region, `${user}.key`),
      },
    })),
    contexts: regions.map(({ cluster }) => ({ name: cluster, context: { cluster, user: cluster } })),
    'current-context': regions[0]?.cluster,
  };
}
