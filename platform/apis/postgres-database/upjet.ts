/** Spells the plan as managed resources of provider-upjet-aws, and reads them back. */
import type { Manifest, Observed } from '../../kind';
import {
  connectionSecretOf,
  deliveredConnection,
  masterPassword,
  pushedHost,
  rotation,
  storedSecret,
} from './_secrets';
import { cluster } from './_upjet-cluster';
import { globalCluster } from './_upjet-global';
import { clusterParameters, groupMajors, instanceParameters, subnets } from './_upjet-groups';
import { instance, readersPolicy, readersTarget } from './_upjet-instances';
import type { Connection } from './connection';
import type { Plan } from './plan';
import type { Seen } from './seen';
import type { Stages } from './stages';

export { seenIn } from './_upjet-seen';

/** A resource, whether it is due, and how it is spelled. */
type Candidate = readonly [key: string, due: boolean, spell: () => Manifest];

/** Everything the plan is by now: what is due, and whatever was composed before. */
export function manifestsOf(
  plan: Plan,
  seen: Seen,
  stages: Stages,
  connection: Connection | undefined,
  observed: Observed,
): Record<string, Manifest> {
  const candidates = [
    ...surroundings(plan, seen, stages),
    ...secrets(plan, seen, stages, observed),
    ...stores(plan, seen, stages),
    ...connections(plan, seen, connection),
  ];
  const standing = candidates.filter(([key, due]) => due || seen.composed.has(key));
  return Object.fromEntries(standing.map(([key, , spell]) => [key, spell()]));
}

/** An adopted cluster keeps the subnets and parameters that it has. */
function surroundings(plan: Plan, seen: Seen, { observing }: Stages): Candidate[] {
  if (plan.origin === 'adopted') return [];
  const groups = groupMajors(plan, seen).flatMap((major): Candidate[] => [
    [`cluster-parameters-${major}`, !observing, () => clusterParameters(plan, major)],
    [`parameters-${major}`, !observing, () => instanceParameters(plan, major)],
  ]);
  return [['subnets', !observing, () => subnets(plan)], ...groups];
}

function secrets(plan: Plan, seen: Seen, { observing }: Stages, observed: Observed): Candidate[] {
  const stored = Object.entries(storedSecret(plan, observed));
  const candidates = stored.map(([key, manifest]): Candidate => [key, !observing, () => manifest]);
  if (plan.origin === 'adopted' || plan.placement.position === 'peer') return candidates;
  return [...candidates, ['master-password', seen.ready.has('secret-value'), () => masterPassword(plan)]];
}

function stores(plan: Plan, seen: Seen, stages: Stages): Candidate[] {
  const { global, instances, spec } = plan;
  const ones = instances.map((one): Candidate => [one.key, stages.inside, () => instance(plan, seen, one)]);
  const all: Candidate[] = [['cluster', stages.cluster, () => cluster(plan, seen, stages)], ...ones];
  if (global) all.push(['global', stages.global, () => globalCluster(plan, global, seen, stages)]);
  return [...all, ...readers(plan, spec.readers, stages)];
}

/** Only in home: Aurora does not scale the readers of a secondary cluster, which the peer's is from its birth. */
function readers(plan: Plan, wanted: Plan['spec']['readers'], { inside }: Stages): Candidate[] {
  if (!wanted || plan.placement.position === 'peer') return [];
  return [
    ['readers-target', inside, () => readersTarget(plan, wanted)],
    ['readers-policy', inside, () => readersPolicy(plan, wanted)],
  ];
}

function connections(plan: Plan, seen: Seen, connection: Connection | undefined): Candidate[] {
  if (!connection) return [];
  if (plan.spec.login === 'iam') return [['connection', true, () => connectionSecretOf(plan, connection)]];
  return [['delivery', true, () => deliveredConnection(plan, connection)], ...rotations(plan, seen)];
}

/** The password of an adopted database is rotated by whoever made it. */
function rotations(plan: Plan, seen: Seen): Candidate[] {
  const { facts } = plan.place;
  const { secretArn } = seen;
  if (plan.placement.position === 'peer' || plan.origin === 'adopted') return [];
  if (!facts.rotation || !secretArn) return [];
  const { functionArn } = facts.rotation;
  return [
    ['secret-host', seen.ready.has('delivery'), () => pushedHost(plan)],
    ['rotation', seen.ready.has('secret-host'), () => rotation(plan, secretArn, functionArn)],
  ];
}
