/** The estate lets the other region flip by itself. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { SYSTEM_NAMESPACE } from '../../../spec/claims';
import { clonePath, push, renderClone } from '../../repository';
import type { Scenario, Stage } from '../drill';
import { expectBeacon, expectOneWriter } from '../invariants';
import { planOf, timed, writersIn } from '../observe';
import { flipside } from '../command';
import { refresh } from '../../refresh';
import { UNPLANNED } from '../flips';
import { comeBack, expectLossWithinLag, lose } from './_loss';

/** Seconds that the evidence must stand: the least the claim allows. */
const AFTER_SECONDS = 20;

export const automatic: Scenario = {
  name: 'automatic',
  title: 'With the automatic trigger on, the other region flips by itself once the evidence has stood',
  play: async (stage) => {
    const { layout, home, peer, event, expect, figure } = stage;
    await trigger(stage, { automatic: true, afterSeconds: AFTER_SECONDS, acceptDataLoss: true });
    event(`the trigger is on: ${AFTER_SECONDS} s of evidence`);
    await lose(stage, home, peer);
    const started = Date.now();
    if (planOf(layout).stores.length > 0) await writersIn(layout, peer.name, new AbortController().signal);
    await expectBeacon(stage, peer, [peer]);
    figure('readers moved to writers moved, nobody touched anything', Date.now() - started, 'ms');
    event(`writers in ${peer.name}; nobody touched anything`);
    await expectOneWriter(stage, peer);
    await expectLossWithinLag(stage);
    const caught = await flipside(layout, 'failover', '--to', peer.name, '--yes', ...UNPLANNED);
    expect('Git catches up by the usual command', caught.code === 'done', caught.said);
    await comeBack(stage, home, peer);
    await trigger(stage, { automatic: false });
  },
};

/** Edits the regional claim as a person would, renders, pushes, and waits for the watch to run or to be gone. */
async function trigger({ layout, kube }: Stage, spec: Readonly<Record<string, unknown>>): Promise<void> {
  const clone = clonePath(layout.state);
  const path = join(clone, 'estates', layout.estate, 'primary-region.yaml');
  const document = parseDocument(readFileSync(path, 'utf8'));
  document.setIn(['spec', 'trigger'], document.createNode(spec));
  writeFileSync(path, document.toString());
  renderClone(clone);
  await push(clone, `Turn the trigger ${spec['automatic'] ? 'on' : 'off'}`);
  await Promise.all(layout.regions.map((region) => refresh(region)));
  const deployment = `/apis/apps/v1/namespaces/${SYSTEM_NAMESPACE}/deployments/flipside-watch`;
  for (const region of layout.regions) {
    const api = await kube(region);
    const ready = () =>
      api.get(deployment).then(
        ({ status }) => status?.readyReplicas ?? 0,
        () => 0,
      );
    await timed(
      `the watch in ${region.name}`,
      async () => (await ready()) > 0 === Boolean(spec['automatic']),
    );
  }
}
