/**
 * Secrets whose value is generated in the cloud and never stands in Git, a manifest or a log of ours.
 *
 * Secrets Manager is the source of truth: External Secrets generates a value, pushes it once, and both regions read
 * it back from the Secrets Manager of their own region. A rebuilt cluster finds the value and pushes nothing.
 */
import { ExternalSecret, PushSecret } from '../imports/externalsecrets';
import { Password } from '../imports/externalsecrets-generators';
import { Secret } from '../imports/secretsmanager';
import { here, type Placement, there } from '../spec/placement';
import type { Manifest, Observed } from './kind';
import { atProvider, managed } from './managed';

/** The store that every cluster has: the Secrets Manager of its own region. */
export const SECRET_STORE = { kind: 'ClusterSecretStore', name: 'aws' } as const;

/** Days until a deleted secret is gone. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html (2026-11) */
const RECOVERY_DAYS = 30;

/**
 * External Secrets writes only into secrets that carry this tag, else "secret not managed by external-secrets".
 * https://github.com/external-secrets/external-secrets/blob/v1.3.2/providers/v1/aws/secretsmanager/secretsmanager.go (2026-11)
 */
const PUSHABLE = { 'managed-by': 'external-secrets' } as const;

/** Which symbols and lengths a service takes as a password. Letters and digits are always taken. */
export const PASSWORD_RULES = {
  /**
   * Any printable character but `/`, `"`, `@` and space; these are also safe in a URL and in a shell.
   * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html (2026-11)
   */
  rds: { min: 8, max: 41, symbols: '-_.~' },
  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html (2026-11) */
  elasticache: { min: 16, max: 128, symbols: '!&#$^<>-' },
  /** What no parser of configuration, URLs or shells gives a meaning. */
  any: { min: 8, max: 256, symbols: '-_' },
} as const;

/** A secret in the Secrets Manager of the home region, with a replica in the peer region. */
export interface ReplicatedSecretProps {
  /** Name in Secrets Manager, the same in both regions. */
  readonly name: string;
  readonly placement: Placement;
  readonly tags: Readonly<Record<string, string>>;
  readonly description?: string;
  /** `observe` for an existing secret that was not found yet. @default 'keep' */
  readonly policy?: 'keep' | 'observe';
}

/**
 * The empty secret, each copy encrypted with its region's own key; home only.
 *
 * Its external name is the secret's name, not the ARN with the random ending: DescribeSecret takes both, so a
 * rebuilt cluster finds the secret instead of failing to create it again.
 */
export function replicatedSecret(props: ReplicatedSecretProps): Manifest {
  const { name, placement, tags, description, policy = 'keep' } = props;
  const [own, other] = [here(placement), there(placement)];
  const manifest = Secret.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: own.region,
        name,
        ...(description && { description }),
        kmsKeyId: own.facts.keys.data,
        recoveryWindowInDays: RECOVERY_DAYS,
        ...(other && { replica: [{ region: other.region, kmsKeyId: other.facts.keys.data }] }),
        tags: { ...tags },
      },
    },
  });
  return managed(manifest, { policy, externalName: name });
}

/** A secret whose properties are generated once. */
export interface GeneratedSecretProps extends ReplicatedSecretProps {
  readonly observed: Observed;
  /** Unique in the claim's namespace: `<claim>-<purpose>`. */
  readonly generatorName: string;
  /** Names of the generated properties of the JSON object; each gets a value of its own. */
  readonly properties: readonly string[];
  /** Further properties that are not secret, such as a user name. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Characters of each value. */
  readonly length: number;
  /** @default none: letters and digits only */
  readonly symbols?: string;
  /** Key of the composed secret; the others are `<key>-generator` and `<key>-value`. @default 'secret' */
  readonly key?: string;
}

/**
 * The secret, its generator and the one-time push of the value; nothing in the peer region, which reads its replica.
 *
 * The push is composed once the secret stands: pushed earlier, External Secrets would create the secret itself,
 * without replica and with a key of AWS.
 */
