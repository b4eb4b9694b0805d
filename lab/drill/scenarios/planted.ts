/** Faults planted in the programs: each has to be noticed by the scenario that guards against it. */
import { running } from '../../process';
import { held, play, type Scenario, type Stage } from '../drill';
import { type Fault, plant, unplant } from '../plant';
import { expectBeacon, expectSettled } from '../invariants';
import { PATIENCE_MS } from '../observe';
import { beaconSpeaks } from '../../status';
import { until } from '../../until';
import { killedJob } from './killed-job';
import { staleRegion } from './stale-region';

interface Planted {
  readonly fault: Fault;
  readonly guard: Scenario;
}

/** The shortest way to see a beacon that lies. */
const beacons: Scenario = {
  name: 'beacons',
  title: 'One beacon says that the writers are there',
  play: async (stage) => {
    for (const { pid } of running(stage.layout.state).filter(({ name }) =>
      name.startsWith('flipside-beacon'),
    ))
      process.kill(pid, 'SIGKILL');
    const regions = [stage.home, stage.peer];
    // While one region's are back and the other's are not, even a liar is alone with its yes.
    const back = async () => (await Promise.all(regions.map(beaconSpeaks))).every(Boolean);
    await until('the beacons to be back', back, PATIENCE_MS);
    await expectBeacon(stage, stage.home, regions);
  },
};

const PLANTED: readonly Planted[] = [
  {
    guard: beacons,
    fault: {
      title: 'a beacon that always says yes',
      program: 'beacon',
      edits: [{ file: 'runtime/beacon/server.ts', from: 'primary ? 200 : 503', to: '200' }],
    },
  },
  {
    guard: killedJob,
    fault: {
      title: 'a Job that does not look before it asks again',
      program: 'promote',
      edits: [{ file: 'runtime/promote/move.ts', from: 'if (view.moving) return false;', to: '' }],
    },
  },
  {
    guard: staleRegion,
    fault: {
      title: 'a promotion without a fence',
      program: 'promote',
      edits: [
        {
          file: 'runtime/promote/fence.ts',
          from: 'if (higher.length > 0) throw superseded(higher, epoch);',
          to: '',
        },
        {
          file: 'runtime/promote/fence.ts',
          from: 'if (recorded(own) > epoch) throw superseded([store], epoch);',
          to: '',
        },
      ],
    },
  },
];

export const planted: Scenario = {
  name: 'planted',
  title: 'Three faults planted in the programs are each noticed',
  play: async (stage) => {
    for (const one of PLANTED) await expectNoticed(stage, one);
    await expectSettled(stage, stage.home, [stage.home, stage.peer]);
  },
};

async function expectNoticed(stage: Stage, { fault, guard }: Planted): Promise<void> {
  const { layout, event, expect } = stage;
  event(`planted: ${fault.title}`);
  await plant(layout.root, fault);
  const played = await play(guard, layout, () => undefined).finally(() => unplant(layout.root, fault));
  const noticed = played.expectations.filter((one) => !one.held).map(({ what }) => what);
  expect(`${fault.title} is noticed`, !held(played) && noticed.length > 0, noticed);
  event(`noticed: ${noticed[0] ?? 'nothing'}`);
  // What runs on is the planted program until it starts anew.
  for (const { pid, name } of running(layout.state)) {
    if (name.startsWith(`flipside-${fault.program}`)) process.kill(pid, 'SIGKILL');
  }
}
