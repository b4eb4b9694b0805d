/** No controller may delete a store: a claim that is removed from Git leaves its data. */
import type { Check } from '../check';
import { composedOf, listAt, spot } from './_read';

/** Kinds that hold data, or what opens it. */
const STORES = [
  'dynamodb/Table',
  'elasticache/GlobalReplicationGroup',
  'elasticache/ReplicationGroup',
  'rds/Cluster',
  'rds/ClusterInstance',
  'rds/GlobalCluster',
  's3/Bucket',
  's3/BucketReplicationConfiguration',
  's3/BucketVersioning',
  'secretsmanager/Secret',
] as const;

/** Policies that let a controller delete. */
const DELETING: ReadonlySet<unknown> = new Set(['Delete', '*']);

/** Crossplane deletes what a claim no longer asks for, unless it may not. */
export const storesStay: Check = {
  id: 'stores-stay',
  title: 'No controller may delete a store',
  severity: 'error',
  reference:
    'C-12; https://docs.crossplane.io/latest/managed-resources/managed-resources/#managementpolicies',
  run: (estate, report) =>
    composedOf(estate.clusters, ...STORES).flatMap((item) => {
      const policies = listAt(item.object, 'spec.managementPolicies');
      if (policies.length > 0 && !policies.some((policy) => DELETING.has(policy))) return [];
      return [
        report({
          message: `${item.object.kind} has managementPolicies ${policies.length > 0 ? policies.join(', ') : 'not set, which means all of them'}, expected Observe, Create and Update at most`,
          path: spot(item, 'spec.managementPolicies'),
          remedy: 'Leave Delete out: removing a claim must never remove data',
        }),
      ];
    }),
};
