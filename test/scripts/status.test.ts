import { EXIT } from '../../scripts/answer';
import { failover } from '../../scripts/failover';
import { status, type StatusOptions } from '../../scripts/status';
import { ESTATE, PEER, repositories } from './_repository';
import { type World, worldAt } from './_world';

const template = repositories();
afterAll(() => template.remove());

async function show(world: World, options: StatusOptions = { estate: ESTATE }) {
  world.lines.length = 0;
  const code = await status(world.root, options, world.ports);
  return { code, text: world.lines.join('\n') };
}

async function flipped(): Promise<World> {
  const world = worldAt(template.copy());
  const wish = { estate: ESTATE, to: PEER, unplanned: true, acceptDataLoss: true, yes: true };
  await failover(world.root, wish, world.ports);
  world.now += 120_000;
  return world;
}

test('both regions side by side', async () => {
  const world = worldAt(template.copy());
  const { code, text } = await show(world);
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('shop  written in us-east-1, epoch 0, Steady');
  expect(text).toMatch(/us-east-1 \(home\) +eu-west-1 \(peer\)/);
  expect(text).toMatch(/beacon +primary +not primary/);
  expect(text).toMatch(/sales\/orders +written in us-east-1, lag 0\.8 s +written in us-east-1, lag 0\.8 s/);
});

test('readable when one region is dead', async () => {
  const world = await flipped();
  world.home.up = false;
  const { code, text } = await show(world);
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('shop  written in eu-west-1, epoch 1, Promoted');
  expect(text).toMatch(/API server +does not answer +answers/);
  expect(text).toMatch(/last flip +1 min 51 s ago, took 9s|last flip +2 min/);
  expect(text.split('\n').length).toBeLessThan(24);
});

const cases: Record<string, { reason: string; given: (world: World) => void; code: number; says: string }> = {
  'nobody answers': {
    reason: 'what Git says is not where the writers are',
    given: (world) => {
      world.home.up = false;
      world.peer.up = false;
    },
    code: EXIT.undecided,
    says: 'written in an unknown region',
  },
  'the region of the writers is dead': {
    reason: 'the other beacon asks AWS too',
    given: (world) => {
      world.home.up = false;
    },
    code: EXIT.ok,
    says: 'us-east-1 does not answer (API server: timeout)',
  },
  'two regions are named': {
    reason: 'neither acts, so somebody has to',
    given: (world) => {
      world.peer.spec = {
        ...world.peer.spec,
        override: { region: PEER, epoch: 0, mode: 'Planned', acceptDataLoss: false, reason: 'x' },
      };
    },
    code: EXIT.no,
    says: 'Conflict',
  },
};
test.each(Object.entries(cases))('%s', async (_name, { given, code, says }) => {
  const world = worldAt(template.copy());
  given(world);
  const shown = await show(world);
  expect(shown.text).toContain(says);
  expect(shown.code).toBe(code);
});

test('follows what was interrupted until it is over', async () => {
  const world = worldAt(template.copy());
  world.interruptAt = world.now + 2_000;
  const wish = { estate: ESTATE, to: PEER, yes: true };
  expect(await failover(world.root, wish, world.ports)).toBe(EXIT.undecided);
  world.interruptAt = Number.POSITIVE_INFINITY;
  const { code, text } = await show(world, { estate: ESTATE, follow: true });
  expect(code).toBe(EXIT.ok);
  expect(text).toMatch(/sales\/orders +9\.0 s/);
  expect(text).toContain('shop is written in eu-west-1');
});

test('one estate needs no name; --json is one document', async () => {
  const world = await flipped();
  await show(world, { json: true });
  expect(world.data.at(-1)).toMatchObject({
    estate: ESTATE,
    current: { region: PEER, epoch: 1 },
    outcome: 'Promoted',
    writer: PEER,
    exitCode: EXIT.ok,
  });
});
