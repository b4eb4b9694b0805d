/** The wire between two regions, with an ordinary server at its end. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { type Link, openLink } from '../../../lab/postgres/link';
import { until } from '../../../lab/until';

const LONG_MS = 60_000;

let primary: Server;
let link: Link;
let sessions: Socket[] = [];
const replicas: Socket[] = [];
beforeEach(async () => {
  sessions = [];
  primary = createServer((socket) => {
    socket.on('error', () => undefined);
    sessions.push(socket);
  });
  primary.listen(0, '127.0.0.1');
  await once(primary, 'listening');
  link = await openLink((primary.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const socket of [...replicas.splice(0), ...sessions]) socket.destroy();
  await link.stop();
  await new Promise((resolve) => primary.close(resolve));
});

async function joined(): Promise<{ replica: Socket; session: Socket; heard: () => string }> {
  const known = sessions.length;
  const replica = connect(link.port, '127.0.0.1').on('error', () => undefined);
  replicas.push(replica);
  let text = '';
  replica.on('data', (bytes) => (text += String(bytes)));
  await until('the primary to see the replica', () => sessions.length > known, LONG_MS, 5);
  return { replica, session: sessions.at(-1) as Socket, heard: () => text };
}

test('a link holds back what the primary sends for as long as it is told', async () => {
  const { session, heard } = await joined();
  link.delay(300);
  const sent = performance.now();
  session.write('row');
  await until('the row', () => heard() === 'row', LONG_MS, 2);
  expect(performance.now() - sent).toBeGreaterThanOrEqual(295);
});

test('a link keeps the order whatever becomes of the delay', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 }),
      async (delays) => {
        link.delay(0);
        const { session, heard } = await joined();
        for (const [index, delay] of delays.entries()) {
          link.delay(delay);
          session.write(`${index} `);
          await sleep(1);
        }
        const all = delays.map((_, index) => `${index} `).join('');
        await until('all of it', () => heard().length >= all.length, LONG_MS, 2);
        expect(heard()).toBe(all);
      },
    ),
    { numRuns: 15 },
  );
});

test('a link loses what is under way when it is cut, and lets nobody in until mended', async () => {
  const { replica, session, heard } = await joined();
  const ended = once(replica, 'close');
  link.delay(200);
  session.write('row');
  await sleep(20);
  link.cut();
  await ended;
  const refused = connect(link.port, '127.0.0.1').on('error', () => undefined);
  await once(refused, 'close');
  await sleep(300);
  expect([heard(), sessions.length]).toEqual(['', 1]);
  link.mend();
  link.delay(0);
  const again = await joined();
  again.session.write('more');
  await until('what comes after', () => again.heard() === 'more', LONG_MS, 5);
});

test('a link loses what is under way when the primary dies', async () => {
  const { replica, session, heard } = await joined();
  const ended = once(replica, 'close');
  link.delay(200);
  session.write('row');
  await sleep(20);
  session.destroy();
  await ended;
  expect(heard()).toBe('');
});

test('a link says at once what the replica says', async () => {
  const { replica, session } = await joined();
  link.delay(LONG_MS);
  const heard = once(session, 'data');
  replica.write('confirmed');
  expect(String((await heard)[0])).toBe('confirmed');
});
