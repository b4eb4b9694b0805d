/** An API server by paths. The client library would be half of each program, and half of their start. */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';

/** The way to an API server. */
export interface Access {
  /** URL, without a path. */
  readonly server: string;
  /** The caller's certificate or token, and whom to trust. */
  readonly credentials: () => Promise<RequestOptions>;
}

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

/** Asks over connections that are kept. */
export function askerOf({ server, credentials }: Access): Ask {
  let agent: Agent | undefined;
  return async ({ path, type = 'application/json', body, ...call }) => {
    const { ca, cert, key, headers } = await credentials();
    agent ??= new Agent({ keepAlive: true, ca, cert, key });
    const content = body && { 'content-type': type };
    const options = { ...call, agent, headers: { ...headers, accept: 'application/json', ...content } };
    return send(request(new URL(path, server), options), body);
  };
}

function send(asked: ClientRequest, body: object | undefined): Promise<IncomingMessage> {
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
