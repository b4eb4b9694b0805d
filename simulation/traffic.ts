/** A client that writes: where its writes go, and whether somebody takes them. */
import { effectiveOf } from '../model/effective';
import type { ApiServer } from './api-server';
import type { Aws } from './aws';
import { WRITE_EVERY_MS, WRITER_ENDPOINT_TTL } from './constants';
import type { Context } from './context';
import type { Route53 } from './route53';

/** What the client has seen so far. */
export interface Traffic {
  readonly acknowledged: () => number;
  readonly refused: () => number;
}

/** Starts the client. */
export function trafficOf(
  context: Context,
  aws: Aws,
  apis: Readonly<Record<string, ApiServer>>,
  route53: Route53,
): Traffic {
  const { clock, settings } = context;
  const { routing = 'failover', ttl = 60 } = settings.placements[settings.home]?.traffic ?? {};
  const state = {
    acknowledged: 0,
    refused: 0,
    to: settings.home,
    resolved: 0,
    due: undefined as string | undefined,
    deaf: false,
  };
  const resolve = () =>
    (routing === 'failover' ? route53.answer()[0] : aws.stores[0]?.writer()) ?? settings.home;
  const keep = (routing === 'failover' ? ttl : WRITER_ENDPOINT_TTL) * 1000;
  clock.every(WRITE_EVERY_MS, () => {
    if (clock.now() - state.resolved >= keep) {
      state.resolved = clock.now();
      const to = resolve();
      if (to !== state.to) context.log({ what: 'traffic', to });
      state.to = to;
    }
    const took = aws.stores.every((store) => takes(context, apis, store, state.to));
    state[took ? 'acknowledged' : 'refused'] += 1;
  });
  const ever = new Map<number, Set<string>>();
  // Without a writer, latency routing sends everybody to the nearest region: nothing to follow.
  if (routing !== 'failover' && aws.stores.length === 0) return counts(state);
  context.onTouch(() => {
    const due = dueOf(context, aws, apis, ever);
    const deaf = isDeaf(context);
    if (due !== state.due || deaf !== state.deaf) context.log({ what: 'due', to: due, deaf });
    state.due = due;
    state.deaf = deaf;
  });
  return counts(state);
}

function isDeaf({ conditions, settings }: Context): boolean {
  const { peer } = settings;
  const silent = (['aws', 'throttle', 'isolated'] as const).some((what) => conditions.broken(what, peer));
  return silent && !conditions.linked() && conditions.entryAnswers(peer);
}

const counts = (state: { acknowledged: number; refused: number }): Traffic => ({
  acknowledged: () => state.acknowledged,
  refused: () => state.refused,
});

/** A pod in `region` writes where its region believes the writer to be. */
function takes(
  { conditions, settings }: Context,
  apis: Readonly<Record<string, ApiServer>>,
  store: Aws['stores'][number],
  region: string,
): boolean {
  const floors = settings.plans[region]?.floors ?? [];
  const served = floors.every((floor) => (apis[region]?.pods(floor).ready ?? 0) > 0);
  if (!conditions.entryAnswers(region) || !served) return false;
  const writer = store.view(region).writer ?? region;
  return (writer === region || conditions.linked()) && store.write(writer);
}

/**
 * Where public writes belong: the region that holds every writer, while it can take them and its beacon can know. An
 * estate without stores follows the highest claim.
 */
function dueOf(
  context: Context,
  aws: Aws,
  apis: Readonly<Record<string, ApiServer>>,
  ever: Map<number, Set<string>>,
): string | undefined {
  const { conditions, settings } = context;
  const region = aws.stores.length > 0 ? holder(aws) : claimed(context, apis, ever);
  if (!region) return undefined;
  const broken = (['aws', 'throttle', 'isolated', 'api'] as const).some((what) =>
    conditions.broken(what, region),
  );
  const floors = settings.plans[region]?.floors ?? [];
  const ready = floors.every((floor) => (apis[region]?.pods(floor).ready ?? 0) >= floor.min);
  return conditions.entryAnswers(region) && !broken && ready ? region : undefined;
}

function holder({ stores }: Aws): string | undefined {
  const [first, ...rest] = stores.map((store) => (store.moving() ? undefined : store.writer()));
  return rest.every((writer) => writer === first) ? first : undefined;
}

/**
 * The region that the highest claim names, once the peer's beacon can know it: home's is not asked. A claim that was lost
 * with its cluster is known to those beacons alone that had heard of it. An epoch that named two regions settles nothing, even
 * when one of the claims is lost: a beacon may remember it, and only a higher epoch ends that.
 */
function claimed(
  context: Context,
  apis: Readonly<Record<string, ApiServer>>,
  ever: Map<number, Set<string>>,
): string | undefined {
  const flips = new Map(
    Object.values(apis).flatMap((api) => {
      const claim = api.claim();
      return claim ? [[api.region, effectiveOf(claim.spec)] as const] : [];
    }),
  );
  for (const { region, epoch } of flips.values()) ever.set(epoch, (ever.get(epoch) ?? new Set()).add(region));
  const highest = Math.max(...ever.keys());
  const named = [...flips].filter(([, { epoch }]) => epoch === highest);
  const [region, ...others] = ever.get(highest) ?? [];
  const clear = others.length === 0 && named.length > 0 && !named.some(([, { conflict }]) => conflict);
  const knowers = named.map(([cluster]) => cluster).filter((cluster) => apis[cluster]?.answers());
  return clear && region && peerKnows(context, region, knowers) ? region : undefined;
}

function peerKnows({ conditions, settings }: Context, region: string, knowers: readonly string[]): boolean {
  const { home, peer } = settings;
  if (region === home && !conditions.entryAnswers(peer)) return true;
  return knowers.includes(peer) || (conditions.linked() && knowers.includes(home));
}
