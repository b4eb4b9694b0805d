import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, bundleClient } from '../../../runtime/build';
import { certify } from '../../../scripts/bench/certificates';
import { listening, start } from './process';

jest.setTimeout(300_000);

type Client = typeof import('../../../runtime/compose/client');

const root = join(__dirname, '../../..');
const dir = mkdtempSync(join(tmpdir(), 'flipside-tls-'));
const read = (name: string) => readFileSync(join(dir, name));

let child: ChildProcess;
let client: Client;
let address: string;

beforeAll(async () => {
  const [program, path] = await Promise.all([bundle('compose', root), bundleClient(root), certify(dir)]);
  client = (await import(path)) as Client;
  child = start(program, [`--tls-server-certs-dir=${dir}`]);
  address = `127.0.0.1:${(await listening(child)).port}`;
});

afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

test('lets Crossplane in, whose certificate OpenSSL takes for self-signed', async () => {
  const identity = { authority: read('ca.crt'), certificate: read('client.crt'), key: read('client.key') };
  const connection = client.connect(address, identity);
  expect(await connection.healthy()).toBe(true);
  connection.close();
});

test('refuses a client without TLS', async () => {
  const connection = client.connect(address);
  await expect(connection.healthy()).rejects.toThrow('UNAVAILABLE');
  connection.close();
});

test('does not start without its certificates', async () => {
  const missing = start(join(root, '.cache/runtime/compose.mjs'), [`--tls-server-certs-dir=${dir}/none`]);
  const code = await new Promise((resolve) => {
    missing.once('exit', resolve);
  });
  expect(code).toBe(1);
});
