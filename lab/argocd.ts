/** Argo CD out of cluster: its repository server, its application controller, and redis. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARGOCD_NAMESPACE } from '../platform/argocd/delivered';
import { flags, SPARING } from './flags';
import type { Kube } from './kube';
import type { Region } from './layout';
import { partPath } from './parts';
import { start } from './process';

const PART_OF = { 'app.kubernetes.io/part-of': 'argocd' };

/** Creates the namespace and the secret that Argo CD signs with; its settings come with the platform. */
export async function initArgoCd(kube: Kube): Promise<void> {
  await kube.apply(`/api/v1/namespaces/${ARGOCD_NAMESPACE}`, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ARGOCD_NAMESPACE },
  });
  await kube.apply(`/api/v1/namespaces/${ARGOCD_NAMESPACE}/secrets/argocd-secret`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'argocd-secret', namespace: ARGOCD_NAMESPACE, labels: PART_OF },
    // Signs sessions of a server that the lab does not run.
    stringData: { 'server.secretkey': 'lab-without-a-login' },
  });
}

/** Packages are paused, so that nobody pulls them; the platform's own rule would call that suspended. */
const PACKAGE_HEALTH = `
local health = { status = "Progressing", message = "the stand-in package manager has not seen it" }
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  if condition.type == "Healthy" and condition.status == "True" then
    health = { status = "Healthy", message = condition.message }
  end
end
return health
`.trim();

const rule = (kind: string) => `resource.customizations.health.pkg.crossplane.io_${kind}`;

/** The one setting in which the lab's Argo CD differs from the platform's; it is applied after those. */
export async function settleArgoCd(kube: Kube): Promise<void> {
  await kube.apply(`/api/v1/namespaces/${ARGOCD_NAMESPACE}/configmaps/argocd-cm`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'argocd-cm', namespace: ARGOCD_NAMESPACE, labels: PART_OF },
    data: { [rule('Provider')]: PACKAGE_HEALTH, [rule('Function')]: PACKAGE_HEALTH },
  });
}

/** Starts the three programs. */
export function startArgoCd(region: Region): void {
  const { ports } = region;
  const redis = `127.0.0.1:${ports.redis}`;
  const repoServer = `127.0.0.1:${ports.repoServer}`;
  startRedis(region, ports.redis);
  argocd(
    region,
    'argocd-repo-server',
    flags({
      port: ports.repoServer,
      'metrics-port': ports.repoServerMetrics,
      address: '127.0.0.1',
      'metrics-address': '127.0.0.1',
      'disable-tls': true,
      redis,
    }),
  );
  argocd(
    region,
    'argocd-application-controller',
    flags({
      namespace: ARGOCD_NAMESPACE,
      'repo-server': repoServer,
      'repo-server-plaintext': true,
      redis,
      'metrics-port': ports.argoMetrics,
      // Applications are asked to look by a flip, as a webhook would; polling only catches up.
      'app-resync': 120,
      'app-resync-jitter': 0,
    }),
  );
}

/** Nothing of it is kept. */
export function startRedis({ name, state, dir }: Pick<Region, 'name' | 'state' | 'dir'>, port: number): void {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  // Its title would be written over its environment, by which a process of the lab is known.
  start('redis-server', [...args, '--set-proc-title', 'no'], {
    name: `${name}-redis`,
    state,
    region: name,
    cwd: dir,
  });
}

function argocd(region: Region, role: string, args: readonly string[]): void {
  const own = (folder: string) => {
    const path = join(region.dir, 'argocd', folder);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const ssh = own('ssh');
  writeFileSync(join(ssh, 'ssh_known_hosts'), '');
  start(partPath(region.root, 'argocd', 'argocd'), args, {
    name: `${region.name}-${role}`,
    state: region.state,
    region: region.name,
    env: {
      ...SPARING,
      KUBECONFIG: region.kubeconfig,
      ARGOCD_BINARY_NAME: role,
      ARGOCD_FAKE_IN_CLUSTER: 'true',
      ARGOCD_GPG_ENABLED: 'false',
      ARGOCD_TLS_DATA_PATH: own('tls'),
      ARGOCD_SSH_DATA_PATH: ssh,
      TMPDIR: own(`tmp-${role}`),
      // Nothing of the person who runs the lab: no identity, no helpers, no rewriting.
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
  });
}
