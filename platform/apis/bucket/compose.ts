/** Composes a `Bucket`: what exists in this region, what is waited for, and how an application finds it. */
import { connectionSecret } from '../../../model/connection';
import type { Bucket } from '../../../spec/claims/bucket';
import type { Composed, Compose, Condition, Manifest } from '../../kind';
import { withReadiness } from '../../managed';
import { type BucketPlan, planOf } from './plan';
import type { BucketSeen } from './seen';
import { manifestsOf, seenIn } from './upjet';

/** One claim in one region. */
export const composeBucket: Compose<Bucket> = (claim, observed, placement) => {
  const plan = planOf(claim, placement);
  const seen = seenIn(observed);
  const manifests = { ...manifestsOf(plan, seen), connection: connection(claim, plan, seen) };
  const resources = withReadiness(manifests, observed);
  return {
    resources,
    status: { ...statusOf(claim, plan, seen), reason: reasonOf(plan, seen, resources) },
    conditions: replicated(plan, resources),
  };
};

/** How an application reaches its bucket. No secret: a Secret only because every claim is reached in the same way. */
function connection(claim: Bucket, { own }: BucketPlan, { alias }: BucketSeen): Manifest {
  const values = { BUCKET: own.name, REGION: own.region, ...(alias && { ACCESS_POINT: alias }) };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: connectionSecret(claim.metadata.name) },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encoded(value)])),
  };
}

const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64');

const statusOf = (claim: Bucket, { own, other, copy, accessPoint }: BucketPlan, { alias }: BucketSeen) => ({
  bucket: own.name,
  bucketArn: own.arn,
  region: own.region,
  otherBucket: other?.name ?? '',
  content: claim.spec.content,
  replication: other ? claim.spec.replication : 'none',
  copiesTo: copy?.to.name ?? '',
  accessPoint: accessPoint ? (alias ?? '') : '',
});

/** The first thing that is waited for, in the order in which things come to be. */
function reasonOf(plan: BucketPlan, { found }: BucketSeen, resources: Readonly<Record<string, Composed>>) {
  if (plan.adopted && !found) return `waiting for bucket ${plan.own.name} to be found`;
  const missing = Object.keys(resources).find((key) => !resources[key]?.ready);
  return missing ? waitingFor(missing, plan) : '';
}

function waitingFor(key: string, { own, copy, accessPoint }: BucketPlan): string {
  const awaited: Readonly<Record<string, string>> = {
    bucket: `bucket ${own.name}`,
    role: copy?.role.managed ? 'the replication role' : 'home to make the replication role',
    'role-policy': copy?.role.managed ? 'the replication role' : 'home to make the replication role',
    replication: `bucket ${copy?.to.name} in ${copy?.to.region} to exist and be versioned`,
    'access-point': accessPoint?.managed ? 'the access point' : 'home to make the access point',
  };
  return `waiting for ${awaited[key] ?? key}`;
}

function replicated({ copy }: BucketPlan, resources: Readonly<Record<string, Composed>>): Condition[] {
  if (!copy) return [];
  const ready = resources['replication']?.ready ?? false;
  return [
    {
      type: 'Replicated',
      status: ready ? 'True' : 'False',
      reason: ready ? 'RuleStands' : 'RuleMissing',
      message: ready
        ? `New objects are copied to ${copy.to.name}`
        : `Nothing is copied to ${copy.to.name} yet`,
    },
  ];
}
