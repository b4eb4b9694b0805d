/**
 * The settings of Argo CD: three ConfigMaps that it reads by name. They are applied server-side over those of its
 * installation, so what they do not name stays as installed.
 */
import { stringify } from 'yaml';
import { API_GROUP } from '../../spec/claims';
import type { Manifest } from '../kind';
import { ARGOCD_NAMESPACE } from './delivered';
import { APPLICATION_HEALTH, CONDITIONS_HEALTH, PRIMARY_REGION_HEALTH } from './health';

/** How often Argo CD looks into Git by itself, in seconds: what bounds a webhook that was lost. */
export const POLL_SECONDS = 60;
/** Added to it at random, so that applications do not all look at once, in seconds. */
export const POLL_JITTER_SECONDS = 15;

/** The ConfigMaps. */
export const settings = (): Manifest[] => [
  configMap('argocd-cm', general()),
  configMap('argocd-cmd-params-cm', PARAMETERS),
  configMap('argocd-rbac-cm', PERMISSIONS),
];

const configMap = (name: string, data: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name,
    namespace: ARGOCD_NAMESPACE,
    labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'argocd' },
  },
  data,
});

const general = () => ({
  'admin.enabled': 'false',
  'exec.enabled': 'false',
  // What is delivered was rendered before it was reviewed: nothing is rendered in the cluster.
  'helm.enabled': 'false',
  'jsonnet.enabled': 'false',
  'kustomize.enabled': 'false',
  // Labels are copied to what an object owns, which would then count as the application's.
  'application.resourceTrackingMethod': 'annotation',
  'timeout.reconciliation': `${POLL_SECONDS}s`,
  'timeout.reconciliation.jitter': `${POLL_JITTER_SECONDS}s`,
  'resource.exclusions': stringify(EXCLUSIONS),
  'resource.customizations.health.argoproj.io_Application': APPLICATION_HEALTH,
  [`resource.customizations.health.${API_GROUP}_PrimaryRegion`]: PRIMARY_REGION_HEALTH,
  // Keys of a ConfigMap hold no asterisk, so patterns stand in one text; the rules above come first.
  'resource.customizations': stringify(
    { [WITH_CONDITIONS]: { 'health.lua': CONDITIONS_HEALTH } },
    { lineWidth: 0 },
  ),
});

/** Groups whose kinds report by conditions, as one pattern; a key with a second slash is refused. */
const WITH_CONDITIONS = `{${[
  API_GROUP,
  'apiextensions.crossplane.io',
  'pkg.crossplane.io',
  'aws.m.upbound.io',
  '*.aws.m.upbound.io',
].join(',')}}/*`;

/** Objects that change all the time and that no application holds. The last is of Crossplane's own advice. */
const EXCLUSIONS = [
  { apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] },
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
  { apiGroups: ['authentication.k8s.io', 'authorization.k8s.io'], kinds: ['*'] },
  { apiGroups: ['certificates.k8s.io'], kinds: ['CertificateSigningRequest'] },
  // https://docs.crossplane.io/latest/guides/crossplane-with-argo-cd/ (2026-11)
  { apiGroups: ['*'], kinds: ['ProviderConfigUsage'] },
];

/**
 * For 1,000 applications: https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/ (2026-11). There
 * is no `controller.sync.timeout.seconds`: what it ends is not tried again before the next commit.
 */
const PARAMETERS = {
  'controller.status.processors': '50',
  'controller.operation.processors': '25',
  // One repository, and none that it points to.
  'reposerver.enable.git.submodule': 'false',
};

/** On-call may look and sync. Everything else is a commit; without Git, kubectl by a recorded way in. */
const PERMISSIONS = {
  'policy.default': '',
  'policy.csv': [
    'p, role:on-call, projects, get, *, allow',
    'p, role:on-call, applications, get, */*, allow',
    'p, role:on-call, applications, sync, */*, allow',
    'g, on-call, role:on-call',
    '',
  ].join('\n'),
  scopes: '[groups]',
};
