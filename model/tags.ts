/** The tags that every taggable AWS resource carries, for owners, cost and inventory. */
import type { ClaimIdentity } from './names';

/** Tags of what a claim owns. */
export const tagsFor = (id: ClaimIdentity): Record<string, string> => ({
  'flipside.dev/estate': id.estate,
  'flipside.dev/environment': id.environment,
  'flipside.dev/team': id.namespace,
  'flipside.dev/claim': id.name,
});
