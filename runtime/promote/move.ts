/** Moves one store's writer into this region. Safe to repeat at any point. */
import type { FlipPlan, Store } from '../../spec/flip';
import { guard, type Guarded, label, raiseFence } from './fence';
import type { Ports } from './ports';
import type { Flip } from './flip';
import { retry } from './retry';
import { Verdict } from './verdict';

/** How often AWS is asked while it moves a writer. */
const POLL_MS = 2_000;
/** How long a store may take; AWS's own promotion takes one to five minutes (facts on RTO in docs/failover.md). */
const MOVE_MS = 15 * 60_000;
/**
 * A guard older than this is read again before a promoting call: a pod that was paused in between must not act on
 * what was true before the pause.
 */
const GUARD_MS = 5_000;

/**
 * After this long nothing that a flip with a lower epoch has asked for can still arrive: it asked at most `GUARD_MS`
 * after its last look, and `runtime/aws/clients.ts` gives a call two tries of 8 s. Rounded up.
 */
const SETTLED_MS = 25_000;

/**
 * Returns when this region writes the store and its fence says so. Throws when the deadline has passed. `declared` is
 * what the fences said when the epoch had been declared: the first look, for looking at a dead region takes seconds.
 */
export async function move(
  plan: FlipPlan,
  flip: Flip,
  store: Store,
  declared: Guarded,
  ports: Ports,
): Promise<void> {
  const began = ports.now();
  const deadline = began + MOVE_MS;
  let guarded: Guarded | undefined = declared;
  const moved = retry(ports, deadline, async () => {
    for (;;) {
      guarded ??= await guard(plan, flip.epoch, ports);
      const seen = guarded;
      guarded = undefined;
      if (await movedHere(plan, flip, store, seen, began, ports)) return;
      if (ports.now() >= deadline) throw new Error(`still not the writer after ${MOVE_MS / 60_000} min`);
      await ports.sleep(POLL_MS);
    }
  });
  await moved.catch((error: unknown) => {
    throw error instanceof Verdict ? error : new Error(`${label(store)}: ${messageOf(error)}`);
  });
}

/** AWS's messages name the action that failed, and not whose store it was. */
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** One look, and at most one promoting call. True when nothing is left to do. */
async function movedHere(
  plan: FlipPlan,
  flip: Flip,
  store: Store,
  guarded: Guarded,
  began: number,
  ports: Ports,
): Promise<boolean> {
  const { region } = plan;
  const own = guarded.own.get(label(store));
  if (own && own.promoted >= flip.epoch) return true;
  if (own && own.epoch < flip.epoch) await raiseFence(plan, flip.epoch, store, ports);
  const view = await ports.stores.view(store, region);
  const member = view.members.find((one) => one.region === region);
  if (view.moving) return false;
  if (view.writer === region && member?.available) {
    if (!settled(guarded, store, began, ports)) return false;
    await ports.stores.mark(store, region, { promoted: flip.epoch });
    return true;
  }
  if (view.writer === region || ports.now() - guarded.at > GUARD_MS) return false;
  // An unplanned flip may have to act without the other region's fence in sight; a planned one never has to.
  const unseen = !guarded.other.has(label(store));
  if (unseen && flip.mode === 'Planned') return false;
  if (unseen) ports.unseen(store);
  await call(flip, store, region, ports);
  return false;
}

/** Nobody in the other region can still move the store away on behalf of a lower epoch. */
function settled({ other }: Guarded, store: Store, began: number, { now }: Ports): boolean {
  const fence = other.get(label(store));
  return (fence !== undefined && fence.promoted >= fence.epoch) || now() - began >= SETTLED_MS;
}

const call = (flip: Flip, store: Store, region: string, { stores }: Ports) =>
  flip.mode === 'Planned' ? stores.switchover(store, region) : stores.failover(store, region);
