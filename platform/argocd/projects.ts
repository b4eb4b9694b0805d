/** The AppProjects: what an application of the platform, and one of a team, may contain and where. */
import { AppProject, type AppProjectSpec } from '../../imports/argocd';
import { PRIMARY_REGION_APPLICATION } from '../../model/applications';
import { API_GROUP, claimSchemas } from '../../spec/claims';
import type { Freeze } from '../../spec/delivery';
import type { Manifest } from '../kind';
import {
  ARGOCD_NAMESPACE,
  type Delivered,
  distinct,
  groupOf,
  IN_CLUSTER,
  namespaceOf,
  type Source,
} from './delivered';

type GroupKinds = { group: string; kind: string }[];

const PLATFORM = 'platform';

/** Prefixed, because a team may be called `platform` too. */
const teamProject = (team: string) => `team-${team}`;

/** Project of an application. */
export const projectOf = ({ team }: Delivered): string => (team ? teamProject(team) : PLATFORM);

/**
 * What a team's services consist of. Neither roles nor quotas, nor the limits of its namespace: those are given to a
 * team, in its application `team-<team>`, which is the platform's.
 */
const WORKLOAD_KINDS: GroupKinds = [
  { group: '', kind: 'Service' },
  { group: '', kind: 'ServiceAccount' },
  { group: 'apps', kind: 'Deployment' },
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler' },
  { group: 'eks.amazonaws.com', kind: 'TargetGroupBinding' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { group: 'policy', kind: 'PodDisruptionBudget' },
];

/** Every claim of a team; the regional claim is not among them. */
const CLAIM_KINDS: GroupKinds = Object.keys(claimSchemas).map((kind) => ({ group: API_GROUP, kind }));

/** The projects that the applications name, the platform's first. */
export function projects(
  delivered: readonly Delivered[],
  source: Source,
  freezes: readonly Freeze[],
): Manifest[] {
  const teams = distinct(delivered.flatMap(({ team }) => team ?? []));
  return [
    platformProject(
      delivered.filter(({ team }) => !team),
      source,
      freezes,
    ),
    ...teams.map((team) => project(teamProject(team), teamSpec(team, source, freezes))),
  ];
}

/** An AppProject. It is there before the applications that name it, and goes after them. */
export const project = (name: string, spec: AppProjectSpec): Manifest =>
  AppProject.manifest({
    metadata: { name, namespace: ARGOCD_NAMESPACE, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec,
  });

/** Exactly the kinds and the namespaces that its applications hold. */
function platformProject(own: readonly Delivered[], source: Source, freezes: readonly Freeze[]): Manifest {
  const objects = own.flatMap((one) => one.objects);
  const namespaces = [
    ...objects.flatMap(({ metadata }) => metadata.namespace ?? []),
    ...own.map(namespaceOf),
  ];
  // A flip passes every freeze.
  const held = own.map(({ name }) => name).filter((name) => name !== PRIMARY_REGION_APPLICATION);
  return project(PLATFORM, {
    description: 'What every cluster offers its teams',
    sourceRepos: [source.repository],
    destinations: distinct(namespaces).map(destination),
    clusterResourceWhitelist: kindsOf(objects.filter(({ metadata }) => !metadata.namespace)),
    namespaceResourceWhitelist: kindsOf(objects.filter(({ metadata }) => metadata.namespace)),
    ...windows(freezes, held),
  });
}

const teamSpec = (team: string, source: Source, freezes: readonly Freeze[]): AppProjectSpec => ({
  description: `What team ${team} asks for, in its own namespace`,
  sourceRepos: [source.repository],
  destinations: [destination(team)],
  clusterResourceWhitelist: [],
  namespaceResourceWhitelist: [...WORKLOAD_KINDS, ...CLAIM_KINDS],
  ...windows(freezes, ['*']),
});

/** A namespace of the own cluster, as a project allows it. */
export const destination = (namespace: string) => ({ server: IN_CLUSTER, namespace });

function kindsOf(objects: readonly Manifest[]): GroupKinds {
  const keys = distinct(objects.map((object) => `${groupOf(object)}/${object.kind}`));
  return keys.map((key) => key.split('/')).map(([group = '', kind = '']) => ({ group, kind }));
}

const windows = (freezes: readonly Freeze[], applications: string[]) =>
  freezes.length > 0 && { syncWindows: freezes.map((freeze) => windowOf(freeze, applications)) };

/** Holds syncs by people as well. Seconds: the durations of Go know no days. */
const windowOf = ({ schedule, duration, reason }: Freeze, applications: string[]) => ({
  kind: 'deny',
  schedule,
  duration: `${duration}s`,
  applications,
  manualSync: false,
  description: reason,
});