export function generatedSecret(props: GeneratedSecretProps): Record<string, Manifest> {
  if (props.placement.position === 'peer') return {};
  const { key = 'secret', observed, tags } = props;
  const pushed = `${key}-value`;
  const stands = atProvider(observed[key])['arn'] !== undefined || observed[pushed] !== undefined;
  return {
    [key]: replicatedSecret({ ...props, tags: { ...tags, ...PUSHABLE } }),
    [`${key}-generator`]: generator(props),
    ...(stands && { [pushed]: push(props) }),
  };
}

// Named by us: the push refers to its generator by name, and Crossplane's own name is not known before it exists.
const generator = ({ generatorName, properties, length, symbols }: GeneratedSecretProps): Manifest =>
  Password.manifest({
    metadata: { name: generatorName },
    spec: {
      length,
      ...(symbols ? { symbolCharacters: symbols } : { symbols: 0 }),
      noUpper: false,
      allowRepeat: true,
      secretKeys: [...properties],
    },
  });

function push({ name, generatorName, properties, fixed, placement, tags }: GeneratedSecretProps): Manifest {
  return PushSecret.manifest({
    metadata: {},
    spec: {
      // Once pushed, never again: a later push could only meet a value it must not replace.
      refreshInterval: '0s',
      updatePolicy: 'IfNotExists',
      deletionPolicy: 'None',
      secretStoreRefs: [{ ...SECRET_STORE }],
      selector: {
        generatorRef: { apiVersion: Password.GVK.apiVersion, kind: Password.GVK.kind, name: generatorName },
      },
      template: { engineVersion: 'v2', data: { value: jsonTemplate(properties, fixed) } },
      data: [
        {
          match: { secretKey: 'value', remoteRef: { remoteKey: name } },
          metadata: pushMetadata(here(placement).facts.keys.data, tags),
        },
      ],
    },
  });
}

/** Text, because rotation functions and consoles read text; the same tags, because a push removes any other. */
const pushMetadata = (kmsKeyId: string, tags: Readonly<Record<string, string>>) => ({
  apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
  kind: 'PushSecretMetadata',
  spec: { secretPushFormat: 'string', kmsKeyId, tags: { ...tags } },
});

/** A JSON object as a Go template: fixed properties as they are, generated ones filled in by External Secrets. */
function jsonTemplate(properties: readonly string[], fixed: Readonly<Record<string, string>> = {}): string {
  const known = Object.entries(fixed).map(([name, value]) => `${JSON.stringify(name)}: ${quoted(value)}`);
  const generated = properties.map(
    (name) => `${JSON.stringify(name)}: {{ index . ${quoted(name)} | toJson }}`,
  );
  return `{${[...known, ...generated].join(', ')}}`;
}

const quoted = (text: string) => JSON.stringify(text);

/** A secret of Secrets Manager as a Kubernetes Secret, in either region. */
export interface DeliveredSecretProps {
  /** Name in Secrets Manager. */
  readonly name: string;
  /** Name of the Kubernetes Secret, in the claim's namespace. */
  readonly target: string;
  /** Properties to read; the templates name them as `{{ .property }}`. */
  readonly properties: readonly string[];
  /** Keys of the Kubernetes Secret as Go templates. @default each property under its own name */
  readonly data?: Readonly<Record<string, string>>;
  /** How long a rotated value may take to arrive. @default '5m' */
  readonly refresh?: string;
}

/** Reads the region's own copy. A secret that cannot be read leaves the last delivered values in place. */
export function deliveredSecret(props: DeliveredSecretProps): Manifest {
  const { name, target, properties, data, refresh = '5m' } = props;
  return ExternalSecret.manifest({
    metadata: {},
    spec: {
      refreshInterval: refresh,
      secretStoreRef: { ...SECRET_STORE },
      target: {
        name: target,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        ...(data && { template: { engineVersion: 'v2', data: { ...data } } }),
      },
      data: properties.map((property) => ({
        secretKey: property,
        remoteRef: { key: name, property },
      })),
    },
  });
}
