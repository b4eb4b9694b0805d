import type { Action } from '../../simulation/action';
import type { Kill } from '../../simulation/pod';
import { violationsOf } from '../../simulation/properties';
import { inventedSettings, type Settings } from '../../simulation/settings';
import { type Run, run } from '../../simulation/world';

const schedule = { seed: 1, stores: 2, routing: 'failover', compute: 'warm', automatic: false } as const;

/** AWS is quick here, so that a promotion makes fewer calls to be killed at. */
function quick(): Settings {
  const settings = inventedSettings(schedule);
  const move = { PostgresDatabase: [6, 8], Cache: [3, 4] } as const;
  return {
    ...settings,
    timings: { ...settings.timings, failover: move, switchover: move, podsReady: [4, 6], rejoin: [5, 6] },
  };
}

const flip = (mode: 'Planned' | 'Unplanned'): Action[] => [
  { kind: 'flip', at: 5, to: 'peer', mode, via: 'git', raise: 1 },
];

const play = (actions: readonly Action[], kill?: Kill) =>
  run(quick(), { seed: 1, actions }, kill && { kill });

/** What must be the same however often a promotion was stopped. */
const endOf = ({ stores, claims, events, statuses, settings }: Run) => ({
  stores,
  claims,
  phase: statuses[settings.peer]?.['phase'],
  raised: events.filter(({ what }) => what === 'raised').length,
  moved: events.flatMap((event) => (event.what === 'moved' ? [`${event.store} ${event.to}`] : [])).toSorted(),
});

const cases: Record<string, { reason: string; actions: Action[] }> = {
  planned: { reason: 'a switchover', actions: flip('Planned') },
  unplanned: {
    reason: 'a failover while the home region is dark',
    actions: [{ kind: 'region', at: 1, side: 'home', for: 120 }, ...flip('Unplanned')],
  },
};

describe.each(Object.entries(cases))('%s', (_, { actions }) => {
  test('killed at any call, before it or after it, and run again: the same end', async () => {
    const whole = await play(actions);
    const wanted = endOf(whole);
    expect(wanted.phase).toBe('Promoted');
    expect(wanted.moved).toHaveLength(2);
    for (let call = 1; call <= whole.portCalls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const killed = await play(actions, { call, when });
        expect({ call, when, end: endOf(killed) }).toEqual({ call, when, end: wanted });
        expect(violationsOf(killed)).toEqual([]);
      }
    }
    expect(whole.portCalls).toBeGreaterThan(40);
  });
});
