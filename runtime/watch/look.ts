/** One turn of the trigger: look, judge, and at most one flip. */
import type { FlipPlan } from '../../spec/flip';
import type { HeldClaim } from '../kubernetes/cluster';
import { type Decision, decide, type Evidence, type Memory, type Override } from './decide';
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
  /** What it was judged by; absent when it could not be gathered. */
  readonly evidence?: Evidence;
}

/** Looks once. Never throws: what went wrong is said, and the next turn comes soon. */
export async function look(plan: FlipPlan, memory: Memory, ports: LookPorts): Promise<Look> {
  const at = new Date(ports.now());
  const said = (why: string, next: Memory) => ({ at: at.toISOString(), why, memory: next });
  let decision: Decision | undefined;
  try {
    const claim = await ports.claim();
    const evidence = await gather(plan, claim, ports);
    const watch = { region: plan.region, home: plan.home, hasStores: plan.stores.length > 0 };
    decision = decide({ ...watch, trigger: claim.spec.trigger }, memory, evidence);
    await act(decision, claim, at, ports);
    return {
      ...said(decision.why, decision.memory),
      evidence,
      ...(decision.override && { flipped: decision.override }),
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (decision) return said(`could not flip: ${why}`, memory);
    // A look that failed breaks the time for which the evidence has stood.
    return said(`could not look: ${why}`, { ...memory, deadSince: undefined, wellSince: undefined });
  }
}

/** The Event is for people: a flip that happened is not undone because nobody could be told. */
async function act(
  { override, why }: Decision,
  judged: HeldClaim,
  at: Date,
  ports: LookPorts,
): Promise<void> {
  if (!override) return;
  const claim = await ports.claim();
  if (JSON.stringify(claim.spec) !== JSON.stringify(judged.spec))
    throw new Error('the claim has just changed');
  await ports.override(override, claim);
  const note = `epoch ${override.epoch}, ${override.mode}, to ${override.region}: ${why}`;
  await ports.tell('AutomaticFlip', note, at).catch(() => undefined);
}
