/** A cluster's Argo CD: applies what Git says to the claim, and leaves the override to its own field manager. */
import type { PrimaryRegionSpec } from '../spec/claims';
import type { ApiServer } from './api-server';
import { ARGO_POLL, ARGO_WEBHOOK } from './constants';
import type { Context } from './context';
import type { Committed, Git } from './git';
import { between } from './random';

/** The Argo CD of `api`'s cluster. */
export interface Argo {
  /** The claim is what Git says. */
  readonly synced: () => boolean;
}

/** Starts polling and listening. */
export function argoOf(context: Context, api: ApiServer, git: Git): Argo {
  const { clock, conditions } = context;
  const random = context.random(`argo ${api.region}`);
  const synced = () => {
    const spec = api.claim()?.spec;
    return spec !== undefined && JSON.stringify(applied(git.head(), spec)) === JSON.stringify(spec);
  };
  const sync = () => {
    if (conditions.broken('argo', api.region) || !conditions.gitAnswers(api.region)) return;
    const head = git.head();
    if (!synced()) api.change((spec) => applied(head, spec));
  };
  const poll = () => {
    sync();
    clock.after((ARGO_POLL.seconds + ARGO_POLL.jitter * random()) * 1000, poll);
  };
  clock.after(ARGO_POLL.seconds * 1000 * random(), poll);
  git.onPush(() => {
    if (conditions.broken('webhook', api.region)) return;
    clock.after(between(random, ARGO_WEBHOOK) * 1000, sync);
  });
  return { synced };
}

/** Server-side apply with self-heal: every field that Git holds; fields of others stay. */
function applied(head: Committed, spec: PrimaryRegionSpec | undefined): PrimaryRegionSpec {
  const override = spec?.override;
  return { ...head, ...(override && { override }) };
}
