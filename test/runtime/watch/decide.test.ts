/** The trigger's judgement, look by look. */
import { BLANK, decide, type Evidence, type Memory, type Watch } from '../../../runtime/watch/decide';
import { claimOf, HOME, PEER } from '../_plan';

const START = 1_000_000;
const seconds = (count: number) => START + count * 1_000;

const trigger = (change: Partial<Watch['trigger']> = {}): Watch['trigger'] => ({
  ...claimOf().spec.trigger,
  automatic: true,
  acceptDataLoss: true,
  ...change,
});

/** The peer watches home. */
const watch = (change: Partial<Watch['trigger']> = {}, more: Partial<Watch> = {}): Watch => ({
  region: PEER,
  home: HOME,
  hasStores: true,
  trigger: trigger(change),
  ...more,
});

const current = (region: string, epoch = 0, conflict = false) => ({ region, epoch, conflict });

const alive: Evidence = {
  at: START,
  entry: true,
  beacon: true,
  replication: true,
  self: true,
  current: current(HOME),
};
const dead: Evidence = { ...alive, entry: false, beacon: false, replication: undefined };
const deadFor = (count: number): Memory => ({ ...BLANK, deadSince: seconds(-count) });

interface Case {
  readonly reason: string;
  readonly watch?: Watch;
  readonly memory?: Memory;
  readonly evidence: Evidence;
  readonly why: RegExp;
  readonly flips?: object;
}

const home = (change: Partial<Watch['trigger']> = {}) =>
  watch({ failback: 'Automatic', ...change }, { region: HOME });
const away = { ...alive, current: current(PEER, 3) };
const wellFor = (count: number): Memory => ({ ...BLANK, wellSince: seconds(-count) });

