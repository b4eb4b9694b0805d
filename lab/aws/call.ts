/** A call to AWS as it arrived: what the signature, the headers and the body say. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** How a service spells calls, answers and errors. */
export type Protocol = 'query' | 'json' | 'rest';

/** The HTTP request, to be passed on as it is. */
export interface RawRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One call. */
export interface Call {
  /** As in the signature: `rds`, `elasticache`, `monitoring` (CloudWatch), … */
  readonly service: string;
  /** As in the signature; global services sign with `us-east-1`. */
  readonly region: string;
  /** Account that the emulator gives this access key: a key of 12 digits is an account, any other key the first one. */
  readonly account: string;
  readonly accessKey: string;
  readonly userAgent: string;
  readonly protocol: Protocol;
  /** `FailoverGlobalCluster`; for a REST service method and path. */
  readonly action: string;
  /** Of the query protocol as they are; of JSON the first level, as text. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether it changes something, by its name. */
  readonly mutating: boolean;
  readonly request: RawRequest;
}

/** ministack's account for keys that are none. */
export const FIRST_ACCOUNT = '000000000000';

const READS =
  /^(BatchGet|Check|Describe|Get|Head|List|Lookup|Query|Scan|Search|Select|Simulate|Test|Validate)/;

/** Reads the whole request. Throws when the connection breaks meanwhile. */
export async function callOf(incoming: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = 'GET', url = '/', headers } = incoming;
  return parsed({ method, path: url, headers, body: Buffer.concat(chunks) });
}

function parsed(request: RawRequest): Call {
  const [accessKey = '', , region = '', service = ''] = scopeOf(request);
  const spoken = spokenIn(request);
  return {
    service,
    region,
    accessKey,
    account: /^\d{12}$/.test(accessKey) ? accessKey : FIRST_ACCOUNT,
    userAgent: String(request.headers['user-agent'] ?? ''),
    ...spoken,
    mutating: service !== 'sts' && changes(spoken.protocol, spoken.action),
    request,
  };
}

/** `key/date/region/service/aws4_request`, in the header or, of a presigned URL, in the query. */
function scopeOf({ path, headers }: RawRequest): string[] {
  const signed = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const presigned = new URL(path, 'http://localhost').searchParams.get('X-Amz-Credential');
  return (signed ?? presigned ?? '').split('/');
}

type Spoken = Pick<Call, 'protocol' | 'action' | 'parameters'>;

function spokenIn(request: RawRequest): Spoken {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string')
    return { protocol: 'json', action: target.split('.').at(-1) ?? '', parameters: jsonOf(request.body) };
  const form = formOf(request);
  if (form['Action']) return { protocol: 'query', action: form['Action'], parameters: form };
  const path = request.path.split('?')[0] ?? '';
  return { protocol: 'rest', action: `${request.method} ${path}`, parameters: {} };
}

function formOf({ path, headers, body }: RawRequest): Record<string, string> {
  const asked = Object.fromEntries(new URL(path, 'http://localhost').searchParams);
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return asked;
  return { ...asked, ...Object.fromEntries(new URLSearchParams(body.toString())) };
}

/** A body that is not JSON is left to the emulator to refuse. */
function jsonOf(body: Buffer): Record<string, string> {
  try {
    const entries = Object.entries(JSON.parse(body.toString()) as object);
    return Object.fromEntries(entries.map(([key, value]) => [key, textOf(value)]));
  } catch {
    return {};
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const changes = (protocol: Protocol, action: string) =>
  protocol === 'rest' ? !/^(GET|HEAD|OPTIONS) /.test(action) : !READS.test(action);
