/** The primary region dies, and Git with it; on-call patches the claim, and Git catches up later. */
import { renameSync } from 'node:fs';
import type { Scenario } from '../drill';
import { flipside } from '../command';
import { UNPLANNED } from '../flips';
import { promotingCalls } from '../observe';
import { expectBeacon, expectOneWriter } from '../invariants';
import { barePath } from '../../repository';
import { comeBack, expectLossWithinLag, lose } from './_loss';

export const breakGlass: Scenario = {
  name: 'break-glass',
  title:
    'The primary region and Git are lost together; a patch of the claim does it, and Git catches up later',
  play: async (stage) => {
    const { layout, home, peer, event, expect, world } = stage;
    const bare = barePath(layout.state);
    await lose(stage, home, peer);
    renameSync(bare, `${bare}.gone`);
    try {
      event('the Git host is gone; break-glass');
      const args = ['--to', peer.name, '--yes', ...UNPLANNED];
      const { code, said } = await flipside(
        layout,
        'failover',
        ...args,
        '--break-glass',
        '--reason',
        'drill',
      );
      expect('the flip without Git is done', code === 'done', said);
      event(`writers in ${peer.name}`);
    } finally {
      renameSync(`${bare}.gone`, bare);
    }
    await expectOneWriter(stage, peer);
    await expectBeacon(stage, peer, [peer]);
    await expectLossWithinLag(stage);
    const { now } = await world.aws.calls();
    event('the Git host is back; Git catches up');
    const caught = await flipside(layout, 'failover', '--to', peer.name, '--yes', ...UNPLANNED);
    expect('Git catches up by the same command', caught.code === 'done', caught.said);
    const promoting = await promotingCalls(world, now);
    expect('catching up promotes nothing', promoting.length === 0, promoting.length);
    await comeBack(stage, home, peer);
  },
};
