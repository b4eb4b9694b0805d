/** Bad input and things that do not work: how a promotion ends, what it says, and what it leaves behind. */
import type { Outcome } from '../../../runtime/promote/ports';
import type { Flip } from '../../../runtime/promote/flip';
import { HOME, PEER } from '../_plan';
import type { Trouble } from './_stores';
import { type Difference, world } from './_world';

const named = (name: string, message = name) => Object.assign(new Error(message), { name });

/** Throws for some calls, for ever or a number of times. */
function failing(
  match: Trouble | ((...call: Parameters<Trouble>) => boolean),
  error: Error,
  times = Infinity,
): Trouble {
  let left = times;
  return (...call) => {
    if (!match(...call) || left <= 0) return;
    left -= 1;
    throw error;
  };
}

/** Throws each second time a call is made about a store in a region. */
function everySecond(error: Error): Trouble {
  const made = new Map<string, number>();
  return (call, { name }, region) => {
    const key = `${call} ${name} ${region}`;
    const count = (made.get(key) ?? 0) + 1;
    made.set(key, count);
    if (count % 2 === 1) throw error;
  };
}

/** Undefined for a number of times, then a value. */
function after<T>(times: number, value: T): () => T | undefined {
  let left = times;
  return () => {
    left -= 1;
    return left < 0 ? value : undefined;
  };
}

interface Case {
  readonly reason: string;
  readonly difference: Difference;
  readonly flip?: Partial<Flip>;
  readonly outcome: Outcome;
  readonly reasons: readonly (string | RegExp)[];
  /** Stores whose writer is in the peer region afterwards. */
  readonly moved: readonly string[];
  /** Epochs on the peer's own resources: declared and done, of orders. */
  readonly fence: { readonly epoch: number; readonly promoted: number } | undefined;
}

const ALL = ['orders', 'carts', 'users'];
const UNTOUCHED = { moved: [], fence: undefined } as const;
const DONE = { moved: ALL, fence: { epoch: 1, promoted: 1 } } as const;

