/** Calls the function over gRPC as Crossplane does: for tests and the benchmark. `build.ts` makes it loadable from CommonJS. */
import {
  FunctionRunnerServiceService,
  type RunFunctionRequest,
  type RunFunctionResponse,
} from '@crossplane-org/function-sdk-typescript';
import { Client, credentials } from '@grpc/grpc-js';
import { healthService } from './health';

/** Certificates in PEM; absent for a server without TLS. */
export interface Identity {
  readonly authority: Buffer;
  readonly certificate?: Buffer;
  readonly key?: Buffer;
}

/** A connection. */
export interface Connection {
  readonly run: (request: RunFunctionRequest) => Promise<RunFunctionResponse>;
  /** True when the health service says SERVING. */
  readonly healthy: () => Promise<boolean>;
  readonly close: () => void;
}

/** Generous: a loaded machine must not fail a call. */
const DEADLINE_MS = 20_000;

const OPTIONS = {
  'grpc.max_receive_message_length': -1,
  // What the certificates of tests are made for; an address is no name that TLS takes.
  'grpc.ssl_target_name_override': 'localhost',
} as const;

/** Connects at the first call. */
export function connect(address: string, identity?: Identity): Connection {
  const client = new Client(address, channel(identity), OPTIONS);
  const { path, requestSerialize, responseDeserialize } = FunctionRunnerServiceService.runFunction;
  const check = healthService['check'];
  if (!check) throw new Error('Cannot check health: the service has no method "check"');
  return {
    run: (request) => call(client, path, requestSerialize, responseDeserialize, request),
    healthy: async () =>
      (await call<Buffer, Buffer>(client, check.path, raw, raw, Buffer.alloc(0))).equals(
        Buffer.from([0x08, 1]),
      ),
    close: () => client.close(),
  };
}

const raw = (bytes: Buffer) => bytes;

const channel = (identity?: Identity) =>
  identity
    ? credentials.createSsl(identity.authority, identity.key ?? null, identity.certificate ?? null)
    : credentials.createInsecure();

const call = <Request, Response>(
  client: Client,
  path: string,
  serialize: (request: Request) => Buffer,
  deserialize: (bytes: Buffer) => Response,
  request: Request,
) =>
  new Promise<Response>((resolve, reject) => {
    const options = { deadline: Date.now() + DEADLINE_MS };
    client.makeUnaryRequest(path, serialize, deserialize, request, options, (error, response) =>
      error || !response ? reject(error ?? new Error(`Cannot call ${path}: no answer`)) : resolve(response),
    );
  });
