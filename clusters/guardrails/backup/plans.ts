/** What is backed up when, how long it is kept, and what of it is copied to the other region. */
import type { Stack } from 'aws-cdk-lib';
import { CfnBackupPlan, CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { BACKUP_DAYS, BACKUP_TAG } from '../../../model/guardrails';
import { accept } from '../../_parts';
import { managedPolicy } from '../../_policies';
import { trustsOwn } from '../_trust';
import { LONGEST_DAYS } from './vault';

/** What the plans are made of. */
export interface PlansProps {
  /** Prefix of names, `<environment>-<region>`. */
  readonly name: string;
  readonly estate: string;
  readonly vault: string;
  /** ARN of the other region's vault. @default nothing is copied */
  readonly copyTo?: string;
}

/** At night in both regions, after the windows of the databases' own snapshots; AWS takes UTC. */
const DAILY = 'cron(0 5 * * ? *)';
const MONTHLY = 'cron(0 6 1 * ? *)';

/** A snapshot may be archived from a monthly plan only, and stays there for 90 days. https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html (2026-11) */
const ARCHIVE_DAYS = 30;

/** Days after which a backup and its copy are deleted. */
const kept = { deleteAfterDays: BACKUP_DAYS };

/** The plans and what they select; gives the role that AWS Backup works in. */
export function plansOf(stack: Stack, props: PlansProps): CfnRole {
  const role = backupRole(stack);
  const daily = new CfnBackupPlan(stack, 'daily', {
    backupPlan: {
      backupPlanName: `${props.name}-daily`,
      backupPlanRule: [
        {
          ruleName: 'daily',
          targetBackupVault: props.vault,
          scheduleExpression: DAILY,
          startWindowMinutes: 60,
          completionWindowMinutes: 600,
          lifecycle: kept,
          ...(props.copyTo && {
            copyActions: [{ destinationBackupVaultArn: props.copyTo, lifecycle: kept }],
          }),
        },
      ],
    },
  });
  const monthly = new CfnBackupPlan(stack, 'monthly', {
    backupPlan: {
      backupPlanName: `${props.name}-monthly-volumes`,
      backupPlanRule: [
        {
          ruleName: 'monthly',
          targetBackupVault: props.vault,
          scheduleExpression: MONTHLY,
          lifecycle: {
            moveToColdStorageAfterDays: ARCHIVE_DAYS,
            deleteAfterDays: LONGEST_DAYS,
            optInToArchiveForSupportedResources: true,
          },
        },
      ],
    },
  });
  select(stack, 'stores', daily, role, ofClaims(props.estate));
  select(stack, 'volumes', daily, role, ofVolumes);
  select(stack, 'archived-volumes', monthly, role, ofVolumes);
  return role;
}

interface Chosen {
  readonly resources: string[];
  readonly conditions: object;
}

/** Everything that a claim of the estate owns and that holds data; buckets of logs are no claim's. */
const ofClaims = (estate: string): Chosen => ({
  resources: ['arn:aws:dynamodb:*:*:table/*', 'arn:aws:s3:::*', 'arn:aws:rds:*:*:cluster:*'],
  conditions: {
    StringEquals: [{ ConditionKey: 'aws:ResourceTag/flipside.dev/estate', ConditionValue: estate }],
    StringLike: [{ ConditionKey: 'aws:ResourceTag/flipside.dev/claim', ConditionValue: '*' }],
  },
});

/** Disks of nodes hold nothing that Git does not have, so a volume has to ask. */
const ofVolumes: Chosen = {
  resources: ['arn:aws:ec2:*:*:volume/*'],
  conditions: {
    StringEquals: [{ ConditionKey: `aws:ResourceTag/${BACKUP_TAG.key}`, ConditionValue: BACKUP_TAG.value }],
  },
};

const select = (
  stack: Stack,
  name: string,
  plan: CfnBackupPlan,
  role: CfnRole,
  { resources, conditions }: Chosen,
) =>
  new CfnBackupSelection(stack, `select-${name}`, {
    backupPlanId: plan.attrBackupPlanId,
    backupSelection: { selectionName: name, iamRoleArn: role.attrArn, resources, conditions },
  });

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html (2026-11) */
const POLICIES = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForS3Restore',
].map(managedPolicy);

/** What AWS Backup does in the account's name. */
function backupRole(stack: Stack): CfnRole {
  const role = new CfnRole(stack, 'backup-role', {
    assumeRolePolicyDocument: trustsOwn(stack, 'backup.amazonaws.com'),
    managedPolicyArns: POLICIES,
  });
  accept(
    role,
    'AWS keeps the list of what a backup of each service takes',
    ...POLICIES.map((policy) => `AwsSolutions-IAM4[Policy::${policy}]`),
  );
  return role;
}
