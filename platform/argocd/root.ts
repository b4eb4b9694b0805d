/** What is applied by hand, once, to an Argo CD that was just installed: from then on it delivers everything else. */
import { Application, type AppProjectSpec } from '../../imports/argocd';
import type { Manifest } from '../kind';
import { RETRY, SERVER_SIDE } from './application';
import { ARGOCD_NAMESPACE, IN_CLUSTER, type Source } from './delivered';
import { destination, project } from './projects';
import { settings } from './settings';

/** Name of the root application, of its project and of its folder. */
export const ROOT = 'root';

/** Name of the application folder that the root delivers: the projects and the applications. */
export const ARGOCD = 'argocd';

/** The settings, the closed default project, the root and its project. Applied again it changes nothing. */
export const root = (source: Source): Manifest[] => [
  ...settings(),
  project('default', NOTHING),
  project(ROOT, rootSpec(source)),
  rootApplication(source),
];

/** Argo CD makes this project if it is missing, and then it allows everything. */
const NOTHING: AppProjectSpec = {
  description: 'Closed: an application names the project it belongs to',
  sourceRepos: [],
  destinations: [],
  // An empty list of kinds is not kept by every writer, and none would mean all.
  namespaceResourceBlacklist: [{ group: '*', kind: '*' }],
};

/** No freeze: what it delivers has windows of its own, and lifting one is a commit too. */
const rootSpec = ({ repository }: Source): AppProjectSpec => ({
  description: 'The applications of this cluster and their projects',
  sourceRepos: [repository],
  destinations: [destination(ARGOCD_NAMESPACE)],
  clusterResourceWhitelist: [],
  namespaceResourceWhitelist: ['Application', 'AppProject'].map((kind) => ({ group: 'argoproj.io', kind })),
});

/**
 * It does not hold itself: an error in it could then not be mended from outside. Nor does it respect ignored
 * differences: Argo CD ignores every status, and respecting that it would write back the status of each application as
 * it saw it last, over what the application has become meanwhile.
 */
const rootApplication = ({ repository, revision, folder }: Source): Manifest =>
  Application.manifest({
    metadata: { name: ROOT, namespace: ARGOCD_NAMESPACE },
    spec: {
      project: ROOT,
      source: { repoUrl: repository, targetRevision: revision, path: `${folder}/${ARGOCD}` },
      destination: { server: IN_CLUSTER, namespace: ARGOCD_NAMESPACE },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: [...SERVER_SIDE],
        retry: RETRY,
      },
    },
  });
