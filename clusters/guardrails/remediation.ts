/** Repairs without a person: a short list of actions, each off until the estate names it. */
import type { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { REMEDIATIONS } from '../../spec/guardrails';
import { accept } from '../_parts';
import { documentOf, type Statement } from '../_policies';
import { ACTIONS, type Action } from './_actions';
import { trustsOwn } from './_trust';

/** What a failover is made of: no repair may call any of it, whatever its own policy allows. */
export const FAILOVER_SERVICES = [
  'arc-region-switch',
  'cloudfront',
  'dynamodb',
  'eks',
  'elasticache',
  'elasticloadbalancing',
  'globalaccelerator',
  'kms',
  'rds',
  'route53',
  's3',
  'secretsmanager',
] as const;

/** What the repairs are made of. */
export interface RemediationProps {
  /** Prefix of names, `<environment>-<region>`. */
  readonly name: string;
  /** The actions that are switched on. */
  readonly enabled: readonly (typeof REMEDIATIONS)[number][];
}

/** One automation document, one role and one rule for each action. */
export function remediationOf(stack: Stack, { name, enabled }: RemediationProps): void {
  for (const [id, action] of Object.entries(ACTIONS)) {
    const document = new CfnDocument(stack, `repair-${id}-document`, {
      name: `${name}-repair-${id}`,
      documentType: 'Automation',
      updateMethod: 'NewVersion',
      content: action.document,
    });
    const automation = automationRole(stack, id, action);
    new CfnRule(stack, `repair-${id}-rule`, {
      name: `${name}-repair-${id}`,
      description: `${action.does}. Off switch: guardrails.remediation in estate.yaml; at once: aws events disable-rule --name ${name}-repair-${id}. Runbook: ${action.runbook}`,
      state: enabled.some((one) => one === id) ? 'ENABLED' : 'DISABLED',
      eventPattern: action.pattern,
      targets: [
        {
          id: 'automation',
          arn: `arn:aws:ssm:${stack.region}:${stack.account}:automation-definition/${document.ref}:$DEFAULT`,
          roleArn: starterRole(stack, id, document, automation).attrArn,
          inputTransformer: {
            inputPathsMap: { ...action.inputs },
            inputTemplate: inputTemplate(action, automation),
          },
        },
      ],
    });
  }
}

/** Every parameter of an automation is a list. */
const inputTemplate = ({ inputs }: Action, role: CfnRole) =>
  `{${[...Object.keys(inputs).map((key) => `"${key}":[<${key}>]`), `"AutomationAssumeRole":["${role.attrArn}"]`].join(',')}}`;

function automationRole(stack: Stack, id: string, action: Action): CfnRole {
  const role = new CfnRole(stack, `repair-${id}-role`, {
    assumeRolePolicyDocument: trustsOwn(stack, 'ssm.amazonaws.com'),
    policies: [
      {
        policyName: 'repair',
        policyDocument: documentOf(...action.allow(stack), leaveFailoverAlone),
      },
    ],
  });
  accept(role, action.why, ...action.wildcards(stack).map((what) => `AwsSolutions-IAM5[Resource::${what}]`));
  accept(
    role,
    'The wildcards of a Deny only take away',
    ...FAILOVER_SERVICES.map((service) => `AwsSolutions-IAM5[Action::${service}:*]`),
    'AwsSolutions-IAM5[Resource::*]',
  );
  return role;
}

const leaveFailoverAlone: Statement = {
  Sid: 'LeaveFailoverAlone',
  Effect: 'Deny',
  Action: FAILOVER_SERVICES.map((service) => `${service}:*`),
  Resource: '*',
};

function starterRole(stack: Stack, id: string, document: CfnDocument, automation: CfnRole): CfnRole {
  const definition = `arn:aws:ssm:${stack.region}:${stack.account}:automation-definition/${document.ref}`;
  const role = new CfnRole(stack, `repair-${id}-starter`, {
    assumeRolePolicyDocument: trustsOwn(stack, 'events.amazonaws.com'),
    policies: [
      {
        policyName: 'start',
        policyDocument: documentOf(
          {
            Effect: 'Allow',
            Action: 'ssm:StartAutomationExecution',
            Resource: `${definition}:$DEFAULT`,
          },
          {
            Effect: 'Allow',
            Action: 'iam:PassRole',
            Resource: automation.attrArn,
            Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
          },
        ),
      },
    ],
  });
  return role;
}
