/** Composes a `Table`: what exists in this region, what is waited for, and how an application finds it. */
import type { Table } from '../../../spec/claims/table';
import type { Composed, Compose, Condition, Manifest, Observed } from '../../kind';
import { withReadiness } from '../../managed';
import { type TablePlan, planOf } from './plan';
import type { TableSeen } from './seen';
import { manifestsOf, seenIn } from './upjet';

/** One claim in one region. */
export const composeTable: Compose<Table> = (claim, observed, placement) => {
  const plan = planOf(claim, placement);
  const seen = seenIn(observed);
  const resources = resourcesOf(plan, seen, observed);
  return {
    resources,
    status: { ...statusOf(plan, seen), reason: reasonOf(plan, seen, resources) },
    conditions: conditionsOf(plan),
  };
};

function resourcesOf(plan: TablePlan, seen: TableSeen, observed: Observed): Record<string, Composed> {
  const due = seen.found || observed['connection'] !== undefined;
  const all = withReadiness(
    { ...manifestsOf(plan, seen), ...(due && { connection: connection(plan, seen) }) },
    observed,
  );
  const role = all['dax-role'];
  if (!role || plan.manages) return all;
  // IAM answers from us-east-1. With DAX standing the peer region is ready without it.
  return { ...all, 'dax-role': { ...role, ready: role.ready || seen.daxComposed } };
}

/** How an application reaches its table. No secret: a Secret only because every claim is reached in the same way. */
function connection(plan: TablePlan, { daxEndpoint }: TableSeen): Manifest {
  const { name, place, connection: secret, dax } = plan;
  const values = {
    TABLE: name,
    REGION: place.region,
    ...(dax && daxEndpoint && { DAX_ENDPOINT: daxEndpoint }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encoded(value)])),
  };
}

const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64');

const statusOf = (plan: TablePlan, seen: TableSeen) => ({
  table: plan.name,
  region: plan.place.region,
  capacity: capacityText(plan),
  consistency: plan.spec.consistency,
  replica: replicaText(plan, seen),
  daxEndpoint: (plan.dax && seen.daxEndpoint) ?? '',
});

function capacityText({ spec: { capacity } }: TablePlan): string {
  const { provisioned } = capacity;
  return provisioned ? `${provisioned.min}-${provisioned.max} at ${provisioned.target}%` : 'on demand';
}

/** The other region, once both have the table. */
function replicaText({ replica, manages }: TablePlan, { found, replicas }: TableSeen): string {
  if (!replica) return '';
  const stands = manages ? replicas.includes(replica.region) : found;
  return stands ? replica.region : '';
}

/** The first thing that is waited for, in the order in which things come to be. */
function reasonOf(plan: TablePlan, seen: TableSeen, resources: Readonly<Record<string, Composed>>): string {
  if (plan.problems.length > 0) return 'not possible in these regions';
  if (plan.adopted && plan.manages && !seen.found) return `waiting for table ${plan.name} to be found`;
  if (!plan.manages && !seen.found) return 'waiting for home';
  if (!seen.found) return 'waiting for the table';
  if (plan.replica && !replicaText(plan, seen)) return `waiting for the replica in ${plan.replica.region}`;
  const missing = Object.keys(resources).find((key) => !resources[key]?.ready);
  if (missing) return `waiting for ${missing}`;
  return plan.dax && !seen.daxEndpoint ? 'waiting for dax' : '';
}

const conditionsOf = ({ problems }: TablePlan): Condition[] =>
  problems.map((problem) => ({
    type: 'Possible',
    status: 'False',
    reason: 'RegionsNotInOneSet',
    message: `Cannot use consistency "strong": ${problem}`,
  }));
