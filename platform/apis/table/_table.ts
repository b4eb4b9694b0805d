/** The table itself: managed in the home region together with its replica, observed in the peer region. */
import { Table } from '../../../imports/dynamodb';
import type { Manifest } from '../../kind';
import { managed, type Policy } from '../../managed';
import type { ReplicaPlan, TablePlan } from './plan';

/** The table of the home region. */
export function table(plan: TablePlan, policy: Policy): Manifest {
  const initProvider = startingCapacity(plan);
  const manifest = Table.manifest({
    metadata: {},
    spec: {
      forProvider: { ...identity(plan), ...capacity(plan), ...protection(plan), ...copies(plan) },
      ...(initProvider && { initProvider }),
    },
  });
  return managed(manifest, { policy, externalName: plan.name });
}

/** The peer region's copy, which the home region's `replica` makes. */
export function observedTable({ place, name }: TablePlan): Manifest {
  const manifest = Table.manifest({ metadata: {}, spec: { forProvider: { region: place.region } } });
  return managed(manifest, { policy: 'observe', externalName: name });
}

const identity = ({ place, spec, attributes, tags }: TablePlan) => ({
  region: place.region,
  hashKey: spec.key.partition.name,
  ...(spec.key.sort && { rangeKey: spec.key.sort.name }),
  attribute: attributes.map(({ name, type }) => ({ name, type })),
  ...(spec.ttl !== undefined && { ttl: { attributeName: spec.ttl, enabled: true } }),
  tags: { ...tags },
});

const capacity = (plan: TablePlan) =>
  plan.spec.capacity.provisioned
    ? { billingMode: 'PROVISIONED' }
    : { billingMode: 'PAY_PER_REQUEST', ...indexes(plan) };

/**
 * Where the autoscaler starts from. Said at birth only, else the provider would undo what the autoscaler does. The
 * indexes stand here whole because their units cannot be left out one by one; the claim keeps them unchanged.
 */
function startingCapacity(plan: TablePlan): object | undefined {
  const { provisioned } = plan.spec.capacity;
  if (!provisioned) return undefined;
  const units = { readCapacity: provisioned.min, writeCapacity: provisioned.min };
  return { ...units, ...indexes(plan, units) };
}

function indexes({ spec }: TablePlan, units: object = {}) {
  if (spec.indexes.length === 0) return {};
  return {
    globalSecondaryIndex: spec.indexes.map(({ name, partition, sort, include }) => ({
      name,
      hashKey: partition.name,
      ...(sort && { rangeKey: sort.name }),
      ...(include
        ? { projectionType: 'INCLUDE', nonKeyAttributes: [...include] }
        : { projectionType: 'ALL' }),
      ...units,
    })),
  };
}

const protection = ({ place, spec }: TablePlan) => ({
  deletionProtectionEnabled: spec.deletionProtection,
  pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: spec.backup.days },
  serverSideEncryption: { enabled: true, kmsKeyArn: place.facts.keys.data },
});

/**
 * The stream carries what the replica receives. The replica is never left out while anything is waited for: a table
 * without it in the claim's words is a replica deleted in AWS. A provisioned table gets it at the second try, after
 * its autoscaling stands ("Table write capacity should either be Pay-Per-Request or AutoScaled").
 */
const copies = ({ spec, replica }: TablePlan) => ({
  streamEnabled: true,
  streamViewType: 'NEW_AND_OLD_IMAGES',
  ...(replica && { replica: [replicaOf(replica, spec)] }),
  ...(replica && spec.witness && { globalTableWitness: { regionName: spec.witness } }),
});

const replicaOf = ({ region, key }: ReplicaPlan, spec: TablePlan['spec']) => ({
  regionName: region,
  kmsKeyArn: key,
  consistencyMode: spec.consistency === 'strong' ? 'STRONG' : 'EVENTUAL',
  pointInTimeRecovery: true,
  deletionProtectionEnabled: spec.deletionProtection,
  propagateTags: true,
});
