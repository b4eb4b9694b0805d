/** The plan of a secret as managed resources, and what those say about AWS. */
import { SecretRotation } from '../../../imports/secretsmanager';
import { here, type Placement } from '../../../spec/placement';
import type { Manifest, Observed } from '../../kind';
import { atProvider, EXTERNAL_NAME, hasCondition, managed } from '../../managed';
import { deliveredSecret, generatedSecret, PASSWORD_RULES, replicatedSecret } from '../../secret';
import type { AppSecretPlan, RotationPlan } from './plan';
import type { AppSecretSeen } from './seen';

/** Reads the observed resources. */
export function seenIn(observed: Observed): AppSecretSeen {
  const { arn } = atProvider(observed['secret']);
  const rotates = observed['rotation']?.metadata.annotations?.[EXTERNAL_NAME];
  return {
    ...(typeof arn === 'string' && { arn }),
    delivered: hasCondition(observed['delivery'], 'Ready'),
    ...(rotates && { rotates }),
  };
}

/** The resources of the plan in this region. */
export function manifestsOf(
  plan: AppSecretPlan,
  seen: AppSecretSeen,
  observed: Observed,
  placement: Placement,
): Record<string, Manifest> {
  return {
    ...(plan.managed && secret(plan, seen, observed, placement)),
    delivery: deliveredSecret({ name: plan.name, target: plan.target, properties: plan.keys }),
    ...(plan.rotation && rotation(plan.rotation, seen, placement)),
  };
}

function secret(
  plan: AppSecretPlan,
  { arn }: AppSecretSeen,
  observed: Observed,
  placement: Placement,
): Record<string, Manifest> {
  const { name, tags, keys, length, generatorName } = plan;
  if (plan.adopted && !arn) return { secret: replicatedSecret({ name, placement, tags, policy: 'observe' }) };
  if (!plan.generated) return { secret: replicatedSecret({ name, placement, tags }) };
  const symbols = PASSWORD_RULES.any.symbols;
  return generatedSecret({
    name,
    placement,
    tags,
    observed,
    generatorName,
    properties: keys,
    length,
    symbols,
  });
}

/**
 * Set up once there is a value to rotate, and by the secret's ARN: the provider takes any other spelling for a
 * different secret. It may be deleted, since switching rotation off is all that deletes.
 */
function rotation(
  { everyDays, functionArn }: RotationPlan,
  { arn, delivered, rotates }: AppSecretSeen,
  placement: Placement,
): Record<string, Manifest> {
  const secretId = rotates ?? (delivered ? arn : undefined);
  if (!secretId) return {};
  const manifest = SecretRotation.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: here(placement).region,
        secretId,
        rotationLambdaArn: functionArn,
        rotationRules: { automaticallyAfterDays: everyDays },
        // The value is new; the first rotation comes with the schedule.
        rotateImmediately: false,
      },
    },
  });
  return { rotation: managed(manifest, { policy: 'own', externalName: secretId }) };
}
