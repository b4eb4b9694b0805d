/** The real kubectl against an API server that speaks just enough. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../scripts/answer';
import { kubectlClusters } from '../../scripts/flip/kubectl';

const GROUP = 'platform.flipside.dev';
const NAMESPACE = '/namespaces/flipside-system';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

const resource = (name: string, kind: string) => ({
  name,
  singularName: kind.toLowerCase(),
  kind,
  namespaced: true,
  verbs: ['get', 'list', 'patch'],
});
const resources = (groupVersion: string, ...list: object[]) => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion,
  resources: list,
});
const group = (name: string, version: string) => {
  const one = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [one], preferredVersion: one };
};
const list = (apiVersion: string, kind: string, ...items: object[]) => ({
  apiVersion,
  kind: `${kind}List`,
  metadata: {},
  items: items.map((item) => ({ apiVersion, kind, ...item })),
});

const claim = {
  apiVersion: `${GROUP}/v1`,
  kind: 'PrimaryRegion',
  metadata: { name: 'shop', namespace: 'flipside-system' },
  spec: { region: 'us-east-1', epoch: 7, mode: 'Planned', acceptDataLoss: false, crossplane: {} },
  status: { phase: 'Promoted', took: '54s' },
};
const flip = { metadata: { name: 'flip' }, data: { 'role.json': '{}' } };
const promotion = { metadata: { name: 'promote-7' }, status: {} };
const failed = {
  metadata: { name: 'promote-6' },
  status: { conditions: [{ type: 'Failed', status: 'True' }] },
};

const PAGES: Readonly<Record<string, object>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [group(GROUP, 'v1'), group('argoproj.io', 'v1alpha1')],
  },
  '/api/v1': resources('v1'),
  [`/apis/${GROUP}/v1`]: resources(`${GROUP}/v1`, resource('primaryregions', 'PrimaryRegion')),
  '/apis/argoproj.io/v1alpha1': resources('argoproj.io/v1alpha1', resource('applications', 'Application')),
  [`/apis/${GROUP}/v1${NAMESPACE}/primaryregions/shop`]: claim,
  [`/api/v1${NAMESPACE}/configmaps/flip`]: flip,
  [`/apis/batch/v1${NAMESPACE}/jobs`]: list('batch/v1', 'Job', promotion, failed),
  '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/primary-region': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'primary-region', namespace: 'argocd' },
  },
};

const asked: Asked[] = [];
let refuse = false;
let server: Server;
let dir: string;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

const refusal = {
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  reason: 'Invalid',
  code: 422,
  message: 'a change of region needs a higher epoch',
};

/** Takes every question and answers none. */
const silent = createServer(() => {});

async function listening(one: Server): Promise<number> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  return (one.address() as AddressInfo).port;
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kubectl-'));
  server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const page = PAGES[url.split('?')[0] ?? ''];
    asked.push({ method, url, type: headers['content-type'] ?? '', body: await bodyOf(request) });
    const answer = refuse && method === 'PATCH' ? refusal : page;
    const code = answer === refusal ? 422 : answer ? 200 : 404;
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  const ports = await Promise.all([server, silent].map(listening));
  writeFileSync(join(dir, 'config'), JSON.stringify(kubeconfig(ports[0] ?? 0, ports[1] ?? 0)));
});

afterAll(() => {
  for (const one of [server, silent]) {
    one.closeAllConnections();
    one.close();
  }
  rmSync(dir, { recursive: true });
});

const kubeconfig = (port: number, silentPort: number) => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [
    { name: 'alive', cluster: { server: `http://127.0.0.1:${port}` } },
    { name: 'dead', cluster: { server: 'http://127.0.0.1:9' } },
    { name: 'hangs', cluster: { server: `http://127.0.0.1:${silentPort}` } },
  ],
  users: [{ name: 'me', user: {} }],
  contexts: ['alive', 'dead', 'hangs'].map((cluster) => ({
    name: cluster,
    context: { cluster, user: 'me' },
  })),
});

const clusters = (estate = 'shop') =>
  kubectlClusters({
    estate,
    kubeconfig: join(dir, 'config'),
    contexts: { 'us-east-1': 'alive', 'eu-west-1': 'dead', 'eu-west-2': 'nowhere', 'eu-west-3': 'hangs' },
  });

const installed = () => {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const withKubectl = installed() ? describe : describe.skip;

withKubectl('kubectl looks', () => {
  test('one call sees the claim, what the programs wrote, and the Jobs', async () => {
    const sight = await clusters().look('us-east-1');
    expect(sight).toMatchObject({
      answers: true,
      effective: { region: 'us-east-1', epoch: 7, source: 'spec' },
      status: { phase: 'Promoted', took: '54s' },
      data: { 'role.json': '{}' },
      jobs: [
        { name: 'promote-7', failed: false },
        { name: 'promote-6', failed: true },
      ],
    });
  });

  test('what does not answer, and what was never asked', async () => {
    const [dead, nowhere, other] = await Promise.all([
      clusters().look('eu-west-1'),
      clusters().look('eu-west-2'),
      clusters('other').look('us-east-1'),
    ]);
    expect(dead).toMatchObject({ answers: false, silent: true });
    expect(dead).toHaveProperty('why', expect.stringContaining('does not answer (API server: '));
    expect(nowhere).toMatchObject({ answers: false, silent: false });
    expect(nowhere).toHaveProperty('why', expect.stringContaining('kubectl has no context nowhere'));
    expect(other).toMatchObject({ answers: false, silent: false });
  });

  test('a region that takes the question and says nothing is given up after seconds', async () => {
    expect(await clusters().look('eu-west-3')).toMatchObject({ answers: false, silent: true });
  });
});

withKubectl('kubectl changes', () => {
  test('patches the claim as itself, and Argo CD is told to look', async () => {
    asked.length = 0;
    await clusters().patch('us-east-1', { dryRun: { region: 'us-east-1', run: 3, mode: 'Planned' } });
    await clusters().refresh('us-east-1');
    const patches = asked.filter(({ method }) => method === 'PATCH');
    expect(patches[0]?.url).toContain('fieldManager=flipside-cli');
    expect(patches[0]?.type).toBe('application/merge-patch+json');
    expect(JSON.parse(patches[0]?.body ?? '')).toEqual({
      spec: { dryRun: { region: 'us-east-1', run: 3, mode: 'Planned' } },
    });
    expect(patches[1]?.url).toContain('/applications/primary-region');
    expect(patches[1]?.body).toContain('argocd.argoproj.io/refresh');
  });

  test('what the API server refuses is said', async () => {
    refuse = true;
    const patching = clusters().patch('us-east-1', { override: {} });
    await expect(patching).rejects.toThrow(/a change of region needs a higher epoch/);
    await expect(patching).rejects.toBeInstanceOf(UserError);
    await clusters().refresh('us-east-1');
    refuse = false;
  });
});
