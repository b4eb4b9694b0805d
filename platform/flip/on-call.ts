/**
 * What people on call may do beyond looking: flip. EKS lets their group see the built-in kinds; kinds of others are named
 * here. Two admission policies hold what RBAC cannot: which fields of an object somebody may change.
 */
import { PRIMARY_REGION_APPLICATION } from '../../model/applications';
import { GROUPS } from '../../model/identities';
import { API_GROUP, primaryRegionFields, SYSTEM_NAMESPACE } from '../../spec/claims';
import { kinds } from '../apis';
import { ARGOCD_NAMESPACE } from '../argocd/delivered';
import type { Manifest } from '../kind';

const NAME = 'flipside-on-call';
const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'] as const;

/** Fields of the regional claim that a flip past Git writes. */
const OPEN: ReadonlySet<string> = new Set(['override', 'dryRun']);

/** Roles, bindings and policies, by construct id. What is seen is bound namespace by namespace: no one binding reaches all. */
export const onCallObjects = ({ estate, teams }: OnCallProps): Record<string, Manifest> => ({
  'on-call-sees': {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name: NAME },
    rules: [
      { apiGroups: [API_GROUP], resources: kinds.map(({ plural }) => plural), verbs: READ },
      { apiGroups: ['argoproj.io'], resources: ['applications', 'appprojects'], verbs: READ },
    ],
  },
  ...Object.fromEntries([SYSTEM_NAMESPACE, ARGOCD_NAMESPACE, ...teams].map(sees)),
  ...changes('claim', SYSTEM_NAMESPACE, API_GROUP, 'primaryregions', estate),
  // A flip asks Argo CD by an annotation to look at it now.
  ...changes('application', ARGOCD_NAMESPACE, 'argoproj.io', 'applications', PRIMARY_REGION_APPLICATION),
  ...policy('claim', API_GROUP, 'primaryregions', {
    expression: [...primaryRegionFields, 'crossplane']
      .filter((field) => !OPEN.has(field))
      .map((field) => isKept(`spec.?${field}`))
      .join(' && '),
    message:
      'on call changes spec.override and spec.dryRun only: the rest is Git’s, and so is a flip that can wait for it',
  }),
  ...policy('application', 'argoproj.io', 'applications', {
    expression: ['spec', 'operation', 'status'].map((field) => isKept(`?${field}`)).join(' && '),
    message: 'on call annotates an application to be looked at, and changes nothing else',
  }),
});

/** Whose claim it is, and in which namespaces there are others. */
interface OnCallProps {
  readonly estate: string;
  readonly teams: readonly string[];
}

const sees = (namespace: string): [string, Manifest] => [
  `on-call-sees-in-${namespace}`,
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: `${NAME}-sees`, namespace },
    ...grants('ClusterRole'),
  },
];

const grants = (kind: string) => ({
  roleRef: { apiGroup: RBAC, kind, name: NAME },
  subjects: [{ apiGroup: RBAC, kind: 'Group', name: GROUPS.onCall }],
});

/** A role to change one object, by its name. */
function changes(
  id: string,
  namespace: string,
  group: string,
  resource: string,
  name: string,
): Record<string, Manifest> {
  const rbac = { apiVersion: `${RBAC}/v1`, metadata: { name: NAME, namespace } };
  const rules = [{ apiGroups: [group], resources: [resource], resourceNames: [name], verbs: ['patch'] }];
  return {
    [`on-call-changes-${id}`]: { ...rbac, kind: 'Role', rules },
    [`on-call-changes-${id}-binding`]: { ...rbac, kind: 'RoleBinding', ...grants('Role') },
  };
}

/** True where a field, of the object or of its absence, is as it was. */
const isKept = (field: string) => `object.${field} == oldObject.${field}`;

/** Refuses the group an update for which `expression` is false. Nobody else is looked at. */
function policy(
  id: string,
  group: string,
  resource: string,
  validation: { readonly expression: string; readonly message: string },
): Record<string, Manifest> {
  const name = `${NAME}-${id}`;
  const apiVersion = 'admissionregistration.k8s.io/v1';
  return {
    [`on-call-policy-${id}`]: {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            { apiGroups: [group], apiVersions: ['*'], operations: ['UPDATE'], resources: [resource] },
          ],
        },
        matchConditions: [
          { name: 'on-call', expression: `request.userInfo.groups.exists(one, one == '${GROUPS.onCall}')` },
        ],
        validations: [{ ...validation, reason: 'Forbidden' }],
      },
    },
    [`on-call-policy-${id}-binding`]: {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  };
}
