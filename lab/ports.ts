/** Ports of this machine that nobody listens on. */
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { UserError } from '../scripts/answer';

const LOWEST = 10_000;
/** Where Linux gives ports to outgoing connections; the first of two numbers. */
const OUTGOING = '/proc/sys/net/ipv4/ip_local_port_range';

/**
 * `count` free ports of the loopback interface, all different: they are held until the last one is known. They are
 * below those that outgoing connections get, which could take one between its choice and its use.
 */
export async function freePorts(count: number): Promise<number[]> {
  const end = Number(readFileSync(OUTGOING, 'utf8').split(/\s/)[0]);
  const first = randomInt(LOWEST, end);
  const held: Server[] = [];
  for (let tried = 0; held.length < count && tried < end - LOWEST; tried += 1) {
    const port = LOWEST + ((first - LOWEST + tried) % (end - LOWEST));
    const server = await listening(port).catch(() => undefined);
    if (server) held.push(server);
  }
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  if (ports.length === count) return ports;
  throw new UserError(
    `Cannot find ${count} free ports: only ${ports.length} of ${LOWEST} to ${end - 1} are free, expected more`,
  );
}

/** Those of `ports` that somebody listens on. */
export async function takenPorts(ports: readonly number[]): Promise<number[]> {
  const taken = await Promise.all(ports.map(answers));
  return ports.filter((_, index) => taken[index]);
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });

const listening = (port: number) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
