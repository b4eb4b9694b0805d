/** The fence: decides from recorded epochs whether this promotion may go on. */
import type { FlipPlan, Store } from '../../spec/flip';
import type { Fence, Ports } from './ports';
import { answered, retry } from './retry';
import { Verdict } from './verdict';

/** How long the other region's tags are waited for; a dead region must not hold up its own failover. */
const OTHER_REGION_MS = 3_000;
/** How long the own region's tags are tried. */
const OWN_REGION_MS = 60_000;

/** What the fences said, and when. */
export interface Guarded {
  readonly at: number;
  /** Own fence of each store, by its name. */
  readonly own: ReadonlyMap<string, Fence>;
  /** The other region's fences, as far as that region answered. */
  readonly other: ReadonlyMap<string, Fence>;
}

/** A store's identity in messages and maps. */
export const label = (store: Store) => `${store.namespace}/${store.name}`;

/**
 * Reads the claim and the epochs of both regions. Throws a Verdict when another flip has acted: with a higher epoch
 * this one is superseded; with the same epoch two regions were told to take over, and neither may.
 */
export async function guard(plan: FlipPlan, epoch: number, ports: Ports): Promise<Guarded> {
  const at = ports.now();
  const deadline = at + OWN_REGION_MS;
  await assertStillWanted(plan, epoch, ports, deadline);
  const [own, other] = await Promise.all([
    Promise.all(
      plan.stores.map((store) => retry(ports, deadline, () => ports.stores.fence(store, plan.region))),
    ),
    Promise.all(
      plan.stores.map((store) =>
        answered(ports, OTHER_REGION_MS, () => ports.stores.fence(store, plan.other)),
      ),
    ),
  ]);
  assertHighest(plan, epoch, own, other);
  return {
    at,
    own: byStore(plan, own),
    other: byStore(plan, other),
  };
}

const byStore = ({ stores }: FlipPlan, fences: readonly (Fence | undefined)[]) =>
  new Map(
    stores.flatMap((store, i): [string, Fence][] => {
      const fence = fences[i];
      return fence ? [[label(store), fence]] : [];
    }),
  );

/**
 * Records the epoch on the own resource. Tags know no compare-and-set, so each try looks first: one that was held up
 * must not lower what a later flip has recorded since.
 */
export async function raiseFence(plan: FlipPlan, epoch: number, store: Store, ports: Ports): Promise<void> {
  const own = await ports.stores.fence(store, plan.region);
  if (recorded(own) > epoch) throw superseded([store], epoch);
  if (own.epoch < epoch) await ports.stores.mark(store, plan.region, { epoch });
}

async function assertStillWanted(
  plan: FlipPlan,
  epoch: number,
  ports: Ports,
  deadline: number,
): Promise<void> {
  const effective = await retry(ports, deadline, ports.cluster.effective);
  if (effective.epoch > epoch) {
    throw new Verdict('Superseded', [
      `the claim asks for epoch ${effective.epoch}, this promotion has ${epoch}`,
    ]);
  }
  if (effective.epoch === epoch && (effective.conflict || effective.region !== plan.region)) {
    throw new Verdict('Conflict', [
      `epoch ${epoch} names two regions, expected one: raise the epoch of the one you want`,
    ]);
  }
}

/** Either tag counts: a write that AWS carried out late may have lowered one of them. */
const recorded = (fence: Fence | undefined) => Math.max(fence?.epoch ?? 0, fence?.promoted ?? 0);

const superseded = (stores: readonly Store[], epoch: number) =>
  new Verdict(
    'Superseded',
    stores.map((store) => `${label(store)} was moved by a flip after epoch ${epoch}`),
  );

function assertHighest(
  plan: FlipPlan,
  epoch: number,
  own: readonly Fence[],
  other: readonly (Fence | undefined)[],
): void {
  const higher = plan.stores.filter((_, i) => Math.max(recorded(own[i]), recorded(other[i])) > epoch);
  if (higher.length > 0) throw superseded(higher, epoch);
  const rivals = plan.stores.filter((_, i) => recorded(other[i]) === epoch);
  if (rivals.length > 0) {
    throw new Verdict(
      'Conflict',
      rivals.map(
        (store) =>
          `${label(store)}: ${plan.other} works on epoch ${epoch} too, expected one region per epoch`,
      ),
    );
  }
}
