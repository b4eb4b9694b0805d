/** What an estate says about alerts, money, guardrails, its pipeline and its organization. All of it may be left out. */
import * as z from 'zod';
import { mistyped } from './_words';
import { accountId, label } from './scalars';

const text = (pattern: RegExp, expected: string, description: string) =>
  z
    .string({ error: (issue) => mistyped(issue.input, expected) })
    .regex(pattern, { error: `expected ${expected}` })
    .meta({ description });

const email = text(
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  'an e-mail address, for example on-call@example.com',
  'Who is told about alarms, findings and costs; confirms each subscription once',
);

/** Whom alarms, findings and cost alerts are sent to. */
export const alertsSchema = z.strictObject({ email }).meta({ description: 'Whom the alert topics tell' });

const dollars = z
  .int({ error: (issue) => mistyped(issue.input, 'whole US dollars a month') })
  .min(1, { error: 'below 1, expected whole US dollars a month' });

const sumOf = (shares: Readonly<Record<string, number>>) =>
  Object.values(shares).reduce((sum, share) => sum + share, 0);

/** The budget of production, in US dollars a month. */
export const budgetSchema = z
  .strictObject({
    monthly: dollars.meta({ description: 'US dollars a month; told at 50, 80 and 100 %' }),
    shares: z
      .record(label(20, 'A team, or platform for what the stacks make'), dollars)
      .default({})
      .meta({ description: 'US dollars a month of each team and of the platform; they add up to monthly' }),
  })
  .superRefine(({ monthly, shares }, context) => {
    const sum = sumOf(shares);
    if (Object.keys(shares).length === 0 || sum === monthly) return;
    context.addIssue({
      code: 'custom',
      path: ['shares'],
      message: `add up to ${sum}, expected ${monthly} like monthly`,
      input: shares,
    });
  })
  .meta({ description: 'Budget of production' });

/** What may be repaired without a person, each with a runbook. */
export const REMEDIATIONS = ['access-keys', 'open-ports'] as const;

/** Guardrails that an estate switches on. */
export const guardrailsSchema = z
  .strictObject({
    remediation: z
      .array(z.enum(REMEDIATIONS))
      .default([])
      .meta({
        description:
          'Repairs without a person. access-keys: switches off a leaked key of an IAM user. open-ports: closes ports 22 ' +
          'and 3389 to the world in security groups that the estate did not make. Left out: the rule stands, switched off',
      }),
    standards: z
      .array(z.enum(['pci-dss']))
      .default([])
      .meta({ description: 'Standards that Security Hub checks besides those of AWS and CIS' }),
    vaultLock: z
      .enum(['governance', 'compliance'])
      .optional()
      .meta({
        description:
          'Backups cannot be deleted before their time: governance can be lifted by an administrator, compliance by ' +
          'nobody once three days have passed',
      }),
    restoreTests: z.boolean().default(false).meta({
      description: 'AWS restores the newest backup of each kind every month and deletes what it restored',
    }),
    shield: z.boolean().default(false).meta({
      description: 'Shield Advanced for load balancers and zone; about 3000 US dollars a month, for a year',
    }),
    regionSwitch: z.boolean().default(false).meta({
      description: 'A plan of ARC Region switch as one more way to flip; about 70 US dollars a month',
    }),
  })
  .prefault({})
  .meta({ description: 'Guardrails that are not on by themselves' });

/** Who deploys: the repository and branch whose workflow may take the deployment roles. */
export const pipelineSchema = z
  .strictObject({
    repository: text(
      /^[\w.-]+\/[\w.-]+$/,
      'owner/name, for example example/flipside',
      'Repository on GitHub whose workflow deploys',
    ),
    branch: text(
      /^[\w./-]+$/,
      'the name of a branch, for example main',
      'Branch that production is deployed from',
    ).default('main'),
  })
  .meta({ description: 'Workflow that may take the deployment roles, without a long-lived key' });

/** The AWS organization that the estate's accounts belong to. */
export const organizationSchema = z
  .strictObject({
    id: text(/^o-[a-z0-9]{10,32}$/, 'an id like o-a1b2c3d4e5', 'Id of the organization'),
    managementAccount: accountId.meta({ description: 'Account that policies are written in' }),
    logAccount: accountId.meta({ description: 'Account that keeps the audit logs of all others' }),
    unit: text(
      /^ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}$/,
      'an id like ou-a1b2-c3d4e5f6',
      'Unit that the accounts of the estate are in',
    ),
    controls: z
      .array(
        text(
          /^[A-Z0-9_-]+$/,
          'the id of a control, for example AWS-GR_RESTRICT_ROOT_USER',
          'Control of Control Tower',
        ),
      )
      .default([])
      .meta({ description: 'Controls of Control Tower switched on for the unit' }),
  })
  .meta({ description: 'Organization whose policies the estate writes; left out: none' });
