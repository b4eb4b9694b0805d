import { EXIT } from '../../scripts/answer';
import { flip } from './_flip';
import { HOME, PEER, repositories } from './_repository';
import { worldAt } from './_world';

const template = repositories();
afterAll(() => template.remove());

const newWorld = () => worldAt(template.copy());

test('asks the region that would take over', async () => {
  const world = newWorld();
  const { code, text } = await flip(world, { dryRun: true });
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('eu-west-1 would take over now');
  expect(world.peer.spec.dryRun).toEqual({ region: PEER, run: 1, mode: 'Planned' });
  expect(world.home.spec.dryRun).toBeUndefined();
  await flip(world, { dryRun: true });
  expect(world.peer.spec.dryRun?.run).toBe(2);
  expect(world.git('log', '--format=%s')).toBe('Start');
  expect(world.writer).toBe(HOME);
});

test('prints every reason of a refusal', async () => {
  const world = newWorld();
  world.peer.job = 'Refused';
  world.peer.reasons = ['sales/orders: 40 s behind', 'the credentials belong to another account'];
  const { code, text } = await flip(world, { dryRun: true });
  expect(code).toBe(EXIT.no);
  expect(text).toContain('  - sales/orders: 40 s behind\n  - the credentials belong to another account');
});

test('without a result it says so', async () => {
  const world = newWorld();
  world.peer.job = 'hangs';
  expect((await flip(world, { dryRun: true })).code).toBe(EXIT.undecided);
});
