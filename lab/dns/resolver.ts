/** A resolver as an application has one: it keeps an answer as long as its time to live says, and no longer. */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { type Answer as Line, decode, type DecodedPacket } from 'dns-packet';
import { networkOf } from './location';
import { queryBytes } from './packets';

const LOOPBACK = '127.0.0.1';
const ANSWER_MS = 1_000;
const TRIES = 3;

/** How a resolver is made. */
export interface ResolverProps {
  /** Port of the DNS server on loopback. */
  readonly port: number;
  /** Regions as the server lists them, and the one this client stands in. */
  readonly regions?: readonly string[];
  readonly region?: string;
  /** Times to live are divided by this; a report has to say so. @default 1 */
  readonly speed?: number;
  /** Milliseconds; for tests. @default Date.now */
  readonly now?: () => number;
}

/** Where a service listens. */
export interface Location {
  readonly address: string;
  readonly port: number;
  /** Name of the server that stands behind the asked one. */
  readonly name: string;
}

/** A resolver. */
export interface Resolver {
  /** The addresses of a name. Throws when there is none. */
  readonly addresses: (name: string) => Promise<readonly string[]>;
  /** Address and port of `service`, for example `postgresql`, of what a name leads to. Throws when there is none. */
  readonly locate: (service: string, name: string) => Promise<Location>;
  /** Forgets everything, as a restarted process does. */
  readonly forget: () => void;
}

type Type = 'A' | 'SRV';

interface Kept {
  readonly lines: readonly Line[];
  readonly until: number;
}

/** Makes a resolver; nothing has to be closed. */
export function resolverOf(props: ResolverProps): Resolver {
  const { now = Date.now, speed = 1 } = props;
  const cache = new Map<string, Kept>();
  const ask = async (name: string, type: Type): Promise<readonly Line[]> => {
    const key = `${type} ${name}`;
    const kept = cache.get(key);
    if (kept && now() < kept.until) return kept.lines;
    const asked = now();
    const { lines, ttl } = await resolved(name, type, props);
    cache.set(key, { lines, until: asked + (ttl * 1_000) / speed });
    return lines;
  };
  const addresses = async (name: string) =>
    some(
      name,
      'A',
      (await ask(name, 'A')).flatMap((line) => (line.type === 'A' ? [line.data] : [])),
    );
  return {
    addresses,
    locate: async (service, name) => {
      const asked = `_${service}._tcp.${name}`;
      const lines = await ask(asked, 'SRV');
      const [srv] = some(
        asked,
        'SRV',
        lines.flatMap((line) => (line.type === 'SRV' ? [line.data] : [])),
      );
      const [address = LOOPBACK] = await addresses(srv.target);
      return { address, port: srv.port, name: srv.target };
    },
    forget: () => cache.clear(),
  };
}

function some<T>(name: string, type: Type, found: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = found;
  if (first === undefined) throw new Error(`Cannot resolve "${name}": no ${type} record, expected one`);
  return [first, ...rest];
}

/** An empty answer is kept too, as long as the zone's SOA says; a server that does not answer is asked again at once. */
async function resolved(name: string, type: Type, props: ResolverProps) {
  const { answers = [], authorities = [] } = await queried(name, type, props);
  const lines = answers.filter((line) => line.type !== 'OPT');
  const ttls = (lines.length > 0 ? lines : authorities).map((line) => ('ttl' in line ? (line.ttl ?? 0) : 0));
  return { lines, ttl: ttls.length > 0 ? Math.min(...ttls) : 0 };
}

async function queried(name: string, type: Type, props: ResolverProps): Promise<DecodedPacket> {
  const network = networkOf(props.regions ?? [], props.region);
  let trouble: unknown;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const id = randomInt(65_536);
    const bytes = queryBytes(id, name, type, network);
    try {
      const answer = await overUdp(bytes, id, props.port);
      return answer.flag_tc ? await overTcp(bytes, props.port) : answer;
    } catch (error) {
      trouble = error;
    }
  }
  throw new Error(`Cannot resolve "${name}": the DNS server on port ${props.port} does not answer`, {
    cause: trouble,
  });
}

function overUdp(bytes: Buffer, id: number, port: number): Promise<DecodedPacket> {
  const socket = createSocket('udp4');
  return new Promise<DecodedPacket>((resolve, reject) => {
    const deadline = setTimeout(() => reject(new Error('no answer')), ANSWER_MS);
    socket.once('error', reject);
    socket.on('message', (message) => {
      const answer = decode(message);
      if (answer.id !== id) return;
      clearTimeout(deadline);
      resolve(answer);
    });
    // Connected, so that a port nobody listens on is told at once.
    socket.connect(port, LOOPBACK, () => socket.send(bytes));
  }).finally(() => socket.close());
}

function overTcp(bytes: Buffer, port: number): Promise<DecodedPacket> {
  const socket = connect(port, LOOPBACK);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(bytes.length);
  return new Promise<DecodedPacket>((resolve, reject) => {
    let pending = Buffer.alloc(0);
    socket.setTimeout(ANSWER_MS, () => reject(new Error('no answer')));
    socket.once('error', reject);
    socket.on('data', (part) => {
      pending = Buffer.concat([pending, part]);
      if (pending.length < 2 || pending.length < 2 + pending.readUInt16BE(0)) return;
      resolve(decode(pending.subarray(2, 2 + pending.readUInt16BE(0))));
    });
    socket.write(Buffer.concat([head, bytes]));
  }).finally(() => socket.destroy());
}
