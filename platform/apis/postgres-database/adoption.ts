/**
 * Taking over clusters that were there before: first they are only observed, and changed from then on only if they
 * already are what the claim says, so that an adoption never restarts, converts or replaces anything.
 *
 * Decided from what is observed, the policies of our own resources included: what was taken over once stays so, even
 * when the platform's version moves on.
 */
import { ENGINE, type InstancePlan, type Plan } from './plan';
import type { Seen } from './seen';

/** How far the adoption of the region's cluster is. */
export interface Adoption {
  /** True while nothing may be changed. */
  readonly observing: boolean;
  /** Empty when there is nothing to say. */
  readonly reason: string;
}

/** The state of the region's cluster. */
export function adoptionOf(plan: Plan, seen: Seen): Adoption {
  if (plan.origin !== 'adopted' || seen.takenOver.has('cluster')) return { observing: false, reason: '' };
  const { engine, version } = seen.cluster;
  if (!engine) return { observing: true, reason: `adopting: reading ${plan.names.cluster}` };
  const problem = problemOf(plan, seen);
  if (problem) return { observing: true, reason: `cannot adopt: ${problem}` };
  return { observing: false, reason: `adopting: observed ${engine} ${version}, managing from now on` };
}

/** What is different, and what it would have to be; the first of it. */
function problemOf(plan: Plan, { cluster }: Seen): string | undefined {
  const { engine, version, encrypted } = cluster;
  if (engine !== ENGINE) return `engine is ${engine}, expected ${ENGINE}`;
  if (version !== plan.version) return `version is ${version}, expected ${plan.version}; upgrade it first`;
  if (!encrypted)
    return 'storage is not encrypted, expected encrypted; restore a snapshot with a key instead';
  return membershipProblem(plan, cluster.global);
}

function membershipProblem({ global, placement }: Plan, current = ''): string | undefined {
  if (!global || current === global.name) return undefined;
  if (placement.position === 'home' && global.origin === 'joined') {
    return current && `member of ${current}, expected adopt.globalCluster: ${current}`;
  }
  return `member of ${current || 'no global database'}, expected ${global.name}`;
}

/** True when an instance may be changed: ours always, an adopted one once its class is the claim's. */
export const mayChange = (plan: Plan, seen: Seen, { key }: InstancePlan): boolean =>
  plan.origin !== 'adopted' || seen.takenOver.has(key) || seen.classes[key] === plan.instanceClass;

/** The first adopted instance of another class. */
export function instanceProblem(plan: Plan, seen: Seen): string {
  const other = plan.instances.find((one) => seen.classes[one.key] && !mayChange(plan, seen, one));
  if (!other) return '';
  return `cannot adopt: instance ${other.name} is ${seen.classes[other.key]}, expected ${plan.instanceClass}`;
}
