/** An in-memory stand-in for a Kubernetes API server: one token, objects by path, merge patches, conflicts. It checks nothing else. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A Kubernetes object as a test reads it. */
export type Json = any; // oxlint-disable-line typescript/no-explicit-any -- assertions read deep into foreign shapes

/** One request. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Who owns the fields that a patch sets; null where the request does not say. */
  readonly fieldManager: string | null;
  readonly type: string;
  readonly body: Json;
}

/** The server and what it holds. */
export interface ApiServer {
  readonly port: number;
  readonly objects: Map<string, Json>;
  readonly asked: Asked[];
  readonly stop: () => Promise<void>;
}

/** Starts it on a free port, with the certificate of `makeCertificates` in `pki`. Only calls with `token` are answered. */
export async function apiServer(
  pki: string,
  token: string,
  objects: Readonly<Record<string, Json>>,
): Promise<ApiServer> {
  const held = new Map<string, Json>(Object.entries(objects));
  const asked: Asked[] = [];
  const [key, cert] = ['key', 'crt'].map((suffix) => readFileSync(join(pki, `apiserver.${suffix}`)));
  const server = createServer({ key, cert }, (request, response) => {
    if (request.headers.authorization === `Bearer ${token}`)
      return void serve(held, asked, request, response);
    response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    objects: held,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  held: Map<string, Json>,
  asked: Asked[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api');
  const one: Asked = {
    method: request.method ?? '',
    path: pathname,
    fieldManager: searchParams.get('fieldManager'),
    type: request.headers['content-type'] ?? '',
    body: text ? JSON.parse(text) : undefined,
  };
  asked.push(one);
  const [code, body] = answer(held, one);
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const failure = (code: number, reason: string): [number, Json] => [
  code,
  { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason },
];

function answer(held: Map<string, Json>, { method, path, body }: Asked): [number, Json] {
  if (method === 'POST') {
    held.set(`${path}/${held.size}`, body);
    return [201, body];
  }
  const key = path.replace(/\/scale$/, '');
  const object = held.get(key);
  if (!object) return failure(404, 'NotFound');
  if (method === 'GET') return [200, object];
  const version = body.metadata?.resourceVersion;
  if (version && version !== object.metadata.resourceVersion) return failure(409, 'Conflict');
  const merged = merge(object, body);
  merged.metadata.resourceVersion = String(Number(object.metadata.resourceVersion ?? 0) + 1);
  // The pods of this cluster are ready as soon as somebody asks for them.
  if (path.endsWith('/scale')) merged.status = { readyReplicas: merged.spec.replicas };
  held.set(key, merged);
  return [200, merged];
}

/** https://www.rfc-editor.org/rfc/rfc7396, without null */
const merge = (into: Json, patch: Json): Json =>
  typeof patch === 'object' && typeof into === 'object'
    ? {
        ...into,
        ...Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, merge(into[key], value)])),
      }
    : patch;
