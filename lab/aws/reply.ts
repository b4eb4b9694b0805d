/** Answers in AWS's shapes. */
import { STATUS_CODES } from 'node:http';
import type { Call } from './call';
import { escaped } from './xml';

/** An answer to a call. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** Every answer of a double carries the same id: there is nothing to look up behind it. */
const REQUEST_ID = '00000000-0000-0000-0000-000000000000';

const reply = (status: number, type: string, text: string, headers = {}): Reply => ({
  status,
  headers: { 'content-type': type, 'x-amzn-requestid': REQUEST_ID, ...headers },
  body: Buffer.from(text),
});

/** The answer of a query action; `xml` stands inside `<ActionResult>`. */
export const answer = ({ action }: Call, xml: string): Reply =>
  reply(
    200,
    'text/xml',
    `<${action}Response><${action}Result>${xml}</${action}Result>` +
      `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></${action}Response>`,
  );

/** An error as the call's protocol has it. `code` is what goes over the wire, not the SDK's class. */
export function failure({ protocol }: Call, code: string, message: string, status = 400): Reply {
  if (protocol === 'query') return reply(status, 'text/xml', errorXml(code, message, status));
  const json = JSON.stringify({ __type: code, message });
  if (protocol === 'json')
    return reply(status, 'application/x-amz-json-1.0', json, { 'x-amzn-errortype': code });
  // Services that speak REST answer in JSON or in XML; the header is read by the first, the body by the second.
  return reply(status, 'text/xml', errorXml(code, message, status), { 'x-amzn-errortype': code });
}

/** Thrown by a double to answer with an error of AWS. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** The status line's words, for a failure without words of its own. */
export const wordsOf = (status: number) => STATUS_CODES[status] ?? 'Error';

const errorXml = (code: string, message: string, status: number) =>
  `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code>` +
  `<Message>${escaped(message)}</Message></Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`;
