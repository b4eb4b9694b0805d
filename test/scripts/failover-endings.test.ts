import { chmodSync, rmSync } from 'node:fs';
import { EXIT } from '../../scripts/answer';
import { flip, lost, UNPLANNED } from './_flip';
import { HOME, PEER, repositories } from './_repository';
import { worldAt } from './_world';

const template = repositories();
afterAll(() => template.remove());

const newWorld = () => worldAt(template.copy());

test('the push is refused: says what stands here and how to undo it; again pushes the same commit', async () => {
  const world = newWorld();
  const hook = `${world.root}/../remote.git/hooks/pre-receive`;
  world.write('../remote.git/hooks/pre-receive', '#!/bin/sh\necho "error: main is protected" >&2\nexit 1\n');
  chmodSync(hook, 0o755);
  const first = await flip(world);
  expect(first.code).toBe(EXIT.no);
  const id = world.git('rev-parse', '--short', 'HEAD');
  expect(first.text).toContain('main is protected');
  expect(first.text).toContain(`git reset --keep ${id}~1`);
  expect(first.text).toContain('--break-glass');
  rmSync(hook);
  const second = await flip(world);
  expect(second.code).toBe(EXIT.ok);
  expect(world.git('rev-parse', '--short', 'origin/main')).toBe(id);
  expect(world.asked).toHaveLength(1);
});

test('refused: every reason, and the next try takes the next epoch', async () => {
  const world = newWorld();
  Object.assign(world.peer, { job: 'Refused', reasons: ['versions differ', '40 s behind'] });
  const first = await flip(world);
  expect(first.code).toBe(EXIT.no);
  expect(first.text).toContain('nothing was changed in AWS\n  - versions differ\n  - 40 s behind');
  expect(world.writer).toBe(HOME);
  Object.assign(world.peer, { job: 'Promoted', reasons: [] });
  const second = await flip(world);
  expect(second.code).toBe(EXIT.ok);
  expect(world.hosted()).toMatchObject({ region: PEER, epoch: 2 });
});

const endings = {
  Superseded: 'Superseded: ',
  Conflict: 'Conflict: ',
  Failed: 'logs job/promote-1',
} as const;
test.each(Object.entries(endings))('%s', async (job, says) => {
  const world = newWorld();
  Object.assign(world.peer, { job, reasons: ['because'] });
  const { code, text } = await flip(world);
  expect(code).toBe(EXIT.no);
  expect(text).toContain(says);
  expect(text).toContain('  - because');
});

test('somebody else flips meanwhile: superseded', async () => {
  const world = newWorld();
  world.meanwhile = () => {
    world.peer.spec = {
      ...world.peer.spec,
      override: { region: HOME, epoch: 5, mode: 'Planned', acceptDataLoss: false, reason: 'other' },
    };
  };
  const { code, text } = await flip(world);
  expect(code).toBe(EXIT.no);
  expect(text).toContain(
    'Superseded: a flip with an epoch above 1 counts now\n  - epoch 5 asks for us-east-1',
  );
});

test('two regions for one epoch: neither acts, and the next epoch decides', async () => {
  const world = newWorld();
  world.meanwhile = () => {
    world.peer.spec = {
      ...world.peer.spec,
      override: { region: HOME, epoch: 1, mode: 'Planned', acceptDataLoss: false, reason: 'other' },
    };
    world.meanwhile = () => {};
  };
  const first = await flip(world);
  expect(first.code).toBe(EXIT.no);
  expect(first.text).toContain('Conflict: epoch 1 names two regions');
  const second = await flip(world);
  expect(second.code).toBe(EXIT.ok);
  expect(world.hosted().epoch).toBe(2);
});

test('it takes longer than the person waits: undecided', async () => {
  const world = newWorld();
  world.peer.job = 'hangs';
  const { code, text } = await flip(world, { timeout: '30s' });
  expect(code).toBe(EXIT.undecided);
  expect(text).toContain('still runs');
});

test('the region is lost in the middle of a planned flip: unplanned takes the next epoch', async () => {
  const world = newWorld();
  world.peer.job = 'hangs';
  await flip(world, { timeout: '10s' });
  lost(world);
  world.peer.job = 'Promoted';
  const { code } = await flip(world, UNPLANNED);
  expect(code).toBe(EXIT.ok);
  expect(world.hosted()).toMatchObject({ epoch: 2, mode: 'Unplanned' });
});

test('the writers went elsewhere by hand: the next epoch brings them', async () => {
  const world = newWorld();
  await flip(world);
  world.now += 60_000;
  world.writer = HOME;
  const { code } = await flip(world);
  expect(code).toBe(EXIT.ok);
  expect(world.hosted()).toMatchObject({ region: PEER, epoch: 2 });
  expect(world.writer).toBe(PEER);
});
