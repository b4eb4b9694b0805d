/** Composes a `PostgresDatabase`: what exists in this region, what is waited for, and where the writer is. */
import type { PostgresDatabase } from '../../../spec/claims';
import type { Composed, Compose, Condition } from '../../kind';
import { withReadiness } from '../../managed';
import { type Adoption, adoptionOf, instanceProblem } from './adoption';
import { connectionOf } from './connection';
import { type Plan, planOf } from './plan';
import type { Seen } from './seen';
import { stagesOf } from './stages';
import { manifestsOf, seenIn } from './upjet';

/** One claim in one region. */
export const composePostgresDatabase: Compose<PostgresDatabase> = (claim, observed, placement) => {
  const plan = planOf(claim, placement);
  const seen = seenIn(observed);
  const adoption = adoptionOf(plan, seen);
  const stages = stagesOf(plan, seen, adoption);
  const connection = connectionOf(plan, seen);
  const manifests = manifestsOf(plan, seen, stages, stages.observing ? undefined : connection, observed);
  const resources = withReadiness(manifests, observed);
  return {
    resources,
    status: { ...statusOf(plan, seen), reason: reasonOf(plan, seen, adoption, resources) },
    conditions: surplusOf(plan, seen),
  };
};

function statusOf(plan: Plan, { cluster, global }: Seen) {
  return {
    size: sizeOf(plan),
    writer: writerOf(plan, cluster.endpoint, global.members),
    version: cluster.version ?? '',
    endpoint: (plan.global ? global.endpoint : cluster.endpoint) ?? '',
    readerEndpoint: cluster.readerEndpoint ?? '',
    members: global.members.map(({ arn, region, writer }) => ({ arn, region, writer })),
  };
}

const sizeOf = ({ spec }: Plan) =>
  spec.size ?? (spec.capacity ? `${spec.capacity.min}-${spec.capacity.max} ACU` : '');

/** Region of the writer as AWS reports it; empty until it does. */
function writerOf(plan: Plan, endpoint: string | undefined, members: Seen['global']['members']): string {
  if (!plan.global) return endpoint ? plan.place.region : '';
  return members.find(({ writer }) => writer)?.region ?? '';
}

/** The first thing that is waited for, in the order in which things come to be. */
function reasonOf(
  plan: Plan,
  seen: Seen,
  adoption: Adoption,
  resources: Readonly<Record<string, Composed>>,
): string {
  if (adoption.reason) return adoption.reason;
  if (!resources['cluster'] && plan.placement.position === 'peer') return 'waiting for home';
  const missing = ORDER.find(([, matches]) =>
    Object.keys(resources).some((key) => matches.test(key) && !resources[key]?.ready),
  );
  const problem = instanceProblem(plan, seen);
  if (problem) return problem;
  if (missing) return `waiting for ${missing[0]}`;
  return resources['connection'] || resources['delivery'] ? '' : 'waiting for endpoints';
}

const ORDER: readonly (readonly [what: string, keys: RegExp])[] = [
  ['secret', /^(secret|secret-generator|secret-value|master-password)$/],
  ['subnets and parameters', /^(subnets|cluster-parameters-.*|parameters-.*)$/],
  ['cluster', /^cluster$/],
  ['global database', /^global$/],
  ['instances', /^instance-/],
  ['connection', /^(connection|delivery)$/],
  ['rotation', /^(secret-host|rotation)$/],
  ['reader scaling', /^readers-/],
];

/** Fewer instances in the claim leave the others running: no instance, and least of all the writer, is deleted by us. */
function surplusOf({ origin, names, instances }: Plan, { cluster }: Seen): Condition[] {
  if (origin === 'adopted') return [];
  const ours = new Set(instances.map(({ name }) => name));
  const former = Array.from({ length: MOST_INSTANCES }, (_, index) => names.part(String(index)));
  const left = cluster.instances.filter((name) => former.includes(name) && !ours.has(name));
  if (left.length === 0) return [{ type: 'Surplus', status: 'False', reason: 'None' }];
  const message = `No longer in the claim but still there: ${left.join(', ')}; delete them by hand, readers first`;
  return [{ type: 'Surplus', status: 'True', reason: 'InstancesLeft', message }];
}

/** The most that a claim can ask for. */
const MOST_INSTANCES = 15;
