/** Flips as on-call does them, with what each took. */
import type { Layout, Region } from '../layout';
import { kubeOf } from '../kube';
import { claimPathOf } from '../status';
import { flipside } from './command';
import type { Stage } from './drill';
import { jobSeen, movedAt, pushedAt } from './observe';

/** What a flip took, in milliseconds after the push; the times are the control planes', AWS is emulated. */
export interface Flipped {
  readonly toJob: number;
  /** To the last of the writers; to the Job where there is none to move. */
  readonly toWriter: number;
}

/** The highest effective epoch that a region which answers holds. */
export async function latestEpoch({ layout }: Stage): Promise<number> {
  const epochs = await Promise.all(layout.regions.map((region) => epochIn(layout, region).catch(() => 0)));
  return Math.max(...epochs);
}

/** The effective epoch as a region holds it. */
export async function epochIn(layout: Layout, region: Region): Promise<number> {
  const { spec } = await (await kubeOf(region.kubeconfig)).get(claimPathOf(layout));
  return Math.max(spec.epoch, spec.override?.epoch ?? 0);
}

/** Flips by a commit and waits for its end. */
export async function flipByGit(stage: Stage, to: Region, ...args: readonly string[]): Promise<Flipped> {
  const { layout, world, expect, event } = stage;
  const ended = new AbortController();
  try {
    const epoch = (await latestEpoch(stage)) + 1;
    const { now } = await world.aws.calls();
    const job = jobSeen(to, epoch, ended.signal);
    event(`flip to ${to.name}, epoch ${epoch}: commit and push`);
    const { code, said } = await flipside(layout, 'failover', '--to', to.name, '--yes', ...args);
    expect(`the flip to ${to.name} by a commit is done`, code === 'done', said);
    if (code !== 'done') throw new Error(`the flip is not done: ${said}`);
    const pushed = pushedAt(layout);
    const jobAt = await job;
    const writerAt = (await movedAt(world, now, to.name)) ?? jobAt;
    event(`writers in ${to.name}, traffic follows`);
    return { toJob: jobAt - pushed, toWriter: writerAt - pushed };
  } finally {
    ended.abort();
  }
}

/** The arguments of an unplanned flip. */
export const UNPLANNED = ['--unplanned', '--accept-data-loss'] as const;
