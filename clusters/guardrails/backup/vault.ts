/** The vault of a region: where its backups lie, and copies of the other region's. */
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { BACKUP_DAYS } from '../../../model/guardrails';
import type { Estate } from '../../../spec/estate';
import { documentOf } from '../../_policies';
import { iamDecides } from '../key';

/** Longest that any backup is kept, in days: what a lock lets through. */
export const LONGEST_DAYS = 366;
/** Until a compliance lock can never be taken off again. https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html (2026-11) */
const GRACE_DAYS = 3;

/** What a vault is. */
export interface VaultProps {
  readonly name: string;
  /** ARN of the region's topic, told of failed jobs. */
  readonly topic: string;
  readonly lock: Estate['guardrails']['vaultLock'];
}

/** Makes the vault with a key of its own: whoever may use the stores' key cannot read backups. */
export function vaultOf(stack: Stack, { name, topic, lock }: VaultProps): CfnBackupVault {
  const key = new CfnKey(stack, 'key', {
    description: 'Backups',
    enableKeyRotation: true,
    pendingWindowInDays: 30,
    keyPolicy: documentOf(iamDecides(stack.account)),
  });
  key.applyRemovalPolicy(RemovalPolicy.RETAIN);
  new CfnAlias(stack, 'alias', { aliasName: `alias/${name}`, targetKeyId: key.ref });
  const vault = new CfnBackupVault(stack, 'vault', {
    backupVaultName: name,
    encryptionKeyArn: key.attrArn,
    accessPolicy: documentOf(neverDeleted),
    notifications: {
      snsTopicArn: topic,
      backupVaultEvents: ['BACKUP_JOB_FAILED', 'COPY_JOB_FAILED', 'RESTORE_JOB_COMPLETED'],
    },
    ...(lock && { lockConfiguration: lockOf(lock) }),
  });
  vault.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return vault;
}

/** Backups go by their age alone. */
const neverDeleted = {
  Sid: 'NeverDeletedByHand',
  Effect: 'Deny',
  Principal: '*',
  Action: [
    'backup:DeleteBackupVault',
    'backup:DeleteRecoveryPoint',
    'backup:DisassociateRecoveryPoint',
    'backup:UpdateRecoveryPointLifecycle',
  ],
  Resource: '*',
} as const;

const lockOf = (lock: NonNullable<VaultProps['lock']>) => ({
  minRetentionDays: BACKUP_DAYS,
  maxRetentionDays: LONGEST_DAYS,
  ...(lock === 'compliance' && { changeableForDays: GRACE_DAYS }),
});
