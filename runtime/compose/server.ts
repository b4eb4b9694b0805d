/**
 * The gRPC server, built from the SDK's service definition.
 *
 * The SDK's own `serve()` is not used: it lives on when its port is taken, waits for ever when it is told to end,
 * takes no message above 4 MiB and has no health service.
 */
import {
  FunctionRunnerServiceService,
  type RunFunctionRequest,
  type RunFunctionResponse,
} from '@crossplane-org/function-sdk-typescript';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Flags } from './flags';
import { healthOf, healthService } from './health';

/** A claim of hundreds of resources is a few MiB, and the request holds them as observed and as desired. */
const MAX_REQUEST_BYTES = 32 * 2 ** 20;

/** A call takes milliseconds; what has not ended by then never will. Kubernetes would kill after 30 s. */
const SHUTDOWN_MS = 10_000;

/** A server that listens. */
export interface Serving {
  /** Lets running calls end, then closes. */
  readonly stop: () => Promise<void>;
  readonly serving: () => boolean;
  /** The one asked for, or one that the system chose when 0 was. */
  readonly port: number;
}

/** Listens; rejects when it cannot. */
export async function listen(
  flags: Flags,
  run: (request: RunFunctionRequest) => RunFunctionResponse,
): Promise<Serving> {
  let up = false;
  const server = new Server({ 'grpc.max_receive_message_length': MAX_REQUEST_BYTES });
  server.addService(FunctionRunnerServiceService, {
    runFunction: (
      call: { request: RunFunctionRequest },
      answer: (error: null, response: RunFunctionResponse) => void,
    ) => answer(null, run(call.request)),
  });
  server.addService(
    healthService,
    healthOf(() => up),
  );
  const port = await bind(server, flags);
  up = true;
  return {
    port,
    serving: () => up,
    stop: () => {
      up = false;
      return stop(server);
    },
  };
}

const bind = (server: Server, { address, ...flags }: Flags) =>
  new Promise<number>((resolve, reject) => {
    server.bindAsync(address, credentials(flags), (error, port) => (error ? reject(error) : resolve(port)));
  });

/**
 * Crossplane checks who we are; we do not check Crossplane. It does show a certificate, but one with the same name for
 * subject and issuer, which OpenSSL takes for self-signed and refuses (error 18; Crossplane v2.3.4, Node 20.20,
 * 2026-11). The NetworkPolicy lets in nobody else, and the function knows nothing but what the caller sends.
 */
function credentials({
  insecure,
  certificates,
}: Pick<Flags, 'insecure' | 'certificates'>): ServerCredentials {
  if (insecure) return ServerCredentials.createInsecure();
  const [authority, certificate, key] = ['ca.crt', 'tls.crt', 'tls.key'].map((name) =>
    readFileSync(join(certificates, name)),
  ) as [Buffer, Buffer, Buffer];
  return ServerCredentials.createSsl(authority, [{ private_key: key, cert_chain: certificate }], false);
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, SHUTDOWN_MS);
    server.tryShutdown(() => {
      clearTimeout(late);
      resolve();
    });
  });
}
