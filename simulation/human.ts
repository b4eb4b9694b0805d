/** What people do: flips, mistakes, break-glass, and what the console allows. */
import type { PrimaryRegionSpec } from '../spec/claims';
import type { Action, Side } from './action';
import type { ApiServer } from './api-server';
import type { Aws } from './aws';
import type { Context } from './context';
import type { Committed, Git } from './git';

/** The parts of the world that people touch. */
export interface Reach {
  readonly context: Context;
  readonly git: Git;
  readonly aws: Aws;
  readonly apis: Readonly<Record<string, ApiServer>>;
}

type Flip = Extract<Action, { kind: 'flip' }>;

const nameOf = ({ settings }: Context, side: Side) => settings[side];

/** Changes the claim in Git, or the override in one cluster or in both. */
export function flip(reach: Reach, action: Flip): void {
  const { context, git } = reach;
  const clusters = seenBy(reach, action.via);
  const epoch = Math.max(highest(reach, clusters) + action.raise, 0);
  const { mode } = action;
  const wanted = { region: nameOf(context, action.to), epoch, mode, acceptDataLoss: mode === 'Unplanned' };
  if (action.via === 'git') return git.push({ ...git.head(), ...wanted }, 'flip');
  for (const api of clusters) override(api, { ...wanted, reason: 'Git cannot be used' });
}

/** Who patches one cluster does not look at the other. */
function seenBy({ context, apis }: Reach, via: Flip['via']): ApiServer[] {
  const regions = via === 'home' || via === 'peer' ? [nameOf(context, via)] : Object.keys(apis);
  return regions.flatMap((region) => apis[region] ?? []);
}

function highest({ git }: Reach, clusters: readonly ApiServer[]): number {
  const epochs = clusters
    .filter((api) => api.answers())
    .flatMap((api) => [api.claim()?.spec.epoch ?? 0, api.claim()?.spec.override?.epoch ?? 0]);
  return Math.max(git.head().epoch, ...epochs);
}

function override(api: ApiServer, value: NonNullable<PrimaryRegionSpec['override']>): void {
  const claim = api.claim();
  if (claim) api.change((spec) => ({ ...(spec ?? claim.spec), override: value }));
}

/** Git is given the highest override of any cluster. */
export function catchUp({ git, apis }: Reach): void {
  const overrides = Object.values(apis).flatMap((api) => api.claim()?.spec.override ?? []);
  const best = overrides.toSorted((a, b) => b.epoch - a.epoch)[0];
  if (!best || best.epoch <= git.head().epoch) return;
  const { region, epoch, mode, acceptDataLoss } = best;
  git.push({ ...git.head(), region, epoch, mode, acceptDataLoss }, 'what the override says');
}

/** Asks for a dry run of a flip. */
export function dryRun({ context, git }: Reach, action: Extract<Action, { kind: 'dry-run' }>): void {
  const head: Committed = git.head();
  const run = (head.dryRun?.run ?? 0) + 1;
  git.push(
    { ...head, dryRun: { region: nameOf(context, action.to), run, mode: action.mode } },
    `dry run ${run}`,
  );
}

/** Fails every store over in the console, without any epoch. */
export function byHand({ context, aws }: Reach, to: Side): void {
  const region = nameOf(context, to);
  const port = aws.portFor(region, () => ({ blind: false, cutOff: false }));
  for (const { store } of aws.stores) void port.failover(store, region).catch(() => undefined);
}
