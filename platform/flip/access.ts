/** What the programs of the flip may ask of their own API server: each no more than it calls. */
import { BEACON, WATCH } from '../../model/identities';
import { API_GROUP, SYSTEM_NAMESPACE } from '../../spec/claims';
import type { FlipPlan, Floor } from '../../spec/flip';
import { FLIP_CONFIG_MAP } from '../apis/primary-region/config-map';
import { PROMOTE_SERVICE_ACCOUNT } from '../apis/primary-region/job';
import type { Manifest } from '../kind';

/** Service account of the beacon. */
export const BEACON_SERVICE_ACCOUNT = BEACON.name;
/** Service account of the watch. */
export const WATCH_SERVICE_ACCOUNT = WATCH.name;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Service accounts, roles and bindings, by construct id. The watch has none where it does not run. */
export function accessObjects(plan: FlipPlan, automatic: boolean): Record<string, Manifest> {
  const programs = [
    PROMOTE_SERVICE_ACCOUNT,
    BEACON_SERVICE_ACCOUNT,
    ...(automatic ? [WATCH_SERVICE_ACCOUNT] : []),
  ];
  return Object.fromEntries(
    programs.flatMap((program) => [
      [`${program}-account`, serviceAccount(program)],
      ...grant(program, SYSTEM_NAMESPACE, systemRules(program, plan)),
      ...teams(plan).flatMap(([team, floors]) => grant(program, team, teamRules(program, floors))),
    ]),
  );
}

const serviceAccount = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace: SYSTEM_NAMESPACE },
});

const claimRule = (plan: FlipPlan, ...verbs: string[]): Rule => ({
  apiGroups: [API_GROUP],
  resources: ['primaryregions'],
  resourceNames: [plan.estate],
  verbs,
});

const configMapRule = (...verbs: string[]): Rule => ({
  apiGroups: [''],
  resources: ['configmaps'],
  resourceNames: [FLIP_CONFIG_MAP],
  verbs,
});

function systemRules(program: string, plan: FlipPlan): Rule[] {
  if (program === PROMOTE_SERVICE_ACCOUNT) return [claimRule(plan, 'get'), configMapRule('patch')];
  if (program === BEACON_SERVICE_ACCOUNT) return [claimRule(plan, 'get'), configMapRule('get', 'patch')];
  return [
    claimRule(plan, 'get', 'patch'),
    configMapRule('get', 'patch'),
    { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] },
  ];
}

/** The services whose floors a flip raises, by team. */
function teams({ floors }: FlipPlan): [string, Floor[]][] {
  const names = [...new Set(floors.map(({ namespace }) => namespace))];
  return names.map((name) => [name, floors.filter(({ namespace }) => namespace === name)]);
}

function teamRules(program: string, floors: readonly Floor[]): Rule[] {
  const resourceNames = floors.map(({ service }) => service);
  const read = { apiGroups: ['apps'], resources: ['deployments'], resourceNames, verbs: ['get'] };
  if (program === BEACON_SERVICE_ACCOUNT) return [read];
  if (program !== PROMOTE_SERVICE_ACCOUNT) return [];
  return [
    read,
    { apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames, verbs: ['get', 'patch'] },
    {
      apiGroups: ['autoscaling'],
      resources: ['horizontalpodautoscalers'],
      resourceNames,
      verbs: ['get', 'patch'],
    },
  ];
}

/** A Role and its binding in one namespace; none without rules. */
function grant(program: string, namespace: string, rules: readonly Rule[]): [string, Manifest][] {
  if (rules.length === 0) return [];
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: program, namespace } };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: program };
  const subjects = [{ kind: 'ServiceAccount', name: program, namespace: SYSTEM_NAMESPACE }];
  return [
    [`${program}-role-${namespace}`, { ...rbac, kind: 'Role', rules }],
    [`${program}-binding-${namespace}`, { ...rbac, kind: 'RoleBinding', roleRef, subjects }],
  ];
}
