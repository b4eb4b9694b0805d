import type { Action, Schedule } from '../../simulation/action';
import { runSchedule, search } from '../../simulation/search';
import { violationsOf } from '../../simulation/properties';
import { timelineOf } from '../../simulation/timeline';
import { mutated } from './_mutant';

test('random schedules hold every property', async () => {
  const { failure, runs, met } = await search({ seed: 2026, runs: 200 });
  expect(failure && [...timelineOf(failure.run.events), ...failure.violations]).toBeUndefined();
  expect(runs).toBe(200);
  expect(Math.min(...Object.values(met))).toBeGreaterThan(5);
});

test('the same seed gives the same log, byte for byte', async () => {
  const schedule = found['a call that was under way when a higher epoch ended']?.schedule;
  const logs = await Promise.all([1, 2].map(() => runSchedule(schedule as Schedule)));
  expect(JSON.stringify(logs[0]?.events)).toBe(JSON.stringify(logs[1]?.events));
  expect(logs[0]?.events.length).toBeGreaterThan(50);
});

const plain = { seed: 0, stores: 1, routing: 'failover', compute: 'hot', automatic: false } as const;
type Flip = Extract<Action, { kind: 'flip' }>;
const flip = (at: number, to: Flip['to'], mode: Flip['mode'], via: Flip['via']): Flip => ({
  kind: 'flip',
  at,
  to,
  mode,
  via,
  raise: 1,
});

/** Schedules that once broke a property, as small as fast-check made them. */
const found: Record<string, { reason: string; schedule: Schedule }> = {
  'a call that was under way when a higher epoch ended': {
    reason: 'the higher epoch found the writer in place and ended; then the lower one moved it away',
    schedule: {
      ...plain,
      seed: 7,
      actions: [
        flip(0, 'peer', 'Planned', 'git'),
        { kind: 'slow', at: 100, side: 'home', for: 60 },
        flip(101, 'home', 'Unplanned', 'both'),
        flip(115, 'peer', 'Planned', 'peer'),
      ],
    },
  },
  'a planned flip that does not see the other fence': {
    reason: 'cut off after its checks, it went on when the network came back, and undid a higher epoch',
    schedule: {
      ...plain,
      seed: 3,
      actions: [
        flip(0, 'peer', 'Planned', 'git'),
        { kind: 'link', at: 63, for: 647 },
        flip(151, 'home', 'Unplanned', 'git'),
        { kind: 'git', at: 193, side: 'peer', for: 425 },
        flip(228, 'peer', 'Planned', 'peer'),
        flip(418, 'home', 'Planned', 'git'),
      ],
    },
  },
  'a tag written late': {
    reason: 'a pod of the last epoch tried its tag again and lowered the fence',
    schedule: {
      ...plain,
      actions: [
        { kind: 'mute', at: 0, side: 'home', for: 120 },
        flip(0, 'home', 'Planned', 'both'),
        flip(8, 'home', 'Planned', 'both'),
      ],
    },
  },
  'a long outage of the endpoints': {
    reason: 'seven pods failed, and the promotion was given up for good',
    schedule: {
      ...plain,
      actions: [
        { kind: 'aws', at: 139, side: 'home', for: 900 },
        flip(161, 'home', 'Planned', 'git'),
        { kind: 'double', at: 163, side: 'home' },
      ],
    },
  },
  'a result that could not be written': {
    reason: 'the Job ended well, and its status said Promoting for ever',
    schedule: {
      ...plain,
      actions: [
        { kind: 'link', at: 149, for: 96 },
        flip(230, 'peer', 'Planned', 'peer'),
        { kind: 'api', at: 243, side: 'peer', for: 71 },
      ],
    },
  },
  'a dry run in a conflict': {
    reason: 'it said that its own epoch named two regions',
    schedule: {
      ...plain,
      actions: [
        flip(0, 'peer', 'Planned', 'both'),
        { kind: 'dry-run', at: 0, to: 'home', mode: 'Planned' },
        { ...flip(0, 'home', 'Planned', 'git'), raise: 0 },
      ],
    },
  },
  'floors raised, then no answer of STS': {
    reason: 'an estate without stores was refused after it had raised its floors',
    schedule: {
      ...plain,
      stores: 0,
      compute: 'cold',
      actions: [
        flip(0, 'peer', 'Planned', 'git'),
        { kind: 'region', at: 6, side: 'peer', for: 5 },
        { kind: 'aws', at: 6, side: 'peer', for: 24 },
      ],
    },
  },
  'a beacon that AWS does not answer': {
    reason: 'it kept saying primary after the writer had been moved home',
    schedule: {
      ...plain,
      actions: [
        flip(0, 'peer', 'Unplanned', 'both'),
        { kind: 'aws', at: 400, side: 'peer', for: 900 },
        flip(420, 'home', 'Unplanned', 'both'),
      ],
    },
  },
  'endpoints that answer again before the guard gives up': {
    reason:
      'the checks were made beside the guard, while nothing answered, and refused a flip that could go on',
    schedule: {
      ...plain,
      seed: 1453208869,
      actions: [
        { kind: 'kill', at: 3, side: 'home' },
        { kind: 'flip', at: 7, to: 'peer', mode: 'Unplanned', via: 'peer', raise: 1 },
        { kind: 'link', at: 27, for: 18 },
        { kind: 'lag', at: 100, side: 'home', for: 13 },
        { kind: 'link', at: 108, for: 42 },
        { kind: 'aws', at: 319, side: 'home', for: 60 },
        { kind: 'flip', at: 330, to: 'home', mode: 'Planned', via: 'git', raise: 1 },
      ],
    },
  },
};

test.each(Object.entries(found))('%s breaks nothing any more', async (_, { schedule }) => {
  expect(violationsOf(await runSchedule(schedule))).toEqual([]);
});

test.each([
  {
    name: 'a call that was under way when a higher epoch ended',
    file: 'runtime/promote/move.ts',
    from: 'if (!settled(guarded, store, began, ports)) return false;',
  },
  {
    name: 'a planned flip that does not see the other fence',
    file: 'runtime/promote/move.ts',
    from: "if (unseen && flip.mode === 'Planned') return false;",
  },
  {
    name: 'a beacon that AWS does not answer',
    file: 'runtime/beacon/observe.ts',
    from: ' && !overruled(stores, other)',
  },
])('$name is found without its mend', async ({ name, file, from }) => {
  const { failureOf } = await mutated([{ file, from, to: '' }]);
  const { violations } = await failureOf(found[name]?.schedule as Schedule);
  expect(violations).not.toEqual([]);
});
