/** The administrator's password and the connection: generated in the cloud, never in Git, read in each region. */
import { PushSecret } from '../../../imports/externalsecrets';
import { SecretRotation } from '../../../imports/secretsmanager';
import type { Manifest, Observed } from '../../kind';
import { managed } from '../../managed';
import {
  deliveredSecret,
  generatedSecret,
  PASSWORD_RULES,
  replicatedSecret,
  SECRET_STORE,
} from '../../secret';
import type { Connection } from './connection';
import { PORT, type Plan } from './plan';

/** Characters of a generated password. */
const LENGTH = 32;
/** Days between two rotations. */
const ROTATION_DAYS = 30;

/** The secret in Secrets Manager; home only. An adopted database's password is not ours to make, nor always needed. */
export function storedSecret(plan: Plan, observed: Observed): Record<string, Manifest> {
  const props = { name: plan.names.secret, placement: plan.placement, tags: plan.tags };
  if (plan.placement.position === 'peer') return {};
  if (plan.origin !== 'adopted') {
    return generatedSecret({
      ...props,
      observed,
      generatorName: plan.secrets.generator,
      properties: ['password'],
      // The names that AWS's rotation functions read; they read the host as well, which is pushed once it is known.
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html (2026-11)
      fixed: {
        engine: 'postgres',
        username: plan.spec.username,
        dbname: plan.spec.database,
        port: String(PORT),
      },
      length: LENGTH,
      symbols: PASSWORD_RULES.rds.symbols,
    });
  }
  return plan.spec.login === 'password' ? { secret: replicatedSecret(props) } : {};
}

/**
 * The password that home's cluster is born with, read once and never again: the provider compares it with every later
 * value and would set a rotated one, which AWS refuses once the cluster is a secondary.
 */
export function masterPassword({ names, secrets }: Plan): Manifest {
  const manifest = deliveredSecret({
    name: names.secret,
    target: secrets.master,
    properties: ['password'],
  });
  return { ...manifest, spec: { ...(manifest.spec as object), refreshPolicy: 'CreatedOnce' } };
}

/** The connection without a password. Named by us: workloads refer to it by name. */
export const connectionSecretOf = ({ secrets }: Plan, connection: Connection): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: secrets.connection },
  type: 'Opaque',
  data: Object.fromEntries(
    Object.entries(connection).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  ),
});

/** The connection with the password of the region's own copy. */
export const deliveredConnection = ({ names, secrets }: Plan, connection: Connection): Manifest =>
  deliveredSecret({
    name: names.secret,
    target: secrets.connection,
    properties: ['password'],
    data: { ...connection, PASSWORD: '{{ .password }}' },
  });

/** Adds the host to the stored secret: a rotation function has to know where to change the password. */
export const pushedHost = ({ names, secrets, place, tags }: Plan): Manifest =>
  PushSecret.manifest({
    metadata: {},
    spec: {
      refreshInterval: '0s',
      updatePolicy: 'Replace',
      deletionPolicy: 'None',
      secretStoreRefs: [{ ...SECRET_STORE }],
      selector: { secret: { name: secrets.connection } },
      data: [
        {
          match: { secretKey: 'host', remoteRef: { remoteKey: names.secret, property: 'host' } },
          metadata: {
            apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
            kind: 'PushSecretMetadata',
            spec: { secretPushFormat: 'string', kmsKeyId: place.facts.keys.data, tags: { ...tags } },
          },
        },
      ],
    },
  });

/**
 * Rotation, where the secret was born. A replica cannot rotate, and the function reaches the writer in either region
 * through the global endpoint; if home stays away after a flip, a runbook moves the secret and its rotation.
 */
export const rotation = ({ place }: Plan, secretArn: string, functionArn: string): Manifest =>
  managed(
    SecretRotation.manifest({
      metadata: {},
      spec: {
        forProvider: {
          region: place.region,
          secretId: secretArn,
          rotationLambdaArn: functionArn,
          rotateImmediately: false,
          rotationRules: { automaticallyAfterDays: ROTATION_DAYS },
        },
      },
    }),
    { policy: 'own', externalName: secretArn },
  );
