/** The primary region dies; on-call flips by a commit. */
import type { Scenario } from '../drill';
import { flipByGit, UNPLANNED } from '../flips';
import { expectBeacon, expectOneWriter } from '../invariants';
import { comeBack, expectLossWithinLag, lose } from './_loss';

export const regionLost: Scenario = {
  name: 'region-lost',
  title:
    'The primary region is lost without warning; one commit brings the writers over, and its return moves nothing',
  play: async (stage) => {
    const { home, peer } = stage;
    await lose(stage, home, peer);
    await flipByGit(stage, peer, ...UNPLANNED);
    await expectOneWriter(stage, peer);
    await expectBeacon(stage, peer, [peer]);
    await expectLossWithinLag(stage);
    await comeBack(stage, home, peer);
  },
};
