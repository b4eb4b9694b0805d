/** The claims as each cluster receives them. */
import type { AnyClaim } from '../spec/claims';
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';

/** The claims of a cluster; in a smaller environment every store has that environment's size. */
export function claimsIn(model: EstateModel, cluster: Cluster): AnyClaim[] {
  return model.claims.map((claim) => sized(claim, cluster));
}

function sized(claim: AnyClaim, { size }: Cluster): AnyClaim {
  if (!size || !('size' in claim.spec)) return claim;
  return { ...claim, spec: { ...claim.spec, size } } as AnyClaim;
}
