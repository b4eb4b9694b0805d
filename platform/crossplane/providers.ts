/** The provider packages behind the managed resources: one for each AWS service in use. */
import { Provider } from '../../imports/crossplane-pkg';
import { registryOf } from '../../model/release';
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
  [FAMILY, ...servicesOf(kinds).map((service) => `provider-aws-${service}`)].map((name) =>
    Provider.manifest({
      metadata: { name },
      spec: {
        package: `${registryOf(account, region)}/flipside/${name}:${PROVIDER_VERSION}`,
        skipDependencyResolution: true,
        revisionActivationPolicy: 'Automatic',
      },
    }),
  );

/** `rds` of `clusters.rds.aws.m.upbound.io`. */
const servicesOf = (kinds: readonly Kind[]) =>
  [
    ...new Set(kinds.flatMap(({ activates }) => activates).flatMap((name) => name.split('.')[1] ?? [])),
  ].toSorted();
