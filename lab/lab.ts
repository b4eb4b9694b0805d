/** The lab as a whole: two regions on this machine, started, looked at, killed and ended. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EstateModel, modelOf } from '../model/estate';
import { EXIT, UserError } from '../scripts/answer';
import { readEstates } from '../scripts/estates';
import { bootstrapRegion, reviveRegion } from './bootstrap';
import { writeKubeconfigs, writeSharedKubeconfig } from './kubeconfig';
import { startControlPlane } from './control-plane';
import { keepLayout, keptLayout, type Layout, planLayout, portsOf, type Region, statePath } from './layout';
import { buildParts, type PartName, USUAL } from './parts';
import { assertNeeds } from './needs';
import { makeCertificates } from './pki';
import { takenPorts } from './ports';
import { lastWords, running, stop, tail } from './process';
import { bundleLab } from './programs';
import { makeRepository } from './repository';
import { startWorld, worldOf } from './world/client';

/** What a lab is started with. */
export interface UpOptions {
  readonly estate: string;
  readonly provider: Layout['provider'];
  /** Health checkers and times to live run this many times as fast. */
  readonly speed: number;
}

/** Says what is going on. */
export type Tell = (line: string) => void;

/** Starts a lab. Leaves nothing running when it cannot. Throws a UserError for a mistake. */
export async function up(root: string, options: UpOptions, tell: Tell): Promise<Layout> {
  const model = modelNamed(root, options.estate);
  assertDown(root);
  assertNeeds();
  const parts: PartName[] = options.provider === 'rds' ? [...USUAL, 'provider-aws-rds'] : [...USUAL];
  await buildParts(root, parts, tell);
  const state = statePath(root);
  rmSync(state, { recursive: true, force: true });
  const layout = await planLayout({
    root,
    ...options,
    account: model.estate.account,
    regions: places(model),
  });
  keepLayout(layout);
  try {
    await startEverything(layout, tell);
    return layout;
  } catch (error) {
    const logs = error instanceof UserError ? '' : lastWordsOfAll(state);
    await stop(state, { signal: 'SIGKILL' });
    throw new UserError(`Cannot start the lab: ${(error as Error).message}${logs}`);
  }
}

async function startEverything(layout: Layout, tell: Tell): Promise<void> {
  tell(`repository of ${layout.estate}`);
  await makeRepository(layout.root, layout.state, layout.estate);
  tell(
    `emulated AWS, DNS, PostgreSQL; control planes of ${layout.regions.map(({ name }) => name).join(' and ')}`,
  );
  const programs = bundleLab(layout.root);
  const world = programs.then((bundled) => startWorld(layout, bundled.world));
  await together([world, ...layout.regions.map(startEmpty)]);
  const bundled = await programs;
  tell('what a cluster has before Argo CD');
  await together(layout.regions.map((region) => bootstrapRegion(layout, region, bundled)));
  writeSharedKubeconfig(layout);
}

/** Waits for all, also when one fails: what it starts after the lab was ended would stay. */
async function together(tasks: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(tasks)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

/** A control plane that holds nothing. */
async function startEmpty(region: Region): Promise<void> {
  await makeCertificates(join(region.dir, 'pki'));
  writeKubeconfigs(region);
  await startControlPlane(region);
}

/** Ends the lab, whatever is left of it. Gives how many processes there were. Throws a UserError where one is not found. */
export async function down(root: string): Promise<number> {
  const state = statePath(root);
  const layout = keptLayout(root);
  const count = running(state).length;
  await stop(state, { signal: 'SIGKILL' });
  rmSync(state, { recursive: true, force: true });
  const taken = layout ? await takenPorts(portsOf(layout)) : [];
  if (taken.length === 0) return count;
  throw new UserError(
    `Cannot end the lab: something still listens on ${taken.join(', ')}, expected nothing; find it with: ss -ltnp`,
  );
}

/** Loses a region without warning: every process ends at once, its AWS endpoints and its database are gone. */
export async function kill(layout: Layout, region: Region): Promise<void> {
  await worldOf(layout).lose(region.name);
  await stop(layout.state, { region: region.name, signal: 'SIGKILL' });
}

/** Brings a lost region back with the state it was lost with. */
export async function revive(layout: Layout, region: Region): Promise<void> {
  const programs = await bundleLab(layout.root);
  await worldOf(layout).bringBack(region.name);
  await reviveRegion(layout, region, programs);
}

/** The lab that runs. Throws a UserError when none does. */
export function theLab(root: string): Layout {
  const layout = keptLayout(root);
  if (layout && running(layout.state).length > 0) return layout;
  throw new UserError('Cannot find a lab: none is running, expected one; run: npx flipside lab up');
}

/** A region by its name. Throws a UserError for any other. */
export function regionNamed({ regions }: Layout, name: string): Region {
  const region = regions.find((one) => one.name === name);
  if (region) return region;
  const names = regions.map((one) => one.name).join(', ');
  throw new UserError(
    `Cannot use the region "${name}": not of this lab, expected one of ${names}`,
    EXIT.usage,
  );
}

function assertDown(root: string): void {
  const state = statePath(root);
  if (running(state).length === 0) return;
  const estate = keptLayout(root)?.estate ?? 'unknown';
  throw new UserError(
    `Cannot start a lab: one of the estate "${estate}" is running, expected none; end it with: npx flipside lab down`,
  );
}

function modelNamed(root: string, estate: string): EstateModel {
  const [input] = readEstates(root, estate);
  if (!input) throw new UserError(`Cannot find the estate "${estate}": no such folder`);
  return modelOf(input);
}

function places({ clusters }: EstateModel): readonly [Place, Place] {
  const [home, peer] = clusters.filter(({ environment }) => environment === 'prod').map(placeOf);
  if (!home || !peer) throw new Error('Cannot start a lab: the estate has no two regions');
  return [home, peer];
}

type Place = Pick<Region, 'name' | 'cluster' | 'position' | 'zones'>;

const placeOf = ({ region, name, position, zones }: EstateModel['clusters'][number]): Place => ({
  name: region,
  cluster: name,
  position,
  zones,
});

/** What the programs said last; those that said nothing are left out. */
function lastWordsOfAll(state: string): string {
  const names = [...new Set(running(state).map(({ name }) => name))].toSorted();
  return names
    .filter((name) => tail(state, name) !== '')
    .map((name) => lastWords(state, name))
    .join('');
}
