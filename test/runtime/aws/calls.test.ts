/** The IAM actions of the programs: as listed, as the source spells them, and as they are really sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEACON_CALLS, PROMOTE_CALLS, WATCH_CALLS } from '../../../runtime/aws/calls';
import { clientsOf } from '../../../runtime/aws/clients';
import { accountOf, storesOf } from '../../../runtime/aws/stores';
import { observe, SILENT } from '../../../runtime/beacon/observe';
import { promote } from '../../../runtime/promote/promote';
import { gather } from '../../../runtime/watch/evidence';
import { flipTo, standInCluster } from '../_cluster';
import { claimOf, PEER, planOf } from '../_plan';
import { type FakeAws, fakeAws } from './_aws';

const folder = join(__dirname, '..', '..', '..', 'runtime', 'aws');

/** Every command class that the source imports, as IAM spells its action. */
function commandsInSource(): string[] {
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const imported = sources.flatMap((source) => [
    ...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g),
  ]);
  const actions = imported.flatMap(([, names = '', service = '']) =>
    [...names.matchAll(/(\w+)Command\b/g)].map(([, name]) => `${service}:${name}`),
  );
  return [...new Set(actions)].toSorted();
}

const union = (...lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].toSorted();

test('the lists hold every command of the source and no other', () => {
  expect(union(PROMOTE_CALLS, BEACON_CALLS, WATCH_CALLS)).toEqual(commandsInSource());
});

test('nothing that a region’s failover must not depend on', () => {
  const services = union(PROMOTE_CALLS, BEACON_CALLS, WATCH_CALLS).map((action) => action.split(':')[0]);
  expect(new Set(services)).toEqual(new Set(['cloudwatch', 'elasticache', 'rds', 'sts']));
});

test('beacon and watch only look', () => {
  const changing = [...BEACON_CALLS, ...WATCH_CALLS].filter((action) => !/:(Describe|List|Get)/.test(action));
  expect(changing).toEqual([]);
});

let aws: FakeAws;
const dead = () => Promise.reject(new Error('dead'));
const silent = async () => 'silent' as const;
const stores = () => storesOf(clientsOf(), planOf().account, Date.now);
const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds > 2_000 ? milliseconds : 300).unref());
const outside = {
  now: Date.now,
  sleep,
  random: () => 0,
  unseen: () => undefined,
  account: () => accountOf(clientsOf()(PEER)),
};
const sent = () => union(aws.calls.map(({ action }) => action));

beforeEach(async () => {
  aws = await fakeAws(planOf());
});
afterEach(() => aws.stop());

test('sent by promotions of both modes: everything on their list', async () => {
  for (const [epoch, mode] of [
    [1, 'Planned'],
    [2, 'Unplanned'],
  ] as const) {
    for (const state of aws.stores) state.writer = 'us-east-1';
    const cluster = standInCluster(flipTo(PEER, epoch, mode));
    const ports = { ...outside, stores: stores(), cluster };
    expect((await promote(planOf(), { epoch, mode, dryRun: false }, ports)).outcome).toBe('Promoted');
  }
  expect(sent()).toEqual(union(PROMOTE_CALLS));
});

test('sent by the beacon', async () => {
  const cluster = standInCluster(flipTo(PEER, 1));
  await observe(planOf(), SILENT, { ...outside, stores: stores(), cluster, other: dead });
  expect(sent()).toEqual(union(BEACON_CALLS));
});

test('sent by the watch', async () => {
  const ports = { ...outside, stores: stores(), otherEntry: silent, otherBeacon: silent, ownEntry: silent };
  await gather(planOf(), claimOf(), ports);
  expect(sent()).toEqual(union(WATCH_CALLS));
});
