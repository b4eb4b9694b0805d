/**
 * The region's `Cluster`.
 *
 * What a promotion changes, or what AWS takes only at birth, stands in `initProvider` alone: the provider sends it when
 * it creates the cluster and ignores every difference afterwards. Two keys are load-bearing, the empty one too: without
 * `replicationSourceIdentifier` the provider would promote a demoted cluster out of the global database, without
 * `globalClusterIdentifier` it would detach it.
 */
import { Cluster } from '../../../imports/rds';
import { BORN_FENCE } from '../../../model/fence';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import { clusterGroupName, groupMajor, instanceGroupName, majorOf, subnetsName } from './_upjet-groups';
import { ENGINE, PORT, type Plan } from './plan';
import type { Seen } from './seen';
import type { Stages } from './stages';

/** No paid extension of an old version's life: upgrades are ours to plan. */
export const LIFECYCLE = 'open-source-rds-extended-support-disabled';

/** The region's cluster, or the one that is being adopted. */
export function cluster(plan: Plan, seen: Seen, { observing }: Stages): Manifest {
  const adopted = plan.origin === 'adopted';
  const surroundings = surroundingsOf(plan, seen);
  const manifest = Cluster.manifest({
    metadata: {},
    spec: {
      forProvider: { ...lasting(plan), ...versionHere(plan, seen), ...(!adopted && surroundings) },
      initProvider: { ...bornWith(plan, seen), ...(adopted && surroundings) },
    },
  });
  return managed(manifest, { policy: observing ? 'observe' : 'keep', externalName: plan.names.cluster });
}

const lasting = ({ spec, place, names, maintenance, tags }: Plan) => ({
  region: place.region,
  engine: ENGINE,
  storageEncrypted: true,
  deletionProtection: spec.deletionProtection,
  skipFinalSnapshot: false,
  finalSnapshotIdentifier: names.part('final'),
  deleteAutomatedBackups: false,
  backupRetentionPeriod: spec.backup.days,
  preferredBackupWindow: spec.backup.window,
  preferredMaintenanceWindow: maintenance,
  copyTagsToSnapshot: true,
  applyImmediately: false,
  iamDatabaseAuthenticationEnabled: true,
  enabledCloudwatchLogsExports: ['postgresql'],
  ...(spec.capacity && {
    serverlessv2ScalingConfiguration: { minCapacity: spec.capacity.min, maxCapacity: spec.capacity.max },
  }),
  tags: { ...tags },
});

/** What an adopted cluster keeps of its own: AWS could not change it, or clients would lose it. */
const surroundingsOf = (plan: Plan, seen: Seen) => ({
  kmsKeyId: plan.place.facts.keys.data,
  dbSubnetGroupName: subnetsName(plan),
  dbClusterParameterGroupName: clusterGroupName(plan, groupMajor(plan, seen)),
  vpcSecurityGroupIds: [plan.place.facts.securityGroups.database],
  port: PORT,
});

/** A member of a global database is upgraded through it; only a cluster on its own has a version of its own. */
function versionHere(plan: Plan, { cluster: { version } }: Seen) {
  if (plan.global) return {};
  const upgrades = version !== undefined && majorOf(version) !== majorOf(plan.version);
  return {
    engineVersion: plan.version,
    ...(upgrades && {
      allowMajorVersionUpgrade: true,
      dbInstanceParameterGroupName: instanceGroupName(plan, majorOf(plan.version)),
    }),
  };
}

function bornWith(plan: Plan, seen: Seen) {
  const { global, placement, origin } = plan;
  const joins = global !== undefined && placement.position === 'peer';
  return {
    engineLifecycleSupport: LIFECYCLE,
    tags: { ...BORN_FENCE },
    ...(global && {
      globalClusterIdentifier: global.name,
      replicationSourceIdentifier: '',
      engineVersion: joins ? (seen.global.version ?? plan.version) : plan.version,
    }),
    ...(joins && { sourceRegion: placement.home.region }),
    ...(!joins && origin !== 'adopted' && credentials(plan)),
  };
}

/** AWS refuses these for a secondary, and a cluster that was there has its own. */
const credentials = ({ spec, secrets, snapshot }: Plan) => ({
  databaseName: spec.database,
  masterUsername: spec.username,
  masterPasswordSecretRef: { name: secrets.master, key: 'password' },
  ...(snapshot && { snapshotIdentifier: snapshot }),
});
