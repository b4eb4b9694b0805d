/** AWS turns calls away while a flip is under way. */
import type { Scenario } from '../drill';
import { flipByGit } from '../flips';
import { expectSettled } from '../invariants';
import { peerReady } from './planned';

/** Half of all calls, in a sequence that is the same every time. */
const SHARE = 0.5;
const SEED = 7;

export const throttled: Scenario = {
  name: 'throttled',
  title: 'AWS throttles half of all calls during a flip; it takes longer and ends the same',
  play: async (stage) => {
    const { world, home, peer, event } = stage;
    await peerReady(stage, peer);
    await world.aws.throttle({ share: SHARE, seed: SEED });
    event('AWS throttles half of all calls');
    try {
      await flipByGit(stage, peer);
    } finally {
      await world.aws.clearFaults();
    }
    event('AWS takes all calls again');
    await peerReady(stage, home);
    await flipByGit(stage, home);
    await expectSettled(stage, home, [home, peer]);
  },
};
