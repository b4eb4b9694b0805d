/**
 * What Crossplane may compose besides managed resources and claims, which its RBAC manager grants by itself.
 *
 * https://docs.crossplane.io/v2.3/composition/compositions/#grant-access-to-composed-resources (2026-11)
 */
import { ExternalSecret } from '../../imports/externalsecrets';
import { Password } from '../../imports/externalsecrets-generators';

/** Adds a ClusterRole's rules to Crossplane's own. */
export const AGGREGATE_LABEL = { 'rbac.crossplane.io/aggregate-to-crossplane': 'true' } as const;

/** No `*`: each resource is one that a kind composes. */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] as const;

const groupOf = ({ apiVersion }: { readonly apiVersion: string }) => apiVersion.split('/')[0] ?? '';

/** Resources by API group. */
export const GRANTED: Readonly<Record<string, readonly string[]>> = {
  '': ['configmaps', 'secrets'],
  batch: ['jobs'],
  [groupOf(ExternalSecret.GVK)]: ['externalsecrets', 'pushsecrets'],
  [groupOf(Password.GVK)]: ['passwords'],
};

/** Rules of the ClusterRole. */
export const grants = () =>
  Object.entries(GRANTED).map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources],
    verbs: [...VERBS],
  }));
