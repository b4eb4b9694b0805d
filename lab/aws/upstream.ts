/** The way to the emulator: calls passed on as they came, and calls of the doubles themselves. */
import { Agent, request as httpRequest } from 'node:http';
import type { Call } from './call';
import { type Reply, Refusal } from './reply';
import { type Element, parseXml, textIn } from './xml';

/** A call that a double makes. */
export interface Question {
  /** As in the signature. */
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** An emulator. */
export interface Upstream {
  readonly forward: (call: Call) => Promise<Reply>;
  /** Asks in the query protocol and gives the result element. Throws the emulator's error as a Refusal. */
  readonly ask: (question: Question) => Promise<Element>;
  readonly stop: () => void;
}

/** API versions of the services a double asks: the emulator wants one named. */
const VERSIONS: Readonly<Record<string, string>> = { rds: '2014-10-31', elasticache: '2015-02-02' };

/** Hop-by-hop headers end here. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

/** The emulator at `url`. */
export function upstreamOf(url: string): Upstream {
  const agent = new Agent({ keepAlive: true });
  const send = (call: Pick<Call, 'request'>) => passOn(url, agent, call);
  return {
    forward: send,
    ask: async (question) => {
      const reply = await send({ request: signed(question) });
      const [root = {}] = Object.values(parseXml(reply.body)).filter((one) => typeof one === 'object');
      if (reply.status >= 300) throw refusalIn(root as Element, reply.status);
      return ((root as Element)[`${question.action}Result`] ?? {}) as Element;
    },
    stop: () => agent.destroy(),
  };
}

function passOn(url: string, agent: Agent, { request }: Pick<Call, 'request'>): Promise<Reply> {
  const { method, path, body } = request;
  const headers = { ...withoutHops(request.headers), 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, url), { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({
          status: answer.statusCode ?? 502,
          headers: withoutHops(answer.headers),
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

const withoutHops = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP.has(name)));

/** The emulator reads account, region and service from the signature's scope, and checks no signature. */
function signed({ service, region, account, action, parameters }: Question): Call['request'] {
  const form = { Action: action, Version: VERSIONS[service] ?? '', ...parameters };
  return {
    method: 'POST',
    path: '/',
    headers: {
      host: `${service}.${region}.amazonaws.com`,
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: Buffer.from(new URLSearchParams(form).toString()),
  };
}

function refusalIn(root: Element, status: number): Refusal {
  const error = (root['Error'] ?? {}) as Element;
  return new Refusal(textIn(error, 'Code') || 'InternalFailure', textIn(error, 'Message'), status);
}
