/** Backups, their copies and how long they stay. */
import { modelOf } from '../../../model/estate';
import { backupVaultArn } from '../../../model/guardrails';
import { farClusters } from '../../../model/far';
import { rendered } from '../_rendered';
import { everyCluster, inputOf, propertiesOf, templateOf, type Template, type Json } from '../_templates';

const backupOf = (estate: string, cluster: string) => templateOf(estate, cluster, 'backup');

const rulesOf = (template: Template, plan: string) =>
  propertiesOf(template, 'AWS::Backup::BackupPlan').find(({ BackupPlan }) =>
    BackupPlan.BackupPlanName.endsWith(plan),
  )?.['BackupPlan'].BackupPlanRule;

test('S0-40, S4-91: a daily rule in every region', () => {
  for (const { estate, cluster } of everyCluster()) {
    const [rule] = rulesOf(backupOf(estate, cluster.name), '-daily');
    expect(rule.ScheduleExpression).toMatch(/^cron\(\d+ \d+ \* \* \? \*\)$/);
  }
});

test.each([
  ['tables', 'dynamodb'],
  ['buckets', 's3'],
  ['volumes', 'ec2'],
  ['databases', 'rds'],
])('S4-91: the daily selections cover %s', (_, service) => {
  const template = backupOf('global-tables', 'prod-us-east-1');
  const chosen = propertiesOf(template, 'AWS::Backup::BackupSelection')
    .filter(({ BackupPlanId }) => BackupPlanId['Fn::GetAtt'][0] === 'daily')
    .flatMap(({ BackupSelection }) => BackupSelection.Resources as string[]);
  expect(chosen.some((arn) => arn.startsWith(`arn:aws:${service}:`))).toBe(true);
});

test('S0-40: volumes are chosen by their tag alone', () => {
  const [volumes] = propertiesOf(backupOf('storefront', 'prod-us-east-1'), 'AWS::Backup::BackupSelection')
    .map(({ BackupSelection }) => BackupSelection)
    .filter(({ SelectionName }) => SelectionName === 'volumes');
  expect(volumes?.Conditions.StringEquals).toEqual([
    { ConditionKey: 'aws:ResourceTag/flipside.dev/backup', ConditionValue: 'daily' },
  ]);
});

test('S4-92, C-18: what is backed up in a region is copied to the vault of the other, both ways', () => {
  for (const { estate, cluster, model } of everyCluster()) {
    const [rule] = rulesOf(backupOf(estate, cluster.name), '-daily');
    const vaults = farClusters(model, cluster).map(backupVaultArn);
    const copied = (rule.CopyActions ?? []).map(
      ({ DestinationBackupVaultArn }: { DestinationBackupVaultArn: string }) => DestinationBackupVaultArn,
    );
    expect(copied).toEqual(vaults);
    const [far] = farClusters(model, cluster);
    if (!far) continue;
    const [vault] = propertiesOf(backupOf(estate, far.name), 'AWS::Backup::BackupVault');
    expect(vaults).toEqual([expect.stringMatching(new RegExp(`:${vault?.['BackupVaultName']}$`))]);
  }
});

test('S4-92: each vault has a key of its own, which rotates', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = backupOf(estate, cluster.name);
    const [vault] = propertiesOf(template, 'AWS::Backup::BackupVault');
    const [key] = propertiesOf(template, 'AWS::KMS::Key');
    expect(vault?.['EncryptionKeyArn']).toEqual({ 'Fn::GetAtt': ['key', 'Arn'] });
    expect(key?.['EnableKeyRotation']).toBe(true);
  }
});

test('S4-93: backups and their copies go after 30 days', () => {
  for (const { estate, cluster } of everyCluster()) {
    const [rule] = rulesOf(backupOf(estate, cluster.name), '-daily');
    const ages = [rule, ...(rule.CopyActions ?? [])].map(({ Lifecycle }) => Lifecycle);
    for (const age of ages) expect(age).toEqual({ DeleteAfterDays: 30 });
  }
});

test('S4-110: monthly snapshots of volumes are archived and, 90 days later at the earliest, deleted', () => {
  const [rule] = rulesOf(backupOf('global-tables', 'prod-us-east-1'), '-monthly-volumes');
  const { MoveToColdStorageAfterDays, DeleteAfterDays, OptInToArchiveForSupportedResources } = rule.Lifecycle;
  expect(OptInToArchiveForSupportedResources).toBe(true);
  expect(DeleteAfterDays - MoveToColdStorageAfterDays).toBeGreaterThanOrEqual(90);
});

test('C-12: no backup is deleted by hand, and the vault stays when its stack goes', () => {
  const template = backupOf('storefront', 'prod-us-east-1');
  const vault = template.Resources['vault'];
  expect(vault?.DeletionPolicy).toBe('Retain');
  const deny = vault?.Properties['AccessPolicy'].Statement[0];
  expect(deny).toMatchObject({ Effect: 'Deny', Principal: '*' });
  expect(deny.Action).toContain('backup:DeleteRecoveryPoint');
});

test.each([
  { lock: undefined, wanted: undefined },
  { lock: 'governance' as const, wanted: { MinRetentionDays: 30, MaxRetentionDays: 366 } },
  {
    lock: 'compliance' as const,
    wanted: { MinRetentionDays: 30, MaxRetentionDays: 366, ChangeableForDays: 3 },
  },
])('a vault lock of $lock lets every plan through and nothing shorter', ({ lock, wanted }) => {
  const input = inputOf('storefront');
  const guardrails = { ...input.estate.guardrails, vaultLock: lock };
  const templates = rendered(modelOf({ ...input, estate: { ...input.estate, guardrails } }));
  const template = templates.get('aws/prod-us-east-1-backup.json') as Template;
  const [vault] = propertiesOf(template, 'AWS::Backup::BackupVault');
  expect(vault?.['LockConfiguration']).toEqual(wanted);
  const ages = propertiesOf(template, 'AWS::Backup::BackupPlan').flatMap(({ BackupPlan }) =>
    BackupPlan.BackupPlanRule.map(({ Lifecycle }: Json) => Lifecycle.DeleteAfterDays),
  );
  for (const days of ages) {
    expect(days).toBeGreaterThanOrEqual(30);
    expect(days).toBeLessThanOrEqual(366);
  }
});

const types = (estate: string) =>
  propertiesOf(backupOf(estate, 'prod-us-east-1'), 'AWS::Backup::RestoreTestingSelection').map(
    ({ ProtectedResourceType }) => ProtectedResourceType,
  );

test('S3-36, S4-96: restores are tried every month where the estate asks for it', () => {
  expect(types('global-tables')).toEqual(expect.arrayContaining(['DynamoDB', 'S3']));
  expect(types('storefront')).toEqual([]);
});
