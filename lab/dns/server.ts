/**
 * A DNS server on loopback, over UDP and TCP: a stand-in for Route 53's name servers and for those of Aurora's
 * endpoints. It answers from `names` as they are at the moment of the query.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { DecodedPacket } from 'dns-packet';
import { regionOf } from './location';
import { answerBytes, networkIn, queryIn, refusal, roomOf } from './packets';
import type { Names } from './records';
import { answer } from './zone';

const LOOPBACK = '127.0.0.1';
/** A free TCP port may be taken for UDP; then the next one is tried. */
const PORT_TRIES = 20;

/** What a server serves. */
export interface DnsServerProps {
  readonly names: () => Names;
  /** Regions whose clients tell where they stand; of one that does not, the first is assumed. */
  readonly regions: readonly string[];
  /** @default a free one */
  readonly port?: number;
  /** From 0 to below 1. @default Math.random */
  readonly draw?: () => number;
}

/** A server that listens. */
export interface DnsServer {
  readonly port: number;
  /** Ends it, with the connections that are open. */
  readonly stop: () => Promise<void>;
}

/** Starts it. Throws when the port is taken. */
export async function startDns(props: DnsServerProps): Promise<DnsServer> {
  const connections = new Set<Socket>();
  const { tcp, udp, port } = await listen(props, (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  return {
    port,
    stop: async () => {
      for (const socket of connections) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => tcp.close(() => resolve())),
        new Promise<void>((resolve) => udp.close(() => resolve())),
      ]);
    },
  };
}

interface Listening {
  readonly tcp: Server;
  readonly udp: UdpSocket;
  readonly port: number;
}

/** Both protocols on one port. */
async function listen(props: DnsServerProps, opened: (socket: Socket) => void): Promise<Listening> {
  for (let tries = 1; ; tries += 1) {
    const tcp = createServer((socket) => {
      opened(socket);
      serveStream(socket, props);
    });
    const port = await bound(tcp, () => tcp.listen(props.port ?? 0, LOOPBACK)).then(
      () => (tcp.address() as AddressInfo).port,
    );
    const udp = createSocket('udp4');
    try {
      await bound(udp, () => udp.bind(port, LOOPBACK));
      udp.on('message', (bytes, client) => {
        const reply = replyTo(bytes, props, true);
        if (reply) udp.send(reply, client.port, client.address);
      });
      return { tcp, udp, port };
    } catch (error) {
      udp.close();
      await new Promise((resolve) => tcp.close(resolve));
      if (props.port !== undefined || tries === PORT_TRIES) throw error;
    }
  }
}

const bound = (socket: Server | UdpSocket, start: () => void) =>
  new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('listening', () => resolve());
    start();
  });

/** Each message is preceded by its length. https://www.rfc-editor.org/rfc/rfc1035#section-4.2.2 */
function serveStream(socket: Socket, props: DnsServerProps): void {
  let pending = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const length = pending.readUInt16BE(0);
      const reply = replyTo(pending.subarray(2, 2 + length), props, false);
      pending = pending.subarray(2 + length);
      if (!reply) return void socket.destroy();
      const head = Buffer.alloc(2);
      head.writeUInt16BE(reply.length);
      socket.write(Buffer.concat([head, reply]));
    }
  });
}

/** Undefined for what is no query: it is not answered, as nobody may wait for it. */
function replyTo(bytes: Buffer, props: DnsServerProps, datagram: boolean): Buffer | undefined {
  const query = queryIn(bytes);
  if (!query) return undefined;
  if (opcodeOf(query) !== 0) return refusal(query, 'NOTIMP');
  const [question, ...others] = query.questions ?? [];
  if (!question || others.length > 0) return refusal(query, 'FORMERR');
  return answerBytes(query, answerTo(query, question, props), datagram ? roomOf(query) : undefined);
}

/** 0 is a plain query. https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 */
const opcodeOf = ({ flags = 0 }: DecodedPacket) => (flags >> 11) & 0xf;

function answerTo(
  query: DecodedPacket,
  { name, type }: { name: string; type: string },
  props: DnsServerProps,
) {
  const { names, regions, draw = Math.random } = props;
  const region = regionOf(regions, networkIn(query)) ?? regions[0];
  return answer(names(), { name, type, region, draw: draw() });
}
