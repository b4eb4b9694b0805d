/** Every name Flipside gives to something in AWS or Kubernetes. Deterministic, within the limit of its service. */
import { createHash } from 'node:crypto';

/** Longest name each service accepts, in characters. Source: the API reference of each service, read 2026-11. */
export const NAME_LIMITS = {
  /** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
  rds: 63,
  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
  elasticache: 40,
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  s3: 63,
  /** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  iam: 64,
  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Limits.html */
  dynamodb: 255,
  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.client.create-cluster.html */
  dax: 20,
  /** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
  secret: 512,
  /** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
  kubernetes: 63,
} as const;

/** A service whose names Flipside makes. */
export type NamedService = keyof typeof NAME_LIMITS;

/**
 * Joins `parts` with hyphens. A name over the limit keeps its head and ends in eight digits of a hash over the
 * parts, so two long names never become one. The parts must hold no empty string.
 */
export function nameFor(service: NamedService, parts: readonly string[]): string {
  const limit = NAME_LIMITS[service];
  const name = parts.join('-');
  if (name.length <= limit) return name;
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
  return `${name.slice(0, limit - 9).replace(/-+$/, '')}-${hash}`;
}

/** `<environment>-<region>`: the name of a cluster, and of its folder under `dist/`. */
export const clusterName = (environment: string, region: string) => `${environment}-${region}`;

/** `<environment>-<region>-<part>`: the name of a thing that exists once in a region. */
export const regionalName = (environment: string, region: string, part: string) =>
  `${clusterName(environment, region)}-${part}`;

/** A claim's identity: what its AWS names are made of. */
export interface ClaimIdentity {
  readonly estate: string;
  readonly environment: string;
  readonly namespace: string;
  readonly name: string;
}

/** The identity of a claim where it is composed. */
export const identityOf = (
  { metadata }: { readonly metadata: { readonly namespace: string; readonly name: string } },
  { estate, environment }: { readonly estate: string; readonly environment: string },
): ClaimIdentity => ({ estate, environment, namespace: metadata.namespace, name: metadata.name });

/** Name of what a claim owns once for both regions. */
export const globalNameOf = (service: NamedService, id: ClaimIdentity) =>
  nameFor(service, [id.environment, id.estate, id.namespace, id.name]);

/** Name of what a claim owns in each region. */
export const regionalNameOf = (service: NamedService, id: ClaimIdentity, region: string) =>
  nameFor(service, [id.environment, region, id.estate, id.namespace, id.name]);
