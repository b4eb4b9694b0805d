/** Plays a claim to its end without AWS: composes it again and again, each time with what AWS would have answered. */
import type { Claim } from '../spec/claims';
import type { Placement } from '../spec/placement';
import type { Composition, Kind, Manifest, Observed } from './kind';

/** Far above the few rounds any claim needs. */
const MAX_ROUNDS = 20;

/** The steady state of a claim in one region. Throws when the claim never comes to rest. */
export function settle<C extends Claim>(
  kind: Kind<C>,
  claim: C,
  placement: Placement,
): { readonly composition: Composition; readonly observed: Observed } {
  let observed: Observed = {};
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const composition = kind.compose(claim, observed, placement);
    const answered = answer(kind, composition, placement);
    if (JSON.stringify(answered) === JSON.stringify(observed)) return { composition, observed };
    observed = answered;
  }
  throw new Error(
    `Cannot settle ${claim.kind} "${claim.metadata.name}": still changing after ${MAX_ROUNDS} rounds`,
  );
}

function answer<C extends Claim>(kind: Kind<C>, composition: Composition, placement: Placement): Observed {
  return Object.fromEntries(
    Object.entries(composition.resources).map(([key, { manifest }]) => [
      key,
      observedFrom(manifest, kind.example(key, manifest, placement)),
    ]),
  );
}

/** The object as the API server would hold it once its controller is content. */
export function observedFrom(manifest: Manifest, atProvider: Record<string, unknown>): Manifest {
  const conditions = ['Ready', 'Synced', 'Complete'].map((type) => ({ type, status: 'True' }));
  return { ...manifest, status: { conditions, atProvider } };
}
