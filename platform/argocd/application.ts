/** The Argo CD Application of a rendered application. */
import type {
  ApplicationSpec,
  ApplicationSpecIgnoreDifferences,
  ApplicationSpecSyncPolicy,
} from '../../imports/argocd';
import { AUTOSCALER_MANAGER, PROMOTE_MANAGER } from '../../model/field-managers';
import { WAVES } from '../../model/waves';
import type { Manifest } from '../kind';
import { ARGOCD_NAMESPACE, type Delivered, IN_CLUSTER, isClaim, namespaceOf, type Source } from './delivered';
import { HOLDS } from './health';
import { projectOf } from './projects';

/**
 * For ever, and from the newest commit: an attempt that failed is not made again for the same commit once the tries
 * are used up, and one that repeats an old commit would keep its correction out. A flip that comes in between waits
 * for the next attempt, so they are close together.
 */
export const RETRY: ApplicationSpecSyncPolicy['retry'] = {
  limit: -1,
  refresh: true,
  backoff: { duration: '2s', factor: 2, maxDuration: '15s' },
};

/**
 * Git says what it names and leaves other fields to their owners: the override of a flip survives. Fields that no schema
 * has are refused by that alone; asking for the schema first, for each object, took a fifth of Argo CD's time.
 */
export const SERVER_SIDE: readonly string[] = ['ServerSideApply=true', 'Validate=false'];

/** What differs because of an owner that `ignoreDifferences` names is not written back. */
const RESPECTS_OWNERS = 'RespectIgnoreDifferences=true';

/** Its definitions may be made in the same minute. */
const LATE = 'SkipDryRunOnMissingResource=true';

/** Deletes what the application holds when the application leaves Git; without it everything stays. */
const CASCADE = 'resources-finalizer.argocd.argoproj.io';

/** The Application, one wave after another. */
export function application(delivered: Delivered, source: Source): Manifest {
  const holds = holdsOf(delivered);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: delivered.name,
      namespace: ARGOCD_NAMESPACE,
      annotations: {
        'argocd.argoproj.io/sync-wave': String(WAVES[delivered.wave]),
        // A push asks only the applications whose folder it touches, so that a flip does not queue behind a thousand.
        'argocd.argoproj.io/manifest-generate-paths': '.',
        ...(holds && { [HOLDS]: holds }),
      },
      // A service is made again from Git; whatever else leaves Git stays until somebody removes it.
      ...(delivered.wave === 'services' && { finalizers: [CASCADE] }),
    },
    spec: specOf(delivered, source),
  };
}

/** As the API server has it: the generated class spells one field otherwise, and a thousand of them take 30 ms. */
type Spec = Omit<ApplicationSpec, 'source'> & { readonly source: Readonly<Record<string, string>> };

function specOf(delivered: Delivered, { repository, revision, folder }: Source): Spec {
  const { name, objects, wave } = delivered;
  const claims = objects.every(isClaim);
  const isService = wave === 'services';
  return {
    project: projectOf(delivered),
    source: { repoURL: repository, targetRevision: revision, path: `${folder}/${name}` },
    destination: { server: IN_CLUSTER, namespace: namespaceOf(delivered) },
    ...(isService && { ignoreDifferences: OWNED_ELSEWHERE }),
    syncPolicy: {
      // Not `prune: false`: a sync takes that out of the application, as a default, and the root would put it back.
      automated: { ...(!claims && { prune: true }), selfHeal: true },
      syncOptions: [...SERVER_SIDE, ...(isService ? [RESPECTS_OWNERS] : []), ...(claims ? [LATE] : [])],
      retry: RETRY,
    },
  };
}

/** What others own in a service: a floor that a promotion raised, and the number of pods. */
const OWNED_ELSEWHERE: ApplicationSpecIgnoreDifferences[] = [
  { group: 'autoscaling', kind: 'HorizontalPodAutoscaler', managedFieldsManagers: [PROMOTE_MANAGER] },
  { group: 'apps', kind: 'Deployment', managedFieldsManagers: [AUTOSCALER_MANAGER, PROMOTE_MANAGER] },
];

const HOLDING: ReadonlySet<string> = new Set(['platform', 'nodes', 'teams']);

/**
 * Until when the next wave waits: until definitions are served, until the rest of the ground was applied, and for
 * nothing of what AWS or a team decides.
 */
function holdsOf({ wave, objects }: Delivered): 'applied' | 'healthy' | undefined {
  if (!HOLDING.has(wave)) return undefined;
  return objects.some(({ kind }) => kind === 'CompositeResourceDefinition') ? 'healthy' : 'applied';
}
