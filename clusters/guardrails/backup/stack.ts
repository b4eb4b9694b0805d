/** Backups of a cluster's region, with copies in the other one: against deletion and errors, not for the RPO of a failover. */
import type { App } from 'aws-cdk-lib';
import { farClusters } from '../../../model/far';
import { backupVault, backupVaultArn } from '../../../model/guardrails';
import { ClusterStack, type ClusterStackProps } from '../../stack';
import type { GuardrailsStack } from '../stack';
import { plansOf } from './plans';
import { restoreTests } from './restore-tests';
import { vaultOf } from './vault';

/** What the stack is made of. */
export interface BackupStackProps extends ClusterStackProps {
  readonly guardrails: GuardrailsStack;
}

/** Vault, plans, selections. The other region's vault has to stand before the first copy, not before this stack. */
export class BackupStack extends ClusterStack {
  constructor(scope: App, props: BackupStackProps) {
    super(scope, 'backup', props);
    const { model, cluster, guardrails } = props;
    const [far] = farClusters(model, cluster);
    const vault = vaultOf(this, {
      name: backupVault(cluster),
      topic: guardrails.topic.ref,
      lock: model.estate.guardrails.vaultLock,
    });
    const role = plansOf(this, {
      name: cluster.name,
      estate: model.estate.name,
      vault: vault.ref,
      ...(far && { copyTo: backupVaultArn(far) }),
    });
    if (model.estate.guardrails.restoreTests)
      restoreTests(this, cluster.name, vault.attrBackupVaultArn, role);
  }
}
