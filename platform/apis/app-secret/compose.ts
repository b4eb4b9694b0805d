/** Composes an `AppSecret`: what exists in this region and what is waited for. */
import type { AppSecret } from '../../../spec/claims/app-secret';
import type { Composed, Compose, Condition } from '../../kind';
import { withReadiness } from '../../managed';
import { type AppSecretPlan, planOf } from './plan';
import type { AppSecretSeen } from './seen';
import { manifestsOf, seenIn } from './upjet';

/** One claim in one region. */
export const composeAppSecret: Compose<AppSecret> = (claim, observed, placement) => {
  const plan = planOf(claim, placement);
  const seen = seenIn(observed);
  const resources = withReadiness(manifestsOf(plan, seen, observed, placement), observed);
  return {
    resources,
    status: { ...statusOf(claim, plan), reason: reasonOf(claim, plan, seen, resources) },
    conditions: rotates(claim, plan, resources),
  };
};

/** Rotation is asked for and this region, where the secret is, has no function to do it. */
const lacksFunction = ({ spec }: AppSecret, { managed, rotation }: AppSecretPlan) =>
  managed && spec.rotation !== undefined && rotation === undefined;

function rotationOf(claim: AppSecret, plan: AppSecretPlan): string {
  if (!claim.spec.rotation) return 'off';
  if (!plan.managed) return 'in home';
  return plan.rotation ? `every ${plan.rotation.everyDays}d` : 'no function';
}

const statusOf = (claim: AppSecret, plan: AppSecretPlan) => ({
  secret: plan.name,
  keys: plan.keys.join(','),
  source: claim.spec.source,
  rotation: rotationOf(claim, plan),
});

/** The first thing that is waited for; a missing rotation function keeps nobody waiting, but is said. */
function reasonOf(
  claim: AppSecret,
  plan: AppSecretPlan,
  { arn }: AppSecretSeen,
  resources: Readonly<Record<string, Composed>>,
): string {
  if (plan.managed && plan.adopted && !arn) return `waiting for secret ${plan.name} to be found`;
  const missing = Object.keys(resources).find((key) => !resources[key]?.ready);
  if (missing) return `waiting for ${awaited(missing, plan)}`;
  return lacksFunction(claim, plan)
    ? 'rotation is off: add rotation.functionArn to the facts of this region'
    : '';
}

function awaited(key: string, { name, managed, generated }: AppSecretPlan): string {
  if (key === 'rotation') return 'rotation to be set up';
  if (key === 'secret') return `secret ${name}`;
  if (key !== 'delivery') return 'the values to be generated';
  if (!managed) return 'home to make the secret';
  return generated
    ? 'the values to be delivered'
    : `an operator: aws secretsmanager put-secret-value --secret-id ${name}`;
}

function rotates(
  claim: AppSecret,
  plan: AppSecretPlan,
  resources: Readonly<Record<string, Composed>>,
): Condition[] {
  if (!claim.spec.rotation || !plan.managed) return [];
  if (lacksFunction(claim, plan)) {
    const message = 'The facts of this region name no rotation function';
    return [{ type: 'Rotates', status: 'False', reason: 'NoFunction', message }];
  }
  const ready = resources['rotation']?.ready ?? false;
  return [{ type: 'Rotates', status: ready ? 'True' : 'False', reason: ready ? 'Scheduled' : 'Waiting' }];
}