const cases: Record<string, Case> = {
  'nothing is wrong': {
    reason: 'the measure of the others',
    difference: {},
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'no credentials': {
    reason: 'nothing can be known, so nothing is changed',
    difference: {
      account: () => Promise.reject(named('CredentialsProviderError')),
      trouble: failing(() => true, named('CredentialsProviderError', 'Could not load credentials')),
    },
    outcome: 'Failed',
    reasons: [/Could not load credentials/],
    ...UNTOUCHED,
  },
  'no answer from STS': {
    reason: 'calls for another account would move another account’s writers',
    difference: { account: () => Promise.reject(new Error('timeout')) },
    outcome: 'Refused',
    reasons: ['STS does not say which account this is, expected credentials of the promotion role'],
    ...UNTOUCHED,
  },
  'wrong account': {
    reason: 'the names of two environments may be equal',
    difference: { account: async () => '999999999999' },
    outcome: 'Refused',
    reasons: ['the credentials belong to account 999999999999, expected 111111111111'],
    ...UNTOUCHED,
  },
  'a region without a member': {
    reason: 'AWS has nothing there that could take over',
    difference: { plan: { region: 'ap-south-1' } },
    outcome: 'Refused',
    reasons: ALL.map((name) => `shop/${name}: no member in ap-south-1, expected one to take over`),
    ...UNTOUCHED,
  },
  'CloudWatch tells the lag late': {
    reason: 'it turns calls away like any other service, and a planned flip needs the figure',
    difference: { lag: after(7, 0.5) },
    flip: { mode: 'Planned' },
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'CloudWatch never tells the lag': {
    reason: 'nobody knows what a planned flip would wait for',
    difference: { lag: () => undefined },
    flip: { mode: 'Planned' },
    outcome: 'Refused',
    reasons: ALL.map((name) => `shop/${name}: the replication lag is unknown, expected a figure`),
    ...UNTOUCHED,
  },
  'CloudWatch never tells the lag, unplanned': {
    reason: 'the figure is only told',
    difference: { lag: () => undefined },
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'half of all calls are turned away, planned': {
    reason: 'AWS is busy, and nothing is wrong with the region that takes over',
    difference: { trouble: everySecond(named('ThrottlingException', 'Rate exceeded')) },
    flip: { mode: 'Planned' },
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'the other region is dead, unplanned': {
    reason: 'only the survivor is needed',
    difference: { trouble: failing((_, __, region) => region === HOME, named('TimeoutError')) },
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'the other region is dead, planned': {
    reason: 'a switchover needs both',
    difference: { trouble: failing((_, __, region) => region === HOME, named('TimeoutError')) },
    flip: { mode: 'Planned' },
    outcome: 'Refused',
    reasons: ALL.map((name) => `shop/${name}: ${HOME} does not answer, expected both regions reachable`),
    ...UNTOUCHED,
  },
  'throttled at every tenth call': {
    reason: 'each call is tried again',
    difference: { trouble: everyTenth(named('Throttling', 'Rate exceeded')) },
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'one store of three cannot be moved, ever': {
    reason: 'the others are moved all the same, and the Job tries again',
    difference: {
      trouble: failing(
        (call, { name }) => call === 'failover' && name === 'carts',
        named('AccessDenied', 'not authorized to perform rds:FailoverGlobalCluster'),
      ),
    },
    outcome: 'Failed',
    reasons: ['shop/carts: not authorized to perform rds:FailoverGlobalCluster'],
    moved: ['orders', 'users'],
    fence: { epoch: 1, promoted: 1 },
  },
  'AWS is moving a store already': {
    reason: 'the answer of a second call',
    difference: {
      trouble: failing((call) => call === 'failover', named('InvalidGlobalClusterStateFault'), 3),
    },
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'tags cannot be written': {
    reason: 'without a fence nothing is moved',
    difference: {
      trouble: failing((call) => call === 'mark', named('AccessDenied', 'rds:AddTagsToResource')),
    },
    outcome: 'Failed',
    reasons: [/rds:AddTagsToResource/],
    ...UNTOUCHED,
  },
  'pods never get ready': {
    reason: 'the writers are moved all the same',
    difference: { cluster: { readyPods: async () => 1 } },
    outcome: 'Failed',
    reasons: ['catalog: 1 ready pods, expected 4'],
    ...DONE,
  },
  'progress cannot be written': {
    reason: 'nobody sees it, and it works',
    difference: { cluster: { record: () => Promise.reject(new Error('no API server')) } },
    outcome: 'Promoted',
    reasons: [],
    ...DONE,
  },
  'the API server is gone': {
    reason: 'nobody can say that this flip is still wanted',
    difference: { cluster: { effective: () => Promise.reject(new Error('connect ECONNREFUSED')) } },
    outcome: 'Failed',
    reasons: [/ECONNREFUSED/],
    ...UNTOUCHED,
  },
};

function everyTenth(error: Error): Trouble {
  let count = 0;
  return () => {
    count += 1;
    if (count % 10 === 0) throw error;
  };
}

test.each(Object.entries(cases))('%s', async (_, { difference, flip, outcome, reasons, moved, fence }) => {
  const { run, writers, fences } = world(difference);
  const result = await run(flip);
  expect(result.outcome).toBe(outcome);
  expect(result.reasons).toHaveLength(reasons.length);
  reasons.forEach((said, i) => expect(result.reasons[i]).toMatch(said));
  expect([...writers].filter(([, region]) => region === PEER).map(([name]) => name)).toEqual(moved);
  expect(fences.get(`${PEER}/orders`)).toEqual(fence);
  expect([...fences.keys()].filter((key) => key.startsWith(HOME))).toEqual([]);
});

test('a promotion that failed in part is finished by the next try', async () => {
  const trouble = failing(
    (call, { name }) => call === 'failover' && name === 'carts',
    named('AccessDenied'),
    200,
  );
  const { run, writers } = world({ trouble });
  const outcomes = [(await run()).outcome, (await run()).outcome, (await run()).outcome];
  expect(outcomes.at(-1)).toBe('Promoted');
  expect([...writers.values()]).toEqual([PEER, PEER, PEER]);
});

test('the steps tell which store failed and how long each part took', async () => {
  const trouble = failing((call, { name }) => call === 'failover' && name === 'carts', named('AccessDenied'));
  const { run } = world({ trouble });
  const { steps } = await run();
  const state = Object.fromEntries(steps.map((step) => [step.name, step.state]));
  expect(state).toMatchObject({ 'shop/orders': 'done', 'shop/carts': 'failed', 'shop/users': 'done' });
  expect(steps.find(({ name }) => name === 'shop/orders')?.finishedAt).toBeGreaterThanOrEqual(40_000);
});
