/** What a cut does to a connection. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { cutsOf } from '../../../lab/aws/cuts';

/** Both ends of a connection of this machine. */
async function connection(): Promise<{ client: Socket; server: Socket }> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  const [server] = (await once(listener, 'connection')) as [Socket];
  listener.close();
  return { client, server };
}

test('a region that refuses resets the connection', async () => {
  const cuts = cutsOf();
  const { client, server } = await connection();
  const error = once(client, 'error');
  cuts.cut('us-east-1', 'refuse');
  cuts.drop('us-east-1', server);
  expect(await error).toMatchObject([{ code: 'ECONNRESET' }]);
});

test('a region that hangs keeps it, and resets it when it comes back: nobody would ever answer', async () => {
  const cuts = cutsOf();
  const { client, server } = await connection();
  const error = once(client, 'error');
  cuts.cut('us-east-1', 'hang');
  cuts.drop('us-east-1', server);
  expect(server.destroyed).toBe(false);
  cuts.revive('us-east-1');
  expect(await error).toMatchObject([{ code: 'ECONNRESET' }]);
});

test('one region is cut, and not the other', () => {
  const cuts = cutsOf();
  cuts.cut('us-east-1', 'hang');
  expect([cuts.isCut('us-east-1'), cuts.isCut('eu-west-1')]).toEqual([true, false]);
  cuts.revive('us-east-1');
  expect(cuts.isCut('us-east-1')).toBe(false);
});
