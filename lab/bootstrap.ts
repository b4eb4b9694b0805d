/** What a cluster needs before Argo CD can take over: the same steps as on AWS, with the lab's sources. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { INSTALL_MANAGER, ROOT_MANAGER } from '../model/field-managers';
import { GROUPS } from '../model/identities';
import { ARGOCD_NAMESPACE } from '../platform/argocd/delivered';
import { hasCondition } from '../platform/managed';
import { complaintOf, exec } from '../scripts/exec';
import { initArgoCd, settleArgoCd, startArgoCd } from './argocd';
import { startControlPlane } from './control-plane';
import { initCrossplane, startCrossplane } from './crossplane';
import { flags } from './flags';
import { type Kube, kubeOf } from './kube';
import type { Layout, Region } from './layout';
import { addZone, startKwok } from './nodes';
import { partPath } from './parts';
import { start } from './process';
import { startProviderRds } from './provider-rds';
import { clonePath } from './repository';
import { until } from './until';

const APPLY_MS = 120_000;
/** Groups whose definitions come from Crossplane and Argo CD themselves. */
const OWN_GROUPS = /^(apiextensions|pkg|protection)\.crossplane\.io_|^argoproj\.io_/;

/** Programs by name, as bundled files. */
export interface Programs {
  readonly agent: string;
  readonly world: string;
  readonly compose: string;
  /** Folder of the bundles. */
  readonly dir: string;
}

/** Gives a control plane what bootstrap gives a cluster; returns once Argo CD has its root application. */
export async function bootstrapRegion(layout: Layout, region: Region, programs: Programs): Promise<void> {
  const kube = await kubeOf(region.kubeconfig);
  startKwok(region);
  await Promise.all([
    ...region.zones.map((zone) => addZone(kube, region, zone)),
    initCrossplane(region, kube),
    initArgoCd(kube).then(() => applyArgoCdSettings(region)),
    letOnCallSee(kube),
    applyDefinitions(layout, region),
  ]);
  await established(kube);
  await startCrossplane(region, kube, programs.compose);
  startAgent(layout, region, programs);
  // Argo CD's settings, and the application that delivers all others.
  await kubectlApply(region, [join(deliveryPath(layout, region), 'root')], ROOT_MANAGER);
  await startRealProvider(layout, region);
  await settleArgoCd(kube);
  startArgoCd(region);
}

/** Starts again what a killed region ran; its data is as it was. */
export async function reviveRegion(layout: Layout, region: Region, programs: Programs): Promise<void> {
  await startControlPlane(region);
  const kube = await kubeOf(region.kubeconfig);
  startKwok(region);
  await startCrossplane(region, kube, programs.compose);
  startAgent(layout, region, programs);
  await startRealProvider(layout, region);
  startArgoCd(region);
}

/** Where the lab has one. */
async function startRealProvider(layout: Layout, region: Region): Promise<void> {
  if (layout.provider === 'rds') await startProviderRds(layout, region, layout.account);
}

const deliveryPath = ({ state, estate }: Layout, { cluster }: Region) =>
  join(clonePath(state), 'dist', estate, 'kubernetes', cluster);

function startAgent(layout: Layout, region: Region, programs: Programs): void {
  start('node', [programs.agent], {
    name: `${region.name}-agent`,
    state: layout.state,
    region: region.name,
    env: {
      FLIPSIDE_LAYOUT: JSON.stringify(layout),
      FLIPSIDE_REPOSITORY: clonePath(layout.state),
      FLIPSIDE_PROGRAMS: programs.dir,
    },
  });
}

/** Of AWS's provider, External Secrets, Karpenter and EKS: on AWS they come with packages and with the cluster. */
async function applyDefinitions({ root, provider }: Layout, region: Region): Promise<void> {
  const dir = join(root, 'imports', 'crds');
  const family = provider === 'rds' ? familyFiles(root) : [];
  const whole = new Set(family.map((path) => basename(path)));
  const files = readdirSync(dir)
    .filter((name) => !OWN_GROUPS.test(name) && !whole.has(name))
    .map((name) => join(dir, name));
  const argo = partPath(root, 'argocd', 'crds');
  const argoFiles = readdirSync(argo)
    .filter((name) => name.endsWith('-crd.yaml'))
    .map((name) => join(argo, name));
  await kubectlApply(region, [...files, ...argoFiles, ...family], INSTALL_MANAGER);
}

/** The definitions of the family rds, whole: its provider reads more of them than the platform writes. */
function familyFiles(root: string): string[] {
  const dir = partPath(root, 'provider-aws-rds', 'crds');
  return readdirSync(dir)
    .filter((name) => /^(rds\.)?aws\.m\.upbound\.io_/.test(name))
    .map((name) => join(dir, name));
}

/** Those of Argo CD's own installation; the platform's are applied over them. */
const applyArgoCdSettings = (region: Region) =>
  kubectlApply(region, [join(partPath(region.root, 'argocd', 'config'), 'argocd-cm.yaml')], INSTALL_MANAGER);

/** Applies to the namespace of Argo CD what names none. */
async function kubectlApply(region: Region, paths: readonly string[], manager: string): Promise<void> {
  // kubectl caches what it discovers below the home folder.
  const home = mkdtempSync(join(tmpdir(), 'flipside-kubectl-'));
  try {
    const args = [
      'apply',
      ...flags({
        'server-side': true,
        'force-conflicts': true,
        'field-manager': manager,
        kubeconfig: region.kubeconfig,
        namespace: ARGOCD_NAMESPACE,
      }),
      ...paths.flatMap((path) => ['--filename', path]),
    ];
    const ran = await exec(partPath(region.root, 'kubernetes', 'kubectl'), args, {
      timeout: APPLY_MS,
      env: { HOME: home },
    });
    if (!ran.ok) throw new Error(`Cannot apply to "${region.cluster}": ${complaintOf(ran)}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** What the access policy AmazonEKSViewPolicy gives the group on EKS: the built-in kinds, without secrets. */
const letOnCallSee = (kube: Kube) =>
  kube.apply('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/lab-on-call-sees', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'lab-on-call-sees' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: GROUPS.onCall }],
  });

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

async function established(kube: Kube): Promise<void> {
  await until(
    'the definitions',
    async () => (await kube.list(CRDS)).every((one) => hasCondition(one, 'Established')),
    APPLY_MS,
  );
}
