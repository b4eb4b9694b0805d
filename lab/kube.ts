/** The API server of a region by paths: what the lab's own controllers read, write and watch. */
import type { RequestOptions } from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  answerOf,
  APPLY_PATCH,
  type Ask,
  askerOf,
  type Call,
  MERGE_PATCH,
  textOf,
} from '../runtime/kubernetes/api';

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
  readonly apply: (path: string, body: object, options?: WriteOptions) => Promise<KubeObject>;
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
  const credentials = async () => {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return options;
  };
  const ask = askerOf({ server: config.getCurrentCluster()?.server ?? '', credentials });
  const json = (call: Call) => answerOf<KubeObject>(ask, call, ANSWER_MS);
  const list = async (path: string) => listed(await json({ method: 'GET', path }));
  return {
    list,
    get: (path) => json({ method: 'GET', path }),
    create: (path, body, options) => json({ method: 'POST', path: `${path}${queryOf(options)}`, body }),
    merge: (path, body, options) =>
      json({ method: 'PATCH', path: `${path}${queryOf(options)}`, body, type: MERGE_PATCH }),
    apply: (path, body, options) =>
      json({ method: 'PATCH', path: `${path}${queryOf(options)}&force=true`, body, type: APPLY_PATCH }),
    remove: async (path, query = '') => {
      await json({ method: 'DELETE', path: `${path}${query}` });
    },
    watch: (path, on, signal) => watch({ ask, list: () => json({ method: 'GET', path }) }, path, on, signal),
  };
}

const queryOf = ({ dryRun }: WriteOptions = {}) => `?fieldManager=flipside-lab${dryRun ? '&dryRun=All' : ''}`;

/** Items of a list carry no kind of their own. */
function listed(list: KubeObject): KubeObject[] {
  const kind = list.kind.replace(/List$/, '');
  const items = (list['items'] ?? []) as KubeObject[];
  return items.map((item) => ({ ...item, apiVersion: list.apiVersion, kind }));
}

/** What a watch asks with. */
interface Asker {
  readonly ask: Ask;
  readonly list: () => Promise<KubeObject>;
}

async function watch(asker: Asker, path: string, on: OnChange, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const list = await asker.list();
      const known = new Map(listed(list).map((object) => [object.metadata.uid ?? '', object]));
      on(known);
      await follow(asker, path, list.metadata.resourceVersion ?? '', known, on, signal);
    } catch {
      // The server is not there, or the kind is not yet.
      await sleep(AGAIN_MS);
    }
  }
}

/** Returns when the server closes the connection or the version is too old; the caller lists again. */
async function follow(
  { ask }: Asker,
  path: string,
  resourceVersion: string,
  known: Map<string, KubeObject>,
  on: OnChange,
  signal: AbortSignal,
): Promise<void> {
  const separator = path.includes('?') ? '&' : '?';
  const query = `watch=true&resourceVersion=${resourceVersion}&timeoutSeconds=600`;
  const response = await ask({ method: 'GET', path: `${path}${separator}${query}`, signal });
  if (response.statusCode !== 200) throw new Error(await textOf(response));
  for await (const line of createInterface({ input: response })) {
    const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: KubeObject };
    if (type === 'ERROR') return;
    const uid = object.metadata.uid ?? '';
    if (type === 'DELETED') known.delete(uid);
    else known.set(uid, object);
    on(known, object);
  }
}
