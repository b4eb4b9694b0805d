/**
 * The HTTP layer of AWS, for the real SDK: a server that answers in the shapes AWS answers in, from a small state.
 *
 * Shapes: the API references of RDS 2014-10-31, ElastiCache 2015-02-02, STS 2011-06-15 and CloudWatch 2010-08-01.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FlipPlan, Store } from '../../../spec/flip';
import { answers } from './_answers';

/** One call as it arrived. */
export interface Call {
  readonly region: string;
  /** `rds:DescribeGlobalClusters`, as IAM spells it. */
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** An answer: status and body. */
export type Reply = readonly [number, string];

/** What is wrong with a call; undefined: nothing. `hang` never answers. */
export type Fault = (call: Call, nth: number) => Reply | 'hang' | undefined;

/** What AWS holds about one store. */
export interface StoreState {
  readonly store: Store;
  writer: string;
  moving: boolean;
  /** Status of each region's member. */
  readonly status: Record<string, string>;
  readonly synchronization: Record<string, string>;
  readonly versions: Record<string, string>;
  readonly instances: Record<string, number>;
  readonly tags: Record<string, Record<string, string>>;
}

/** The server and what it holds. */
export interface FakeAws {
  readonly url: string;
  readonly calls: Call[];
  readonly stores: StoreState[];
  account: string;
  /** Lag in the metric's own unit, and the names of the dimensions it is published under. */
  lag: { value: number; dimensions: readonly string[] } | undefined;
  fault: Fault;
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port and points the SDK at it. */
export async function fakeAws({ account, stores, home, other, region }: FlipPlan): Promise<FakeAws> {
  const aws: Mutable<FakeAws> = {
    url: '',
    calls: [],
    stores: stores.map((store) => bornState(store, home, [region, other])),
    account,
    lag: { value: 400, dimensions: ['DBClusterIdentifier'] },
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

/** An error as the query protocol has it. */
export const failure = (code: string, message: string, status = 400): Reply => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>test</RequestId></ErrorResponse>`,
];
