/** The API server of a region by paths: what the lab's own controllers read, write and watch. */
import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** An object as the API server gives it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
    readonly finalizers?: readonly string[];
  };
  // Every kind has its own; whoever reads one knows which.
  readonly spec?: any; // oxlint-disable-line typescript/no-explicit-any -- objects of a hundred kinds pass through here
  readonly status?: any; // oxlint-disable-line typescript/no-explicit-any -- see spec
  readonly [field: string]: unknown;
}

/** An answer of the API server that is not 2xx. */
export class KubeError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Everything a watch knows, by uid, after each change. */
export type Known = ReadonlyMap<string, KubeObject>;

/** How something is written. */
export interface WriteOptions {
  /** Only what the API server says to it. */
  readonly dryRun?: boolean;
}

/** Hears of changes. */
export type OnChange = (known: Known, changed?: KubeObject) => void;

/** One API server. */
export interface Kube {
  readonly get: (path: string) => Promise<KubeObject>;
  readonly list: (path: string) => Promise<KubeObject[]>;
  readonly create: (path: string, body: object, options?: WriteOptions) => Promise<KubeObject>;
  /** Merges `body`; append `/status` to reach the status. */
  readonly merge: (path: string, body: object, options?: WriteOptions) => Promise<KubeObject>;
  /** Server-side apply in the name of `flipside-lab`, taking over what others own. */
  readonly apply: (path: string, body: object) => Promise<KubeObject>;
  readonly remove: (path: string, query?: string) => Promise<void>;
  /**
   * Calls `on` with everything there is, first and after each change, until `signal` aborts; `changed` is absent when
   * it was listed anew. Reconnects by itself.
   */
  readonly watch: (path: string, on: OnChange, signal: AbortSignal) => Promise<void>;
}

const ANSWER_MS = 30_000;
/** How long to wait before asking again a server that was not there. */
const AGAIN_MS = 500;

/** A client for the current context of a kubeconfig file. */
export async function kubeOf(kubeconfig: string): Promise<Kube> {
  // ESM only, and most of what imports this file asks no API server.
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const server = new URL(config.getCurrentCluster()?.server ?? '');
  const options: RequestOptions = { host: server.hostname, port: server.port };
  await config.applyToHTTPSOptions(options);
  const agent = new Agent({ keepAlive: true, ca: options.ca, cert: options.cert, key: options.key });
  const ask = (method: string, path: string, body?: object, type = 'application/json') =>
    send({ ...options, agent, method, path }, body, type);
  const json = async (...args: Parameters<typeof ask>) =>
    JSON.parse(await textOf(await ask(...args))) as KubeObject;
  const list = async (path: string) => listed(await json('GET', path));
  return {
    list,
    get: (path) => json('GET', path),
    create: (path, body, options) => json('POST', `${path}${queryOf(options)}`, body),
    merge: (path, body, options) =>
      json('PATCH', `${path}${queryOf(options)}`, body, 'application/merge-patch+json'),
    apply: (path, body) =>
      json('PATCH', `${path}?fieldManager=flipside-lab&force=true`, body, 'application/apply-patch+yaml'),
    remove: async (path, query = '') => {
      await textOf(await ask('DELETE', `${path}${query}`));
    },
    watch: (path, on, signal) => watch(ask, path, on, signal),
  };
}

const queryOf = ({ dryRun }: WriteOptions = {}) => `?fieldManager=flipside-lab${dryRun ? '&dryRun=All' : ''}`;

type Ask = (method: string, path: string, body?: object, type?: string) => Promise<IncomingMessage>;

function send(options: RequestOptions, body: object | undefined, type: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'application/json', ...(body && { 'content-type': type }) };
    const asked = request({ ...options, headers, timeout: ANSWER_MS }, resolve);
    asked.once('error', reject);
    asked.once('timeout', () => asked.destroy(new Error(`no answer within ${ANSWER_MS / 1000} s`)));
    asked.end(body && JSON.stringify(body));
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const code = response.statusCode ?? 0;
  if (code < 300) return text;
  throw new KubeError(code, messageOf(text) || `status ${code}`);
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}

/** Items of a list carry no kind of their own. */
function listed(list: KubeObject): KubeObject[] {
  const kind = list.kind.replace(/List$/, '');
  const items = (list['items'] ?? []) as KubeObject[];
  return items.map((item) => ({ ...item, apiVersion: list.apiVersion, kind }));
}

async function watch(ask: Ask, path: string, on: OnChange, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const list = JSON.parse(await textOf(await ask('GET', path))) as KubeObject;
      const known = new Map(listed(list).map((object) => [object.metadata.uid ?? '', object]));
      on(known);
      await follow(ask, path, list.metadata.resourceVersion ?? '', known, on, signal);
    } catch {
      // The server is not there, or the kind is not yet.
      await sleep(AGAIN_MS);
    }
  }
}

/** Returns when the server closes the connection or the version is too old; the caller lists again. */
async function follow(
  ask: Ask,
  path: string,
  resourceVersion: string,
  known: Map<string, KubeObject>,
  on: OnChange,
  signal: AbortSignal,
): Promise<void> {
  const separator = path.includes('?') ? '&' : '?';
  const query = `watch=true&resourceVersion=${resourceVersion}&timeoutSeconds=600`;
  const response = await ask('GET', `${path}${separator}${query}`);
  if (response.statusCode !== 200) throw new Error(await textOf(response));
  response.socket.setTimeout(0);
  const abort = () => response.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for await (const line of createInterface({ input: response })) {
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: KubeObject };
      if (type === 'ERROR') return;
      const uid = object.metadata.uid ?? '';
      if (type === 'DELETED') known.delete(uid);
      else known.set(uid, object);
      on(known, object);
    }
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
