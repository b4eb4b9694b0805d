/** A region that is lost without warning, and what has to be true before it is back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Region } from '../../layout';
import { kill, revive } from '../../lab';
import { ready } from '../../ready';
import type { Stage } from '../drill';
import { refresh } from '../../refresh';
import { epochIn, flipByGit } from '../flips';
import { expectBeacon, expectOneWriter, expectSettled } from '../invariants';
import { planOf, timed } from '../observe';
import { peerReady } from './planned';

/** What followers are behind before the loss, and how much more a loaded machine may add. Milliseconds. */
export const LAG_MS = 500;
const SLACK_MS = 2_000;
/** How long the client writes before. */
const WRITING_MS = 1_000;

/** True when a client can write to a database of the estate. */
export const hasDatabase = ({ layout }: Stage) =>
  planOf(layout).stores.some(({ kind }) => kind === 'PostgresDatabase');

/** Loses a region while a client writes; returns once public names lead to the survivor. */
export async function lose(stage: Stage, lost: Region, survivor: Region): Promise<void> {
  const { layout, world, event, figure } = stage;
  await world.setLag(LAG_MS);
  if (hasDatabase(stage)) await world.startWriter();
  // Rows are acknowledged before the loss.
  await sleep(WRITING_MS);
  await kill(layout, lost);
  event(`${lost.name} is lost`);
  if (!(await followsEntries(stage))) return;
  const moved = await timed(`names to lead to ${survivor.name}`, async () => {
    const { traffic } = await world.state();
    return Object.values(traffic).every((leads) =>
      Object.values(leads).every((region) => region === survivor.name),
    );
  });
  event(`health checks have moved readers to ${survivor.name}`);
  const factor = layout.speed === 1 ? '' : `, checkers ${layout.speed} times as fast`;
  figure(`loss to readers moved${factor}`, moved, 'ms');
}

/** Failover routing waits for the beacon of the survivor; latency routing follows the entries' own health. */
async function followsEntries({ world, home, peer }: Stage): Promise<boolean> {
  const { traffic } = await world.state();
  return Object.values(traffic).some((leads) => leads[home.name] !== leads[peer.name]);
}

/** Counts what the client was told and what is left. */
export async function expectLossWithinLag(stage: Stage): Promise<void> {
  if (!hasDatabase(stage)) return;
  const { world, expect, figure } = stage;
  const report = await world.stopWriter();
  figure('rows written', report.acknowledged, 'rows');
  figure('rows lost', report.lost, 'rows');
  if (report.resumedAfter !== undefined) figure('loss to first write elsewhere', report.resumedAfter, 'ms');
  expect('rows are written again in the other region', report.resumedAfter !== undefined, report);
  expect('no row is taken by an old writer', report.stale === 0, report);
  expect(
    `only rows of the last ${LAG_MS} ms before the loss are lost`,
    (report.lostSpan ?? 0) <= LAG_MS + SLACK_MS,
    report,
  );
}

/** The lost region comes back with its stale state: it must not take the writers, and can take over again later. */
export async function comeBack(stage: Stage, lost: Region, survivor: Region): Promise<void> {
  const { layout, world, event } = stage;
  await world.setLag(0);
  await revive(layout, lost);
  event(`${lost.name} is back with the state it was lost with`);
  await ready(layout, () => undefined);
  await refresh(lost);
  const epoch = await epochIn(layout, survivor);
  await timed(`${lost.name} to hear of epoch ${epoch}`, async () => (await epochIn(layout, lost)) === epoch);
  await expectOneWriter(stage, survivor);
  await expectBeacon(stage, survivor, [lost, survivor]);
  await peerReady(stage, lost);
  await flipByGit(stage, lost);
  await expectSettled(stage, lost, [lost, survivor]);
}
