/** A region that has missed a flip is told, by a stale claim, to take the writers: the fence stops it. */
import type { Kube, KubeObject } from '../../kube';
import { hasCondition } from '../../../platform/managed';
import { SYSTEM_NAMESPACE } from '../../../spec/claims';
import { claimPathOf } from '../../status';
import { flipside } from '../command';
import type { Scenario, Stage } from '../drill';
import { epochIn } from '../flips';
import { expectOneWriter, expectSettled } from '../invariants';
import { promotingCalls, timed } from '../observe';
import { peerReady } from './planned';

export const staleRegion: Scenario = {
  name: 'stale-region',
  title: 'A region that missed a flip and is told by a stale claim to promote changes nothing',
  play: async (stage) => {
    const { layout, home, peer, kube, event, world, expect } = stage;
    await peerReady(stage, peer);
    const epoch = await epochIn(layout, home);
    // The peer learns of two flips that home never hears of.
    const peerApi = await kube(peer);
    await peerApi.merge(claimPathOf(layout), {
      spec: { override: { region: home.name, epoch: epoch + 1, reason: 'drill' } },
    });
    await peerApi.merge(claimPathOf(layout), {
      spec: { override: { region: peer.name, epoch: epoch + 2, reason: 'drill' } },
    });
    event(`${peer.name} is told of epoch ${epoch + 2}, ${home.name} is not`);
    await jobEnds(peerApi, epoch + 2);
    await expectOneWriter(stage, peer);
    const { now } = await world.aws.calls();
    const homeApi = await kube(home);
    await homeApi.merge(claimPathOf(layout), {
      spec: { region: home.name, override: { region: home.name, epoch: epoch + 1, reason: 'stale' } },
    });
    event(`${home.name} is told of the older epoch ${epoch + 1}`);
    await jobEnds(homeApi, epoch + 1);
    const promoting = await promotingCalls(world, now);
    expect(
      'the stale region asks AWS for nothing',
      promoting.length === 0,
      promoting.map(({ action }) => action),
    );
    await expectOneWriter(stage, peer);
    await backHome(stage, epoch + 3);
  },
};

const JOBS = `/apis/batch/v1/namespaces/${SYSTEM_NAMESPACE}/jobs`;

const hasEnded = (job: KubeObject) => ['Complete', 'Failed'].some((type) => hasCondition(job, type));

const jobEnds = (kube: Kube, epoch: number) =>
  timed(`the Job of epoch ${epoch}`, async () => hasEnded(await kube.get(`${JOBS}/promote-${epoch}`)));

/** Both regions hear the same again, by Git. */
async function backHome(stage: Stage, epoch: number): Promise<void> {
  const { layout, home, peer, kube, expect } = stage;
  const told = { spec: { override: { region: home.name, epoch, reason: 'drill' } } };
  await (await kube(home)).merge(claimPathOf(layout), told);
  await (await kube(peer)).merge(claimPathOf(layout), told);
  await jobEnds(await kube(home), epoch);
  const caught = await flipside(layout, 'failover', '--to', home.name, '--yes');
  expect('Git catches up', caught.code === 'done', caught.said);
  await expectSettled(stage, home, [home, peer]);
}
