/**
 * The wire between two regions: a TCP relay that replication runs through. What the primary sends waits `delay` long in
 * it, and is lost when the wire is cut or the primary dies: a write that was acknowledged and had not left its region.
 */
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A wire. */
export interface Link {
  /** The replica connects to this port of loopback. */
  readonly port: number;
  /** Leads to another primary from now on; what is connected is dropped. */
  readonly lead: (port: number) => void;
  /** How long bytes from the primary take. Those under way keep the time they were given. */
  readonly delay: (milliseconds: number) => void;
  /** Drops what is connected and everything under way, and lets nobody connect until mended. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly isCut: () => boolean;
  readonly stop: () => Promise<void>;
}

/** State that all connections of a wire share. */
interface Wire {
  target: number;
  delayMs: number;
  cut: boolean;
  readonly sockets: Set<Socket>;
}

/** Opens a wire to the primary on `target`. */
export async function openLink(target: number): Promise<Link> {
  const wire: Wire = { target, delayMs: 0, cut: false, sockets: new Set() };
  const server = createServer((replica) => accept(replica, wire));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, resolve);
  });
  const drop = () => {
    for (const socket of wire.sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    lead: (port) => {
      wire.target = port;
      drop();
    },
    delay: (milliseconds) => {
      wire.delayMs = milliseconds;
    },
    cut: () => {
      wire.cut = true;
      drop();
    },
    mend: () => {
      wire.cut = false;
    },
    isCut: () => wire.cut,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      drop();
      await closed;
    },
  };
}

function accept(replica: Socket, wire: Wire): void {
  if (wire.cut) return void replica.destroy();
  const primary = connect(wire.target, LOOPBACK);
  const end = () => {
    primary.destroy();
    replica.destroy();
  };
  for (const socket of [primary, replica]) {
    wire.sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => {
      wire.sockets.delete(socket);
      end();
    });
    socket.on('error', end);
  }
  replica.on('data', (bytes) => primary.write(bytes));
  delayed(primary, replica, wire);
}

/** First in, first out, whatever the delay was when it came. */
function delayed(from: Socket, to: Socket, wire: Wire): void {
  const under: { readonly at: number; readonly bytes: Buffer }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const send = () => {
    timer = undefined;
    while (under[0] && under[0].at <= performance.now()) to.write(under.shift()?.bytes ?? '');
    if (under[0]) timer = setTimeout(send, under[0].at - performance.now());
  };
  from.on('data', (bytes) => {
    const at = performance.now() + wire.delayMs;
    under.push({ at, bytes });
    if (!timer) send();
  });
  to.once('close', () => {
    clearTimeout(timer);
    under.length = 0;
  });
}
