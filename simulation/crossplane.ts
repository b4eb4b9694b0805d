/** A cluster's Crossplane: composes the regional claim with the real function and applies what comes out. */
import type { Composed, Manifest } from '../platform/kind';
import type { ApiServer } from './api-server';
import { CROSSPLANE_POLL, CROSSPLANE_REACT } from './constants';
import type { Context } from './context';
import type { Jobs } from './jobs';
import { between } from './random';

/** Watches the claim and reconciles it. */
export interface Crossplane {
  /** Something waits to be reconciled. */
  readonly busy: () => boolean;
  /** The status it last wrote. */
  readonly status: () => Readonly<Record<string, unknown>> | undefined;
}

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;

/** The Crossplane of `api`'s cluster. */
export function crossplaneOf(context: Context, api: ApiServer, jobs: Jobs): Crossplane {
  const { clock, conditions } = context;
  const random = context.random(`crossplane ${api.region}`);
  const state = { waiting: false, failures: 0, status: undefined as Record<string, unknown> | undefined };
  const reconcile = () => {
    state.waiting = false;
    if (attempt()) {
      state.failures = 0;
      return;
    }
    state.failures += 1;
    later(Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** state.failures));
  };
  const attempt = () => {
    if (conditions.broken('crossplane', api.region) || !api.answers()) return false;
    const claim = api.claim();
    const placement = context.settings.placements[api.region];
    if (!claim || !placement) return true;
    const composition = context.programs.compose(claim, observedIn(api), placement);
    state.status = composition.status;
    return apply(context, api, jobs, composition.resources, stumbles);
  };
  const stumbles = () => conditions.broken('flaky', api.region) && random() < 0.5;
  const later = (milliseconds: number) => {
    if (state.waiting) return;
    state.waiting = true;
    clock.after(milliseconds, reconcile);
  };
  api.onChange(() => later(between(random, CROSSPLANE_REACT) * 1000));
  clock.every(CROSSPLANE_POLL * 1000, () => later(0), CROSSPLANE_POLL * 1000 * random());
  later(0);
  return { busy: () => state.waiting, status: () => state.status };
}

function observedIn(api: ApiServer): Record<string, Manifest> {
  const flip: Manifest = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'flip' },
    data: Object.fromEntries(api.data),
  };
  return { ...(api.data.size > 0 && { flip }), ...Object.fromEntries(api.jobs) };
}

/** Applies in the order composed, and may fail after any of them; what is no longer composed goes last. */
function apply(
  { log }: Context,
  api: ApiServer,
  jobs: Jobs,
  resources: Readonly<Record<string, Composed>>,
  stumbles: () => boolean,
): boolean {
  for (const [key, { manifest }] of Object.entries(resources)) {
    if (stumbles()) return false;
    if (manifest.kind === 'ConfigMap') applyData(api, manifest);
    if (!['ConfigMap', 'Job'].includes(manifest.kind))
      log({ what: 'applied', region: api.region, kind: manifest.kind });
    if (manifest.kind === 'Job' && !api.jobs.has(key)) {
      api.jobs.set(key, manifest);
      jobs.create(manifest);
    }
  }
  for (const key of api.jobs.keys()) {
    if (resources[key]) continue;
    api.jobs.delete(key);
    jobs.remove(key);
  }
  return true;
}

/** Server-side apply: other writers' keys stay. */
function applyData(api: ApiServer, { data }: Manifest): void {
  for (const [key, text] of Object.entries((data ?? {}) as Record<string, string>)) api.data.set(key, text);
}
