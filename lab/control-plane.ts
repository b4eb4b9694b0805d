/** One region's control plane: etcd, API server, controllers, scheduler; each a real program of its own. */
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { SPARING } from './flags';
import type { Region } from './layout';
import { partPath } from './parts';
import { assertRuns, type LabProcess, start } from './process';
import { until } from './until';

/** Longer than a loaded machine needs. */
const READY_MS = 180_000;

/** Starts what a control plane consists of; returns once its API server is ready. Starting it again finds its data. */
export async function startControlPlane(region: Region): Promise<void> {
  const started = [startEtcd(region), startApiServer(region)];
  const answers = () => {
    for (const one of started) assertRuns(region.state, one);
    return isReady(region);
  };
  await until('the API server', answers, READY_MS);
  startControllers(region);
}

function run(
  region: Region,
  part: 'etcd' | 'kubernetes',
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): LabProcess {
  return start(partPath(region.root, part, program), args, {
    name: `${region.name}-${program}`,
    state: region.state,
    region: region.name,
    cwd: region.dir,
    env,
  });
}

/** A lab's data may be lost with the machine: nothing is flushed to the disk. */
function startEtcd({ ports, ...region }: Region): LabProcess {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return run({ ports, ...region }, 'etcd', 'etcd', [
    '--data-dir=etcd',
    '--unsafe-no-fsync',
    '--log-level=warn',
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ]);
}

function startApiServer(region: Region): LabProcess {
  const pki = (file: string) => join(region.dir, 'pki', file);
  const args = [
    `--etcd-servers=http://127.0.0.1:${region.ports.etcd}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${region.ports.apiServer}`,
    `--tls-cert-file=${pki('apiserver.crt')}`,
    `--tls-private-key-file=${pki('apiserver.key')}`,
    `--client-ca-file=${pki('ca.crt')}`,
    `--service-account-key-file=${pki('service-account.key')}`,
    `--service-account-signing-key-file=${pki('service-account.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=RBAC',
    `--requestheader-client-ca-file=${pki('front-proxy-ca.crt')}`,
    '--requestheader-allowed-names=front-proxy',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    `--proxy-client-cert-file=${pki('front-proxy.crt')}`,
    `--proxy-client-key-file=${pki('front-proxy.key')}`,
    // Pods of the lab run on this machine and reach nothing through a kubelet.
    '--kubelet-preferred-address-types=InternalIP',
  ];
  return run(region, 'kubernetes', 'kube-apiserver', args, SPARING);
}

function startControllers(region: Region): void {
  const common = [`--kubeconfig=${region.kubeconfig}`, '--leader-elect=false', '--bind-address=127.0.0.1'];
  const pki = (file: string) => join(region.dir, 'pki', file);
  run(region, 'kubernetes', 'kube-controller-manager', [
    ...common,
    `--secure-port=${region.ports.controllers}`,
    `--service-account-private-key-file=${pki('service-account.key')}`,
    `--root-ca-file=${pki('ca.crt')}`,
    '--use-service-account-credentials',
    // A new autoscaler is looked at after one period; EKS has the default of 15 s.
    '--horizontal-pod-autoscaler-sync-period=5s',
  ]);
  run(region, 'kubernetes', 'kube-scheduler', [...common, `--secure-port=${region.ports.scheduler}`]);
}

/** `/readyz` says `ok`. */
function isReady({ dir, ports }: Region): Promise<boolean> {
  const options = {
    host: '127.0.0.1',
    port: ports.apiServer,
    path: '/readyz',
    timeout: 5_000,
    ca: readFileSync(join(dir, 'pki', 'ca.crt')),
    cert: readFileSync(join(dir, 'pki', 'admin.crt')),
    key: readFileSync(join(dir, 'pki', 'admin.key')),
  };
  return new Promise((resolve) => {
    const asked = request(options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.end();
  });
}
