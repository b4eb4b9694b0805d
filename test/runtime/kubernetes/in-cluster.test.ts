/** The way of a pod to its API server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inCluster } from '../../../runtime/kubernetes/in-cluster';

const folder = mkdtempSync(join(tmpdir(), 'in-cluster-'));
const before = process.env;

beforeEach(() => {
  process.env = {
    ...before,
    FLIPSIDE_SERVICE_ACCOUNT: folder,
    KUBERNETES_SERVICE_HOST: '10.0.0.1',
    KUBERNETES_SERVICE_PORT: '443',
  };
  writeFileSync(join(folder, 'ca.crt'), 'authority');
  writeFileSync(join(folder, 'token'), 'first\n');
});
afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

test('the token is read anew for each call: the kubelet replaces it', async () => {
  const { credentials } = inCluster();
  expect(await credentials()).toMatchObject({ headers: { authorization: 'Bearer first' } });
  writeFileSync(join(folder, 'token'), 'second\n');
  expect(await credentials()).toMatchObject({ headers: { authorization: 'Bearer second' } });
});

test.each([
  ['10.0.0.1', 'https://10.0.0.1:443'],
  ['fd00::1', 'https://[fd00::1]:443'],
])('the address %s becomes %s', (host, url) => {
  process.env['KUBERNETES_SERVICE_HOST'] = host;
  expect(inCluster().server).toBe(url);
});

test('outside a pod it names what is missing', () => {
  delete process.env['KUBERNETES_SERVICE_PORT'];
  expect(inCluster).toThrow('KUBERNETES_SERVICE_PORT is not set, expected to run in a pod');
});