const cases: Record<string, Case> = {
  'the trigger is off': {
    reason: 'nobody agreed to it',
    watch: watch({ automatic: false }),
    memory: deadFor(3_600),
    evidence: dead,
    why: /trigger is off/,
  },
  'this region does the work': {
    reason: 'there is nothing to take over',
    memory: deadFor(3_600),
    evidence: { ...dead, current: current(PEER, 1) },
    why: /holds the writers/,
  },
  'the claim is in conflict': {
    reason: 'people have to choose first',
    memory: deadFor(3_600),
    evidence: { ...dead, current: current(HOME, 2, true) },
    why: /conflict/,
  },
  'this region is cut off itself': {
    reason: 'everybody looks dead from here',
    memory: deadFor(3_600),
    evidence: { ...dead, self: false },
    why: /may be the one cut off/,
  },
  'everything answers': { reason: 'the usual case', evidence: alive, why: /other region does the work/ },
  'dead for the first time': {
    reason: 'one look is no evidence',
    evidence: dead,
    why: /^dead for 0 s of 60 s/,
  },
  'dead, not long enough': {
    reason: 'the time agreed on has not passed',
    memory: deadFor(59),
    evidence: dead,
    why: /^dead for 59 s of 60 s/,
  },
  'dead for as long as agreed': {
    reason: 'entry and beacon are two witnesses',
    memory: deadFor(60),
    evidence: dead,
    why: /us-east-1 dead for 60 s/,
    flips: { region: PEER, epoch: 1, mode: 'Unplanned', acceptDataLoss: true },
  },
  'dead, at a higher epoch': {
    reason: 'the next epoch after the highest that anybody knows',
    memory: deadFor(60),
    evidence: { ...dead, current: current(HOME, 8) },
    why: /dead for 60 s/,
    flips: { epoch: 9 },
  },
  'only the entry is silent': {
    reason: 'one witness is not enough',
    memory: deadFor(60),
    evidence: { ...alive, entry: false },
    why: /other region does the work/,
  },
  'entry and replication are silent, the beacon speaks': {
    reason: 'what speaks is not dead',
    memory: deadFor(60),
    evidence: { ...alive, entry: false, replication: false },
    why: /other region does the work/,
  },
  'nothing can be told': {
    reason: 'missing answers never flip',
    memory: deadFor(60),
    evidence: { ...alive, entry: undefined, beacon: undefined, replication: undefined },
    why: /other region does the work/,
  },
  'entry silent, beacon untold, replication stale': {
    reason: 'two witnesses, and none who heard it speak',
    memory: deadFor(60),
    evidence: { ...dead, beacon: undefined, replication: false },
    why: /dead for 60 s/,
    flips: { epoch: 1 },
  },
  'dead, but data loss was not accepted': {
    reason: 'an automatic flip is unplanned',
    watch: watch({ acceptDataLoss: false }),
    memory: deadFor(60),
    evidence: dead,
    why: /acceptDataLoss is false/,
  },
  'dead, without stores': {
    reason: 'there is nothing to lose',
    watch: watch({ acceptDataLoss: false }, { hasStores: false }),
    memory: deadFor(60),
    evidence: dead,
    why: /dead for 60 s/,
    flips: { mode: 'Unplanned', acceptDataLoss: true },
  },
  'dead again, too soon': {
    reason: 'one flip for each cool-down',
    memory: { ...deadFor(60), flippedAt: seconds(-1_799) },
    evidence: dead,
    why: /too recently/,
  },
  'dead again, after the cool-down': {
    reason: 'the cool-down is over',
    memory: { ...deadFor(60), flippedAt: seconds(-1_800) },
    evidence: dead,
    why: /dead for 60 s/,
    flips: { epoch: 1 },
  },
  'home is well, failback by hand': {
    reason: 'nothing flips back by itself',
    watch: home({ failback: 'Manual' }),
    memory: wellFor(3_600),
    evidence: away,
    why: /other region does the work/,
  },
  'home is well, not long enough': {
    reason: 'two short recoveries must not flap',
    watch: home(),
    memory: wellFor(899),
    evidence: away,
    why: /home well for 899 s of 900 s/,
  },
  'home is well for as long as agreed': {
    reason: 'a planned flip loses nothing',
    watch: home(),
    memory: wellFor(900),
    evidence: away,
    why: /home well for 900 s/,
    flips: { region: HOME, epoch: 4, mode: 'Planned', acceptDataLoss: false },
  },
  'home is well, but its followers are behind': {
    reason: 'a planned flip would be refused',
    watch: home(),
    memory: wellFor(900),
    evidence: { ...away, replication: false },
    why: /other region does the work/,
  },
  'the peer never flips back': {
    reason: 'failback is to home',
    watch: watch({ failback: 'Automatic' }),
    memory: wellFor(900),
    evidence: alive,
    why: /other region does the work/,
  },
};

test.each(Object.entries(cases))(
  '%s',
  (_, { watch: who = watch(), memory = BLANK, evidence, why, flips }) => {
    const decision = decide(who, memory, evidence);
    expect(decision.why).toMatch(why);
    expect(Boolean(decision.override)).toBe(Boolean(flips));
    expect(decision.override ?? {}).toMatchObject(flips ?? {});
  },
);

test('a break in the evidence starts the time again', () => {
  const looks = [dead, dead, alive, dead, dead].map((evidence, i) => ({ ...evidence, at: seconds(i * 30) }));
  const decisions = looks.reduce<ReturnType<typeof decide>[]>(
    (past, evidence) => [...past, decide(watch(), past.at(-1)?.memory ?? BLANK, evidence)],
    [],
  );
  expect(decisions.filter(({ override }) => override)).toEqual([]);
  expect(decisions.at(-1)?.why).toBe('dead for 30 s of 60 s');
});

test('it flips once, and then knows that it has', () => {
  const first = decide(watch(), deadFor(60), dead);
  const second = decide(watch(), first.memory, { ...dead, at: seconds(120) });
  expect(first.override).toBeDefined();
  expect(second.override).toBeUndefined();
});
