/** The Job's process is killed while AWS moves the writer. */
import { running } from '../../process';
import type { Scenario } from '../drill';
import { flipByGit } from '../flips';
import { expectSettled } from '../invariants';
import { planOf, promotingCalls, timed } from '../observe';
import { peerReady } from './planned';

/** Longer than Kubernetes waits before the next pod, which then meets a promotion under way. */
const PROMOTION_MS = 20_000;

export const killedJob: Scenario = {
  name: 'killed-job',
  title: 'The Job is killed half-way; the next pod carries on, and AWS is asked to promote each store once',
  play: async (stage) => {
    const { layout, world, home, peer, event, expect } = stage;
    if (planOf(layout).stores.length === 0) return expect('there is a store to promote', true, 'none');
    await peerReady(stage, peer);
    await world.aws.delayPromotion(PROMOTION_MS);
    const { now } = await world.aws.calls();
    const promoting = () => promotingCalls(world, now);
    try {
      const flip = flipByGit(stage, peer);
      // It is waited for below; a failure meanwhile is told there.
      flip.catch(() => undefined);
      await timed('the first promoting call', async () => (await promoting()).length > 0);
      const pods = running(layout.state, peer.name).filter(({ name }) => name.startsWith('promote-'));
      for (const { pid } of pods) process.kill(pid, 'SIGKILL');
      event(`the Job's process is killed (${pods.length})`);
      expect('there was a process to kill', pods.length > 0, pods.length);
      await flip;
    } finally {
      await world.aws.delayPromotion(0);
    }
    const calls = await promoting();
    const { stores } = planOf(layout);
    expect('AWS was asked once for each store', calls.length === stores.length, calls.length);
    await peerReady(stage, home);
    await flipByGit(stage, home);
    await expectSettled(stage, home, [home, peer]);
  },
};
