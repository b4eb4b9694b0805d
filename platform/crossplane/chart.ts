/** What Crossplane is told in one cluster: which kinds exist, as whom it calls AWS, what it may compose. */
import { ApiObject, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { ClusterProviderConfig } from '../../imports/aws';
import { EnvironmentConfig, ManagedResourceActivationPolicy } from '../../imports/crossplane';
import { ClusterSecretStore } from '../../imports/externalsecrets';
import type { Cluster } from '../../model/clusters';
import { factsOf } from '../../model/place';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import type { Kind } from '../kind';
import { SECRET_STORE } from '../secret';
import { AGGREGATE_LABEL, grants } from './grants';
import { providers, runtimeConfigs } from './providers';

/** What the chart is made of. */
export interface CrossplaneChartProps {
  readonly cluster: Cluster;
  readonly kinds: readonly Kind[];
  /** Namespaces whose secrets may be read from Secrets Manager. */
  readonly teams: readonly string[];
}

/** These objects' definitions come with packages that are installed in the same sync: Argo CD has to try again. */
const LATE = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' } as const;

/** Crossplane's settings. */
export class CrossplaneChart extends Chart {
  constructor(scope: Construct, id: string, { cluster, kinds, teams }: CrossplaneChartProps) {
    super(scope, id, { disableResourceNameHashes: true });
    new ManagedResourceActivationPolicy(this, 'activation', {
      metadata: { name: 'flipside' },
      spec: { activate: activated(kinds) },
    });
    for (const config of runtimeConfigs(kinds))
      new ApiObject(this, `runtime-${config.metadata.name}`, config);
    for (const provider of providers(kinds, cluster))
      new ApiObject(this, provider.metadata.name ?? '', provider);
    new ClusterProviderConfig(this, 'provider-config', {
      metadata: { name: 'default', annotations: LATE },
      spec: { credentials: { source: 'PodIdentity' } },
    });
    new k8s.KubeClusterRole(this, 'composed', {
      metadata: { name: 'flipside-composed', labels: AGGREGATE_LABEL },
      rules: grants(),
    });
    new EnvironmentConfig(this, 'environment', {
      metadata: { name: 'flipside' },
      data: environmentOf(cluster),
    });
    new ClusterSecretStore(this, 'secret-store', {
      metadata: { name: SECRET_STORE.name, annotations: LATE },
      spec: secretStore(cluster, teams),
    });
  }
}

/**
 * Only the kinds in use: each definition costs the API server about 3 MiB.
 * https://github.com/crossplane/crossplane/issues/2895 (2026-11)
 */
const activated = (kinds: readonly Kind[]): string[] =>
  [...new Set(kinds.flatMap(({ activates }) => activates))].toSorted();

/** The region's facts for compositions that a team writes itself; ours get them as their input. */
function environmentOf(cluster: Cluster) {
  const { placement, environment, region, position, account, zones } = cluster;
  return {
    estate: placement.estate,
    domain: placement.domain,
    environment,
    region,
    position,
    account,
    zones: [...zones],
    facts: factsOf(cluster),
  };
}

/** The region's own Secrets Manager, asked as the pod of External Secrets itself; closed to other namespaces. */
const secretStore = ({ region }: Cluster, teams: readonly string[]) => ({
  provider: { aws: { service: 'SecretsManager', region } },
  conditions: [{ namespaces: [...teams, SYSTEM_NAMESPACE] }],
});
