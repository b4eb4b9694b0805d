/** An API server by paths. The typed client would be half of each program, and its models half of their start. */
import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';

/** One call. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the root, with its query. */
  readonly path: string;
  readonly body?: object;
  /** Media type of the body. @default application/json */
  readonly type?: string;
  /** Ends the call, and the reading of its answer. */
  readonly signal?: AbortSignal;
}

/** Makes a call; resolves with an answer of any status. */
export type Ask = (call: Call) => Promise<IncomingMessage>;

/** An answer of the API server that is not 2xx. */
export class KubeError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const MERGE_PATCH = 'application/merge-patch+json';
export const APPLY_PATCH = 'application/apply-patch+yaml';

/** Asks the current cluster of `config`, over connections that are kept. */
export function askerOf(config: KubeConfig): Ask {
  const server = config.getCurrentCluster()?.server ?? '';
  // Plain where a proxy of kubectl is asked.
  const protocol = server.startsWith('http:') ? http : https;
  let agent: http.Agent | undefined;
  return async ({ path, type = 'application/json', body, ...call }) => {
    // Anew for each call: the token of a pod is replaced within the hour.
    const { ca, cert, key, headers } = await credentialsIn(config);
    const connection = { keepAlive: true, ca, cert, key };
    agent ??= new protocol.Agent(connection);
    const content = body && { 'content-type': type };
    const options = { ...call, agent, headers: { ...headers, accept: 'application/json', ...content } };
    return send(protocol.request(new URL(path, server), options), body);
  };
}

async function credentialsIn(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return options;
}

function send(asked: http.ClientRequest, body: object | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end(body && JSON.stringify(body));
  });
}

/** What the API server answers within `milliseconds`. Throws a KubeError when it refuses. */
export async function answerOf<T>(ask: Ask, call: Call, milliseconds: number): Promise<T> {
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return JSON.parse(await textOf(await ask({ ...call, signal }))) as T;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error(`the API server does not answer within ${milliseconds / 1000} s`, { cause: error });
  }
}

/** The body of an answer. Throws a KubeError for one that is not 2xx. */
export async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const code = response.statusCode ?? 0;
  if (code < 300) return text;
  throw new KubeError(code, messageOf(text) || `status ${code}`);
}

/** The API server says in a Status what it minds. */
function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
