import { EXIT } from '../../scripts/answer';
import { failback } from '../../scripts/failback';
import { flip, lost, UNPLANNED } from './_flip';
import { ESTATE, HOME, PEER, repositories } from './_repository';
import { worldAt } from './_world';

const template = repositories();
afterAll(() => template.remove());

const newWorld = () => worldAt(template.copy());

test('one command moves the writers and says what it does', async () => {
  const world = newWorld();
  lost(world);
  const { code, text } = await flip(world, UNPLANNED);
  expect(code).toBe(EXIT.ok);
  expect(world.writer).toBe(PEER);
  expect(world.hosted()).toMatchObject({ region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true });
  for (const said of [
    'shop  us-east-1 -> eu-west-1   epoch 0 -> 1   unplanned: commits of the last ~0.8 s may be lost',
    'eu-west-1 can take over: 1 store in step, at most 0.8 s behind, checked 0 s ago',
    'us-east-1 does not answer',
    'objective 5 min',
    '-   region: us-east-1',
    '+   region: eu-west-1',
    'pushed ',
    'Job promote-1 started',
    'compute 2/2 services',
    'sales/orders',
    'beacon in eu-west-1 answers',
    'shop is written in eu-west-1: epoch 1, promoted in 9.0 s (objective 5 min in all), lag at the flip 0.8 s',
  ])
    expect(text).toContain(said);
  expect(world.asked).toEqual(['Type the region to take over: ']);
});

test('only the files of the flip are committed, with comments kept and a clear message', async () => {
  const world = newWorld();
  world.write('notes.txt', 'mine');
  world.write(`estates/${ESTATE}/../other.md`, 'mine');
  await flip(world, { yes: true });
  expect(world.git('show', '--format=', '--name-only', 'HEAD').split('\n')).toEqual([
    'dist/shop/kubernetes/prod-eu-west-1/primary-region/primary-region.yaml',
    'dist/shop/kubernetes/prod-us-east-1/primary-region/primary-region.yaml',
    'estates/shop/primary-region.yaml',
  ]);
  expect(world.git('show', 'HEAD:estates/shop/primary-region.yaml')).toContain(
    '# who writes\nspec: { region: eu-west-1, epoch: 1, mode: Planned }',
  );
  expect(world.git('log', '-1', '--format=%s')).toBe(
    'Move the writers of shop from us-east-1 to eu-west-1, epoch 1',
  );
  expect(world.asked).toEqual([]);
});

test('running it again changes nothing', async () => {
  const world = newWorld();
  lost(world);
  await flip(world, UNPLANNED);
  const commit = world.git('rev-parse', 'HEAD');
  const { code, text } = await flip(world, UNPLANNED);
  expect({ code, text }).toEqual({
    code: EXIT.ok,
    text: 'shop is written in eu-west-1 already, epoch 1: nothing to do',
  });
  expect(world.git('rev-parse', 'HEAD')).toBe(commit);
});

test('interrupted, it goes on by itself, and the same command carries on', async () => {
  const world = newWorld();
  lost(world);
  world.interruptAt = world.now + 3_000;
  const first = await flip(world, UNPLANNED);
  expect(first.code).toBe(EXIT.undecided);
  expect(first.text).toContain('flipside status --estate shop --follow');
  world.interruptAt = Number.POSITIVE_INFINITY;
  const second = await flip(world, UNPLANNED);
  expect(second.code).toBe(EXIT.ok);
  expect(second.text).toContain('epoch 1 to eu-west-1 is asked for already: carrying on');
  expect(world.hosted().epoch).toBe(1);
});

test('back home is a planned flip with the next epoch', async () => {
  const world = newWorld();
  await flip(world);
  world.now += 60_000;
  const code = await failback(world.root, { estate: ESTATE, yes: true }, world.ports);
  expect(code).toBe(EXIT.ok);
  expect(world.writer).toBe(HOME);
  expect(world.hosted()).toMatchObject({ region: HOME, epoch: 2, mode: 'Planned' });
});

test('an override in the surviving cluster alone, and Git catches up with the same epoch', async () => {
  const world = newWorld();
  lost(world);
  world.git('remote', 'set-url', 'origin', '../gone.git');
  const first = await flip(world, { ...UNPLANNED, breakGlass: true });
  expect(first.code).toBe(EXIT.ok);
  expect(first.text).toContain('Git does not know');
  expect(world.peer.spec.override).toMatchObject({
    region: PEER,
    epoch: 1,
    reason: 'flipside failover --break-glass by oncall',
  });
  expect(world.git('log', '--format=%s')).toBe('Start');
  world.git('remote', 'set-url', 'origin', '../remote.git');
  const second = await flip(world, UNPLANNED);
  expect(second.code).toBe(EXIT.ok);
  expect(world.hosted()).toMatchObject({ region: PEER, epoch: 1 });
  expect(world.git('log', '-1', '--format=%s')).toBe('Record that shop is written in eu-west-1, epoch 1');
  expect(world.asked).toHaveLength(1);
  const third = await flip(world, UNPLANNED);
  expect(third.text).toContain('nothing to do');
});

test('a flip that Argo CD does not bring gets the same epoch by hand', async () => {
  const world = newWorld();
  world.peer.argocd = false;
  const first = await flip(world, { timeout: '90s' });
  expect(first.code).toBe(EXIT.undecided);
  expect(first.text).toContain('epoch 1 has not arrived in eu-west-1');
  const second = await flip(world, { breakGlass: true });
  expect(second.code).toBe(EXIT.ok);
  expect(world.peer.spec.override?.epoch).toBe(1);
});

test('with --json a program reads one document', async () => {
  const world = newWorld();
  const { code } = await flip(world, { yes: true, json: true });
  expect(world.data).toHaveLength(1);
  expect(world.data[0]).toMatchObject({
    estate: ESTATE,
    region: PEER,
    epoch: 1,
    outcome: 'Promoted',
    beacon: true,
    exitCode: code,
  });
});
