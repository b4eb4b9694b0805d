/**
 * What may be composed by now. Home comes before peer: a peer cluster that is made first would become the writer.
 *
 * These are conditions for the first time only. Whatever has been composed once stays composed, whatever is observed
 * later: leaving a resource out makes Crossplane delete it.
 */
import type { Adoption } from './adoption';
import type { Plan } from './plan';
import type { Seen } from './seen';

/** Which groups of resources are due. */
export interface Stages {
  /** True while an adopted cluster is only looked at. */
  readonly observing: boolean;
  readonly global: boolean;
  readonly cluster: boolean;
  /** What needs a cluster that stands: instances and the scaling of readers. */
  readonly inside: boolean;
}

/** The stages of a claim in its region. */
export const stagesOf = (plan: Plan, seen: Seen, { observing }: Adoption): Stages => ({
  observing,
  global: globalIsDue(plan, seen, observing),
  cluster: clusterIsDue(plan, seen),
  inside: !observing && seen.ready.has('cluster'),
});

function globalIsDue({ global, placement }: Plan, seen: Seen, observing: boolean): boolean {
  if (!global) return false;
  if (placement.position === 'peer' || global.origin !== 'joined') return true;
  return !observing && seen.ready.has('cluster');
}

function clusterIsDue(plan: Plan, seen: Seen): boolean {
  const { origin, global, placement, arn } = plan;
  if (origin === 'adopted') return true;
  if (global && placement.position === 'peer') {
    return seen.global.members.some((member) => member.arn === global.homeArn || member.arn === arn);
  }
  const globalStands = !global || global.origin === 'joined' || seen.ready.has('global');
  return globalStands && seen.ready.has('master-password');
}
