/** No controller fights a promotion: what changes with the writer is set once and then left alone. */
import type { Check } from '../check';
import { type Located, composedOf, initial, kindOf, listAt, mapAt, prodOf, spot, wanted } from './_read';

/** Fields that AWS changes when the writer moves, by kind, each in initProvider. */
const VOLATILE: Readonly<Record<string, readonly string[]>> = {
  'rds/Cluster': ['globalClusterIdentifier', 'replicationSourceIdentifier'],
  'elasticache/GlobalReplicationGroup': ['primaryReplicationGroupId'],
};

/** Set by whoever is bound to be wrong after a promotion. */
const NEVER_WANTED: Readonly<Record<string, readonly string[]>> = {
  'rds/Cluster': [
    'globalClusterIdentifier',
    'replicationSourceIdentifier',
    'sourceRegion',
    'masterPasswordSecretRef',
  ],
  'elasticache/GlobalReplicationGroup': ['primaryReplicationGroupId'],
  'elasticache/ReplicationGroup': ['globalReplicationGroupId'],
};

/** Tags of the fence belong to the promotion. */
const FENCE = /^flipside\.dev\/(epoch|promoted)$/;

/** Leaving a key out makes the provider detach the cluster or promote it a second time. */
export const promotionSafeFields: Check = {
  id: 'promotion-safe-fields',
  title: 'No controller undoes what a promotion changes',
  severity: 'error',
  reference:
    'measured with provider-aws v2.5.0: without these keys it calls PromoteReadReplicaDBCluster or RemoveFromGlobalCluster',
  run: (estate, report) =>
    composedOf(prodOf(estate), ...Object.keys(NEVER_WANTED)).flatMap((item) =>
      faultsOf(item).map(([field, message]) =>
        report({
          message: `${item.object.kind} ${message}`,
          path: spot(item, `spec.${field}`),
          remedy: 'Keep the key in initProvider and out of forProvider, and leave LateInitialize out',
        }),
      ),
    ),
};

type Fault = readonly [field: string, message: string];

function faultsOf(item: Located): Fault[] {
  const kind = kindOf(item.object);
  const policies = listAt(item.object, 'spec.managementPolicies');
  const creates = policies.includes('Create');
  const missing = creates ? (VOLATILE[kind] ?? []).filter((key) => !(key in initial(item))) : [];
  const held = (NEVER_WANTED[kind] ?? []).filter((key) => key in wanted(item));
  const fence = Object.keys(mapAt(wanted(item), 'tags')).filter((key) => FENCE.test(key));
  return [
    ...missing.map((key): Fault => [`initProvider.${key}`, `leaves ${key} out of initProvider`]),
    ...held.map((key): Fault => [
      `forProvider.${key}`,
      `holds ${key} in forProvider, expected it in initProvider only`,
    ]),
    ...fence.map((key): Fault => ['forProvider.tags', `holds the tag ${key}, which the promotion writes`]),
    ...(policies.includes('LateInitialize') || policies.includes('*')
      ? [['managementPolicies', 'has LateInitialize, which takes over what a promotion set'] as const]
      : []),
    ...wrongSource(item, creates),
  ];
}

/** The value is `""`: create without a source, and then leave the field alone. */
function wrongSource(item: Located, creates: boolean): Fault[] {
  const source = initial(item).replicationSourceIdentifier;
  if (kindOf(item.object) !== 'rds/Cluster' || !creates || source === undefined || source === '') return [];
  return [
    ['initProvider.replicationSourceIdentifier', `is born with the source "${String(source)}", expected ""`],
  ];
}
