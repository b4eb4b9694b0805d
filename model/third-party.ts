/**
 * Images of others that a cluster starts with. They are kept in the estate's own registry, beside its own images: what
 * starts in a failover asks no registry outside its region.
 */

/** Name in the own registry, below `flipside/`, by the repository where it is published. */
export const THIRD_PARTY: Readonly<Record<string, string>> = {
  'quay.io/argoproj/argocd': 'argocd',
  'ghcr.io/dexidp/dex': 'dex',
  'public.ecr.aws/docker/library/redis': 'redis',
  'xpkg.crossplane.io/crossplane/crossplane': 'crossplane',
  'ghcr.io/external-secrets/external-secrets': 'external-secrets',
};

/** Where packages of the AWS providers are published. https://marketplace.upbound.io/providers/upbound/provider-family-aws (2026-11) */
export const PROVIDER_PACKAGES = 'xpkg.upbound.io/upbound';
