/**
 * The HTTP layer of AWS, for the real SDK: a server that answers in the shapes AWS answers in, from a small state.
 *
 * Shapes: the API references of RDS 2014-10-31, ElastiCache 2015-02-02, STS 2011-06-15 and CloudWatch 2010-08-01.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FlipPlan, Store } from '../../../spec/flip';
import { answers } from './_answers';
import type { Call, FakeAws, StoreState } from './_shapes';

export { failure, type FakeAws, type Fault, type StoreState } from './_shapes';

/** Starts it on a free port and points the SDK at it. */
export async function fakeAws({ account, stores, home, other, region }: FlipPlan): Promise<FakeAws> {
  const aws: Mutable<FakeAws> = {
    url: '',
    calls: [],
    stores: stores.map((store) => bornState(store, home, [region, other])),
    account,
    lag: [
      { value: 400, dimensions: ['DBClusterIdentifier'] },
      { value: 2, dimensions: ['ReplicationGroupId'] },
    ],
    fault: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => void serve(aws, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  aws.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  pointSdkTo(aws.url);
  return aws;
}

/** What the SDK reads from its environment. */
export function pointSdkTo(url: string, accessKey = 'AKIDEXAMPLE'): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const each = <T>(regions: readonly string[], value: T) =>
  Object.fromEntries(regions.map((region) => [region, value]));

const bornState = (store: Store, home: string, regions: readonly string[]): StoreState => ({
  store,
  writer: home,
  moving: false,
  status: each(regions, store.kind === 'Cache' ? 'associated' : 'available'),
  synchronization: each(regions, 'connected'),
  versions: each(regions, '16.8'),
  instances: each(regions, 2),
  tags: Object.fromEntries(
    regions.map((region) => [region, { 'flipside.dev/epoch': '0', 'flipside.dev/promoted': '0' }]),
  ),
});

async function serve(aws: FakeAws, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const call = callOf(request, Buffer.concat(chunks).toString());
  aws.calls.push(call);
  const nth = aws.calls.filter(({ action }) => action === call.action).length;
  const reply = aws.fault(call, nth) ?? answers(aws, call);
  if (reply === 'hang') return;
  const type = call.action.startsWith('cloudwatch:') ? 'application/x-amz-json-1.0' : 'text/xml';
  response.writeHead(reply[0], { 'content-type': type, 'x-amzn-requestid': 'test' }).end(reply[1]);
}

/** Region and service are in the signature, the action in the body or in a header. */
function callOf({ headers }: IncomingMessage, body: string): Call {
  const [, , region = '', service = ''] =
    /Credential=([^,]+)/.exec(headers.authorization ?? '')?.[1]?.split('/') ?? [];
  const target = headers['x-amz-target'];
  const parameters: Record<string, string> = target
    ? { body }
    : Object.fromEntries(new URLSearchParams(body).entries());
  const action = typeof target === 'string' ? target.split('.')[1] : parameters['Action'];
  return { region, action: `${service === 'monitoring' ? 'cloudwatch' : service}:${action}`, parameters };
}
