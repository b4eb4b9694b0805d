/** Nothing happens: nobody calls AWS to change anything, and everybody agrees where the writers are. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from '../drill';
import { expectSettled } from '../invariants';

/** Several looks of every controller. */
const QUIET_MS = 20_000;

export const steady: Scenario = {
  name: 'steady',
  title: 'While nothing happens nothing in AWS is changed, and one region has the writers',
  play: async (stage) => {
    const { world, home, peer, expect } = stage;
    await expectSettled(stage, home, [home, peer]);
    const { now } = await world.aws.calls();
    await sleep(QUIET_MS);
    const { calls } = await world.aws.calls(now);
    const changing = calls.filter(({ service }) => service !== 'monitoring');
    expect(
      'no call changes anything in AWS',
      changing.length === 0,
      changing.map(({ action }) => action),
    );
  },
};
