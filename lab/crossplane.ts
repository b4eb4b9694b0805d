/** Crossplane's core and our function, out of cluster; they talk mTLS with the certificates Crossplane makes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaintOf, exec } from '../scripts/exec';
import { COMPOSE_FLAGS } from '../runtime/build';
import { flags, SPARING } from './flags';
import { CROSSPLANE_FLAGS } from '../model/crossplane-flags';
import type { Kube } from './kube';
import type { Region } from './layout';
import { partPath } from './parts';
import { makeServerCertificate } from './pki';
import { start } from './process';
import { until } from './until';

const NAMESPACE = 'crossplane-system';
const INIT_MS = 60_000;
const READY_MS = 120_000;
const AUTHORITY = 'crossplane-root-ca';
const CLIENT = 'crossplane-tls-client';

/** Installs the CRDs and certificates; safe to run again. */
export async function initCrossplane(region: Region, kube: Kube): Promise<void> {
  await kube.apply(`/api/v1/namespaces/${NAMESPACE}`, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE },
  });
  const args = [
    'core',
    'init',
    ...flags({
      'cr-ds-path': partPath(region.root, 'crossplane', 'crds'),
      'enable-webhooks': 'false',
      'tlsca-secret-name': AUTHORITY,
      'tls-client-secret-name': CLIENT,
      // What is activated is an object of the platform.
      activation: 'none.flipside.dev',
    }),
  ];
  const env = { KUBECONFIG: region.kubeconfig, POD_NAMESPACE: NAMESPACE };
  // The first run can come before the API server knows the kinds it has just been given.
  await until(
    'crossplane core init',
    async () => {
      const ran = await exec(partPath(region.root, 'crossplane', 'crossplane'), args, {
        timeout: INIT_MS,
        env,
      });
      if (!ran.ok) throw new Error(complaintOf(ran));
      return true;
    },
    READY_MS,
  );
}

/** Starts core and function. `bundle` is the function's program. */
export async function startCrossplane(region: Region, kube: Kube, bundle: string): Promise<void> {
  const tls = await certificates(region, kube);
  start(
    'node',
    [
      ...COMPOSE_FLAGS,
      bundle,
      ...flags({
        address: `127.0.0.1:${region.ports.function}`,
        'metrics-address': `127.0.0.1:${region.ports.functionMetrics}`,
        'tls-server-certs-dir': tls.server,
      }),
    ],
    { name: `${region.name}-function`, state: region.state, region: region.name },
  );
  start(
    partPath(region.root, 'crossplane', 'crossplane'),
    [
      'core',
      'start',
      ...flags({
        'enable-webhooks': 'false',
        'package-runtime': 'External',
        'tls-client-certs-dir': tls.client,
        'xpkg-cache-dir': join(region.dir, 'xpkg'),
        'metrics-port': region.ports.crossplaneMetrics,
        'health-probe-port': region.ports.crossplaneProbes,
        'poll-interval': '10s',
        ...CROSSPLANE_FLAGS,
      }),
    ],
    {
      name: `${region.name}-crossplane`,
      state: region.state,
      region: region.name,
      env: { ...SPARING, KUBECONFIG: region.kubeconfig, POD_NAMESPACE: NAMESPACE },
    },
  );
}

/** Crossplane's authority signs the function's certificate; its client's is read from the cluster. */
async function certificates(region: Region, kube: Kube): Promise<{ server: string; client: string }> {
  const server = join(region.dir, 'function');
  const client = join(region.dir, 'crossplane-client');
  const authority = await secret(kube, AUTHORITY);
  await makeServerCertificate(server, {
    certificate: authority['tls.crt'] ?? '',
    key: authority['tls.key'] ?? '',
  });
  mkdirSync(client, { recursive: true });
  mkdirSync(join(region.dir, 'xpkg'), { recursive: true });
  for (const [name, text] of Object.entries(await secret(kube, CLIENT))) {
    writeFileSync(join(client, name), text, { mode: 0o600 });
  }
  return { server, client };
}

async function secret(kube: Kube, name: string): Promise<Record<string, string>> {
  const { data } = await kube.get(`/api/v1/namespaces/${NAMESPACE}/secrets/${name}`);
  return Object.fromEntries(
    Object.entries((data ?? {}) as Record<string, string>).map(([key, value]) => [
      key,
      Buffer.from(value, 'base64').toString('utf8'),
    ]),
  );
}
