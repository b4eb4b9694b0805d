/** One turn of the trigger: look, judge, and at most one flip. */
import type { FlipPlan } from '../../spec/flip';
import type { HeldClaim } from '../kubernetes/cluster';
import { type Decision, decide, type Memory, type Override } from './decide';
import { gather, type WitnessPorts } from './evidence';

/** What a turn needs from outside. */
export type LookPorts = WitnessPorts & {
  readonly claim: () => Promise<HeldClaim>;
  /** Refused when the claim has changed since it was read: somebody else has just flipped. */
  readonly override: (override: Override, read: HeldClaim) => Promise<void>;
  readonly tell: (reason: string, note: string, at: Date) => Promise<void>;
};

/** What a turn came to, as `watch.json` holds it. */
export interface Look {
  /** ISO 8601. */
  readonly at: string;
  readonly why: string;
  /** What it flipped to. */
  readonly flipped?: Override;
  readonly memory: Memory;
}

/** Looks once. Never throws: what went wrong is said, and the next turn comes soon. */
export async function look(plan: FlipPlan, memory: Memory, ports: LookPorts): Promise<Look> {
  const at = new Date(ports.now());
  try {
    const claim = await ports.claim();
    const evidence = await gather(plan, claim, ports);
    const watch = { region: plan.region, home: plan.home, hasStores: plan.stores.length > 0 };
    const decision = decide({ ...watch, trigger: claim.spec.trigger }, memory, evidence);
    await act(decision, claim, at, ports);
    return {
      at: at.toISOString(),
      why: decision.why,
      ...(decision.override && { flipped: decision.override }),
      memory: decision.memory,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { at: at.toISOString(), why: `could not look or act: ${message}`, memory };
  }
}

/** The Event is for people: a flip that happened is not undone because nobody could be told. */
async function act({ override, why }: Decision, claim: HeldClaim, at: Date, ports: LookPorts): Promise<void> {
  if (!override) return;
  await ports.override(override, claim);
  const note = `epoch ${override.epoch}, ${override.mode}, to ${override.region}: ${why}`;
  await ports.tell('AutomaticFlip', note, at).catch(() => undefined);
}
