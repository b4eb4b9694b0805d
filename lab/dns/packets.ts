/** Queries and answers on the wire. */
import {
  AUTHORITATIVE_ANSWER,
  type Answer as WireLine,
  decode,
  type DecodedPacket,
  encode,
  type Packet,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from 'dns-packet';
import type { Answer } from './zone';

/** Response codes by name. https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 */
const CODES = { NOERROR: 0, FORMERR: 1, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
/** Bytes of a UDP answer to a client that does not allow more. https://www.rfc-editor.org/rfc/rfc1035#section-4.2.1 */
const PLAIN_BYTES = 512;
const EDNS_BYTES = 1_232;
const IPV4 = 1;

/** The query in a packet; undefined for bytes that are none. */
export function queryIn(bytes: Buffer): DecodedPacket | undefined {
  try {
    const packet = decode(bytes);
    return packet.type === 'query' ? packet : undefined;
  } catch {
    return undefined;
  }
}

/** Network that the client of a query stands in, when its resolver tells. */
export function networkIn({ additionals = [] }: Packet): string | undefined {
  const options = additionals.flatMap((line) => (line.type === 'OPT' ? line.options : []));
  const subnet = options.find((option) => option.code === 8) as { ip?: string } | undefined;
  return subnet?.ip;
}

/** How many bytes the sender of a query takes over UDP. */
export const roomOf = ({ additionals = [] }: Packet): number =>
  Math.max(PLAIN_BYTES, ...additionals.map((line) => (line.type === 'OPT' ? line.udpPayloadSize : 0)));

/** An answer as bytes; longer than `room` it is cut off, and the client asks again over TCP. */
export function answerBytes(query: DecodedPacket, answer: Answer, room = Number.POSITIVE_INFINITY): Buffer {
  const flags = AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & RECURSION_DESIRED) | CODES[answer.code];
  const whole = encode(response(query, flags, answer.lines, answer.authority));
  return whole.length <= room ? whole : encode(response(query, flags | TRUNCATED_RESPONSE, [], []));
}

/** The answer to a packet with no question, or with several: nobody sends such. */
export const refusal = (query: DecodedPacket, code: 'FORMERR' | 'NOTIMP'): Buffer =>
  encode(response(query, CODES[code], [], []));

const response = (
  query: DecodedPacket,
  flags: number,
  answers: Answer['lines'],
  authorities: Answer['lines'],
): Packet => ({
  type: 'response',
  id: query.id ?? 0,
  flags,
  questions: query.questions ?? [],
  answers: answers as WireLine[],
  authorities: authorities as WireLine[],
  additionals: (query.additionals ?? []).some(({ type }) => type === 'OPT') ? [edns([])] : [],
});

const edns = (options: readonly object[]) =>
  ({
    type: 'OPT',
    name: '.',
    udpPayloadSize: EDNS_BYTES,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options,
  }) as unknown as WireLine;

/** A query as bytes; `network` names where the client stands. */
export function queryBytes(id: number, name: string, type: 'A' | 'SRV' | 'CNAME', network?: string): Buffer {
  const subnet = {
    code: 'CLIENT_SUBNET',
    family: IPV4,
    sourcePrefixLength: 24,
    scopePrefixLength: 0,
    ip: network,
  };
  return encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ type, name, class: 'IN' }],
    additionals: [edns(network ? [subnet] : [])],
  });
}
