import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { bundle, bundleClient } from '../../../runtime/build';
import { requestFor } from '../../../runtime/compose/ask';
import type { Connection } from '../../../runtime/compose/client';
import { READY, SEVERITY } from '../../../runtime/compose/protocol';
import { kinds, schemaOf } from '../../../platform/apis';
import { home } from '../../helpers/placement';
import { listening, start } from './process';

/** A loaded machine must not fail these tests. */
jest.setTimeout(300_000);

const root = join(__dirname, '../../..');
const claim = {
  apiVersion: 'platform.flipside.dev/v1',
  kind: 'PostgresDatabase',
  metadata: { name: 'orders', namespace: 'shop', uid: '1-2-3' },
  spec: { size: 'small', version: '16', crossplane: {} },
};

let child: ChildProcess;
let connection: Connection;
let metricsPort: number;

beforeAll(async () => {
  const [program, client] = await Promise.all([bundle('compose', root), bundleClient(root)]);
  child = start(program, ['--insecure']);
  const { port, ...ports } = await listening(child);
  metricsPort = ports.metricsPort;
  const { connect } = (await import(client)) as typeof import('../../../runtime/compose/client');
  connection = connect(`127.0.0.1:${port}`);
});

afterAll(() => {
  connection?.close();
  child?.kill('SIGKILL');
});

const get = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${metricsPort}${path}`);
  return { status: response.status, text: await response.text() };
};

test('composes a claim over gRPC as it does in the same process', async () => {
  const { desired, results } = await connection.run(requestFor({ claim, input: home }));
  const kind = kinds.find(({ kind }) => kind === claim.kind);
  const { metadata, spec } = claim;
  const own =
    kind &&
    schemaOf(kind).parse({
      ...claim,
      metadata: { name: metadata.name, namespace: metadata.namespace },
      spec: { size: spec.size, version: spec.version },
    });
  const composition = kind?.compose(own as Parameters<typeof kind.compose>[0], {}, home);
  expect(results.map(({ severity }) => severity)).toEqual([SEVERITY.normal]);
  expect(Object.keys(desired?.resources ?? {}).toSorted()).toEqual(
    Object.keys(composition?.resources ?? {}).toSorted(),
  );
  for (const [key, { manifest }] of Object.entries(composition?.resources ?? {})) {
    expect(desired?.resources[key]?.resource).toEqual(JSON.parse(JSON.stringify(manifest)));
    expect(desired?.resources[key]?.ready).toBe(READY.no);
  }
});

test('answers a broken claim with a result, and lives on', async () => {
  const { results } = await connection.run(requestFor({ claim: { ...claim, spec: {} }, input: home }));
  expect(results[0]?.severity).toBe(SEVERITY.fatal);
  expect(await connection.healthy()).toBe(true);
});

test('tells probes and Prometheus', async () => {
  expect(await get('/healthz')).toMatchObject({ status: 200 });
  expect(await get('/readyz')).toMatchObject({ status: 200 });
  expect((await get('/metrics')).text).toContain('flipside_compose_requests_total{kind="PostgresDatabase"');
  expect(await get('/')).toMatchObject({ status: 404 });
});

test('a port that is taken ends the second one', async () => {
  const taken = start(await bundle('compose', root), [
    '--insecure',
    `--metrics-address=127.0.0.1:${metricsPort}`,
  ]);
  expect(await once(taken, 'exit')).toEqual([1, null]);
});

test('ends with 0 when told to', async () => {
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
