/** Who the pods are that call AWS: each is a service account with a role of its own. */
import { SYSTEM_NAMESPACE } from '../spec/claims';

/** A service account. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** Crossplane, its providers and its functions. */
export const CROSSPLANE_NAMESPACE = 'crossplane-system';

/** External Secrets, as its chart installs it. https://external-secrets.io/latest/introduction/getting-started/ (2026-11) */
export const EXTERNAL_SECRETS: Account = { namespace: 'external-secrets', name: 'external-secrets' };

/** CloudWatch's collector, as the EKS add-on installs it. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html (2026-11) */
export const CLOUDWATCH_AGENT: Account = { namespace: 'amazon-cloudwatch', name: 'cloudwatch-agent' };

/** Service accounts of the flip's programs. */
export const PROMOTE: Account = { namespace: SYSTEM_NAMESPACE, name: 'flipside-promote' };
/** See {@link PROMOTE}. */
export const BEACON: Account = { namespace: SYSTEM_NAMESPACE, name: 'flipside-beacon' };
/** See {@link PROMOTE}. */
export const WATCH: Account = { namespace: SYSTEM_NAMESPACE, name: 'flipside-watch' };

/**
 * The provider packages that the kinds need, by AWS service: one pod, one service account and one role for each. A test
 * compares them with the kinds.
 */
export const PROVIDER_SERVICES = [
  'acm',
  'appautoscaling',
  'cloudfront',
  'cloudwatch',
  'dax',
  'dynamodb',
  'elasticache',
  'globalaccelerator',
  'iam',
  'rds',
  'route53',
  's3',
  's3control',
  'secretsmanager',
  'wafv2',
] as const;

/** An AWS service that a provider package manages. */
export type ProviderService = (typeof PROVIDER_SERVICES)[number];

/** The service account of a provider. Its DeploymentRuntimeConfig has to name it: Crossplane's own names hold a hash. */
export const providerAccount = (service: string): Account => ({
  namespace: CROSSPLANE_NAMESPACE,
  name: `provider-aws-${service}`,
});

/** Kubernetes groups of people whose access entry alone does not suffice; RBAC of the cluster names them. */
export const GROUPS = { onCall: 'flipside:on-call' } as const;
