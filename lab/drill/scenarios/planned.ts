/** Planned flips there and back, while a client writes without pause. */
import type { Scenario, Stage } from '../drill';
import { flipByGit, type Flipped } from '../flips';
import { expectSettled } from '../invariants';
import { PATIENCE_MS, planOf } from '../observe';
import { until } from '../../until';
import { kubeOf } from '../../kube';
import { autoscalerFloor } from '../../../model/bounds';
import { autoscalerOf } from '../../../runtime/kubernetes/floors';
import { type Floor, isGivenBack } from '../../../spec/flip';
import type { Region } from '../../layout';
import { claimPathOf } from '../../status';

/** Of the way from the push to the Job, and to the moved writer, without any time of AWS's. Milliseconds. */
const TO_JOB_MS = 1_000;
const TO_WRITER_MS = 2_000;
const ROUNDS = 3;

export const planned: Scenario = {
  name: 'planned',
  title: 'A planned flip moves the writers and loses no row; so does the way back',
  play: async (stage) => {
    const { world, home, peer, layout, figure } = stage;
    const writes = planOf(layout).stores.some(({ kind }) => kind === 'PostgresDatabase');
    if (writes) await world.startWriter();
    const flips: Flipped[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const to of [peer, home]) {
        await peerReady(stage, to);
        flips.push(await flipByGit(stage, to));
      }
    }
    figure(
      `push to Job, median of ${flips.length}`,
      median(flips.map(({ toJob }) => toJob)),
      'ms',
      TO_JOB_MS,
    );
    if (planOf(layout).stores.length > 0)
      figure(
        `push to moved writer, median of ${flips.length}`,
        median(flips.map(({ toWriter }) => toWriter)),
        'ms',
        TO_WRITER_MS,
      );
    if (writes) await expectNothingLost(stage);
    await expectGivenBack(stage);
    await expectSettled(stage, home, [home, peer]);
  },
};

/** A planned flip is refused until the region that takes over says it could. */
export async function peerReady({ layout, home, peer }: Stage, to: Region): Promise<void> {
  const from = to.name === home.name ? peer : home;
  const kube = await kubeOf(from.kubeconfig);
  const isReady = async () => (await kube.get(claimPathOf(layout))).status?.peerReady === true;
  await until(`${to.name} to be ready to take over`, isReady, PATIENCE_MS);
}

/** What was raised in the peer has gone down to what Git says, or to one pod; nothing is waited for where nothing was raised. */
async function expectGivenBack({ layout, peer, kube, expect, event }: Stage): Promise<void> {
  const floors = planOf(layout, peer).floors.filter(isGivenBack);
  if (floors.length === 0) return;
  event(`${peer.name} gives its floors back`);
  const api = await kube(peer);
  const isBack = async (floor: Floor) => {
    const { min, rest = min } = floor;
    return (await api.get(autoscalerOf(floor))).spec.minReplicas === autoscalerFloor(rest);
  };
  const given = async () => (await Promise.all(floors.map(isBack))).every(Boolean);
  const late = await until('the floors to go down', given, PATIENCE_MS, 1_000).catch((error: Error) => error);
  expect(`${floors.length} floors of ${peer.name} are given back`, !late, late?.message);
}

async function expectNothingLost({ world, expect, figure }: Stage): Promise<void> {
  const report = await world.stopWriter();
  figure('rows written', report.acknowledged, 'rows');
  figure('rows lost', report.lost, 'rows', 0);
  figure('longest time without a write', report.longestGap, 'ms');
  expect('no row is taken by an old writer', report.stale === 0, report);
  expect('rows were written', report.acknowledged > 0, report);
}

/** Of an even number of values the mean of the middle two. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
