/** Restores that AWS tries by itself: a backup that was never restored does not count. */
import type { Stack } from 'aws-cdk-lib';
import { CfnRestoreTestingPlan, CfnRestoreTestingSelection } from 'aws-cdk-lib/aws-backup';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';

/** Names here take letters, digits and underscores only. */
const underscored = (name: string) => name.replaceAll('-', '_');

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html (2026-11) */
const KINDS = { tables: 'DynamoDB', buckets: 'S3', databases: 'Aurora', volumes: 'EBS' } as const;

/** Restores the newest backup of each kind once a month, and deletes what it restored after a day. */
export function restoreTests(stack: Stack, name: string, vaultArn: string, role: CfnRole): void {
  const plan = new CfnRestoreTestingPlan(stack, 'restore-tests', {
    restoreTestingPlanName: underscored(`${name}-restore`),
    scheduleExpression: 'cron(0 9 2 * ? *)',
    startWindowHours: 8,
    recoveryPointSelection: {
      algorithm: 'LATEST_WITHIN_WINDOW',
      includeVaults: [vaultArn],
      recoveryPointTypes: ['SNAPSHOT'],
      selectionWindowDays: 7,
    },
  });
  for (const [kind, protectedResourceType] of Object.entries(KINDS)) {
    new CfnRestoreTestingSelection(stack, `restore-${kind}`, {
      restoreTestingPlanName: plan.ref,
      restoreTestingSelectionName: underscored(`${name}-${kind}`),
      protectedResourceType,
      protectedResourceArns: ['*'],
      iamRoleArn: role.attrArn,
      validationWindowHours: 24,
    });
  }
}
