/** The provider packages behind the managed resources: one for each AWS service in use. */
import { DeploymentRuntimeConfig, Provider } from '../../imports/crossplane-pkg';
import { providerAccount } from '../../model/identities';
import { registryOf, repositoryIn } from '../../model/release';
import type { Cluster } from '../../model/clusters';
import type { Kind, Manifest } from '../kind';

/** Version of provider-upjet-aws, the one that `imports/sources.yaml` takes the definitions from. */
export const PROVIDER_VERSION = 'v2.5.0';

/** The package that all others depend on. */
const FAMILY = 'provider-family-aws';

/**
 * The packages, from the region's own registry. A package names its dependencies by their public address, which must
 * not be asked in a failover, so each is listed here and none is resolved.
 */
export const providers = (kinds: readonly Kind[], { account, region }: Cluster): Manifest[] =>
  [FAMILY, ...servicesOf(kinds).map((service) => providerAccount(service).name)].map((name) =>
    Provider.manifest({
      metadata: { name },
      spec: {
        ...(name !== FAMILY && { runtimeConfigRef: { ...RUNTIME, name } }),
        package: `${repositoryIn(registryOf(account, region), name)}:${PROVIDER_VERSION}`,
        skipDependencyResolution: true,
        revisionActivationPolicy: 'Automatic',
      },
    }),
  );

const RUNTIME = {
  apiVersion: DeploymentRuntimeConfig.GVK.apiVersion,
  kind: DeploymentRuntimeConfig.GVK.kind,
};

/**
 * How each provider runs: as a service account that AWS knows. By itself Crossplane would name it after a revision, which
 * no Pod Identity association can foresee. https://docs.crossplane.io/latest/packages/providers/#runtime-configuration (2026-11)
 */
export const runtimeConfigs = (kinds: readonly Kind[]): Manifest[] =>
  servicesOf(kinds).map((service) => {
    const { name } = providerAccount(service);
    return DeploymentRuntimeConfig.manifest({
      metadata: { name },
      spec: { serviceAccountTemplate: { metadata: { name } } },
    });
  });

/** `rds` of `clusters.rds.aws.m.upbound.io`. */
const servicesOf = (kinds: readonly Kind[]) =>
  [
    ...new Set(kinds.flatMap(({ activates }) => activates).flatMap((name) => name.split('.')[1] ?? [])),
  ].toSorted();
