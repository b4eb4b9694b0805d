/** What holds at the end of every scenario: one writer, traffic with it, everything delivered, nothing to be replaced. */
import { ready } from '../ready';
import { beaconAnswers } from '../status';
import { until } from '../until';
import type { Region } from '../layout';
import type { Stage } from './drill';
import { planOf, writerAsker } from './observe';

/** A beacon asks every two seconds; the rest is for a loaded machine. */
const BEACON_MS = 60_000;

/** Waits until everything is settled, and expects that the writers are in `region` alone. */
export async function expectSettled(stage: Stage, region: Region, regions: readonly Region[]): Promise<void> {
  const names = regions.map(({ name }) => name);
  await expectOneWriter(stage, region);
  await expectBeacon(stage, region, regions);
  const settled = await ready(stage.layout, () => undefined, names).then(
    () => '',
    (error: Error) => error.message,
  );
  stage.expect('every application is Synced and Healthy, every claim Ready', settled === '', settled);
  for (const one of regions) await expectNoReplacement(stage, one);
}

/** In the emulated AWS, and in the databases themselves. */
export async function expectOneWriter({ layout, world, expect }: Stage, region: Region): Promise<void> {
  const { stores, account } = planOf(layout);
  const ask = writerAsker(layout, account);
  for (const store of stores) {
    const writer = await ask(store, region.name);
    expect(`AWS says ${store.name} is written in ${region.name}`, writer === region.name, writer);
  }
  const { writers } = await world.state();
  for (const [name, found] of Object.entries(writers)) {
    expect(`PostgreSQL of ${name} takes writes in ${region.name} alone`, found.join() === region.name, found);
  }
}

/** Through each region's entry, as health checkers ask. */
export async function expectBeacon(stage: Stage, region: Region, regions: readonly Region[]): Promise<void> {
  const answers = async () => Promise.all(regions.map(beaconAnswers));
  const wanted = regions.map(({ name }) => name === region.name).join();
  await until('the beacons', async () => (await answers()).join() === wanted, BEACON_MS).catch(
    () => undefined,
  );
  const seen = await answers();
  stage.expect(
    `only the beacon of ${region.name} says that the writers are there`,
    seen.join() === wanted,
    regions.map(({ name }, index) => `${name} ${seen[index] ? 200 : 503}`).join(', '),
  );
}

const REPLACES = /requires replacing|refuse to update/i;

/** What a provider says when it would have to make a thing anew. */
async function expectNoReplacement({ kube, expect }: Stage, region: Region): Promise<void> {
  const api = await kube(region);
  const kinds = await api.list('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  const managed = kinds.map(({ spec }) => spec).filter(({ group }) => group.endsWith('.aws.m.upbound.io'));
  const lists = await Promise.all(
    managed.map(({ group, names, versions }) =>
      api.list(`/apis/${group}/${versions[0].name}/${names.plural}`),
    ),
  );
  const asking = lists
    .flat()
    .filter(({ status }) => REPLACES.test(JSON.stringify(status?.conditions ?? [])))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(`no managed resource in ${region.name} asks to be replaced`, asking.length === 0, asking);
}
