/** When a region that was left gives its floors back, and when it does not. */
import type { Shared } from '../../../runtime/beacon/shared';
import { release, type ReleasePorts } from '../../../runtime/promote/release';
import { virtualClock } from '../_clock';
import { HOME, homePlan, PEER } from '../_plan';

const plan = {
  ...homePlan(),
  region: PEER,
  other: HOME,
  floors: [
    { namespace: 'shop', service: 'web', min: 4, rest: 0 },
    { namespace: 'shop', service: 'steady', min: 4, rest: 4 },
  ],
};
const EPOCH = 2;
const claimed = (epoch: number) => ({ region: HOME, epoch, conflict: false });
const taken: Shared = { primary: true, asked: 0, claimed: claimed(EPOCH) };

/** What the region hears at a second of the story; an error is silence. */
interface Story {
  readonly other: (second: number) => Shared | Error;
  readonly effective?: (second: number) => { region: string; epoch: number } | Error;
  readonly lower?: (second: number) => boolean | Error;
}

async function told<T>(answer: T | Error): Promise<T> {
  if (answer instanceof Error) throw answer;
  return answer;
}

async function play({ other, effective = () => claimed(EPOCH), lower = () => true }: Story) {
  const clock = virtualClock();
  const began = clock.now();
  const second = () => (clock.now() - began) / 1_000;
  const lowered: { service: string; second: number }[] = [];
  const ports: ReleasePorts = {
    now: clock.now,
    sleep: clock.sleep,
    random: () => 0.5,
    other: () => told(other(second())),
    cluster: {
      effective: async () => ({
        mode: 'Planned',
        source: 'spec',
        conflict: false,
        acceptDataLoss: false,
        ...(await told(effective(second()))),
      }),
      lower: async ({ service }) => {
        const answer = await told(lower(second()));
        if (answer) lowered.push({ service, second: second() });
        return answer;
      },
    },
  };
  const outcome = await clock.run(release(plan, { epoch: EPOCH, drain: 120 }, ports));
  return { outcome, lowered, second: second() };
}

test('gives back what was raised, and nothing else, once the other region has been primary for the whole drain', async () => {
  const { outcome, lowered } = await play({ other: (second) => ({ ...taken, primary: second >= 60 }) });
  expect(outcome).toBe('Released');
  expect(lowered.map(({ service }) => service)).toEqual(['web']);
  expect(lowered[0]?.second).toBeGreaterThanOrEqual(180);
});

test.each<[string, Story['other']]>([
  ['is silent', (second) => (second < 300 && second > 60 ? new Error('no answer') : taken)],
  ['says it is not primary', (second) => ({ ...taken, primary: second >= 300 || second <= 60 })],
  ['speaks of an older flip', (second) => (second < 300 ? { ...taken, claimed: claimed(1) } : taken)],
  ['has heard of a newer flip', (second) => (second < 300 ? { ...taken, claimed: claimed(3) } : taken)],
])('the drain begins again while the other region %s', async (_, other) => {
  const { lowered } = await play({ other });
  expect(lowered[0]?.second).toBeGreaterThanOrEqual(420);
});

test.each<[string, NonNullable<Story['effective']>]>([
  ['a flip back here', (second) => ({ region: second > 100 ? PEER : HOME, epoch: second > 100 ? 3 : EPOCH })],
  ['the same region with another epoch', (second) => ({ region: HOME, epoch: second > 100 ? 4 : EPOCH })],
])('%s ends it with nothing lowered', async (_, effective) => {
  const { outcome, lowered } = await play({ other: () => taken, effective });
  expect([outcome, lowered]).toEqual(['Superseded', []]);
});

test('an API server that does not answer is no reason to go on', async () => {
  const silent = new Error('refused');
  const effective = (second: number) => (second < 600 ? silent : claimed(EPOCH));
  const { lowered } = await play({ other: () => taken, effective });
  expect(lowered[0]?.second).toBeGreaterThanOrEqual(720);
});

test('a promotion that came while floors were lowered supersedes it', async () => {
  const { outcome } = await play({ other: () => taken, lower: () => false });
  expect(outcome).toBe('Superseded');
});

test('a floor that somebody else has just written is tried again', async () => {
  let conflicts = 3;
  const lower = () => (conflicts-- > 0 ? new Error('409 Conflict') : true);
  expect((await play({ other: () => taken, lower })).outcome).toBe('Released');
});
