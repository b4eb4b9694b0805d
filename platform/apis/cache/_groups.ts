/**
 * The replication group of a region and the global datastore, so spelled that no promotion makes the provider act.
 *
 * `initProvider` holds what is said at birth only: what the global datastore decides for its members (node type,
 * shards, version), what a promotion changes (its primary, the fence) and the AUTH token, which a promotion must not
 * set anew.
 */
import { GlobalReplicationGroup, ReplicationGroup } from '../../../imports/elasticache';
import { CACHE_PORT } from '../../../model/cache-engine';
import { BORN_FENCE } from '../../../model/fence';
import type { Manifest } from '../../kind';
import { managed, type Policy } from '../../managed';
import type { CachePlan, GlobalPlan } from './plan';
import type { CacheSeen } from './seen';

/** The region's own group. */
export function group(plan: CachePlan, policy: Policy): Manifest {
  const { forProvider, initProvider } = BY_ROLE[plan.role](plan);
  const manifest = ReplicationGroup.manifest({
    metadata: {},
    spec: {
      forProvider: { ...everyGroup(plan), ...forProvider, tags: { ...plan.tags } },
      initProvider: { ...initProvider, tags: { ...BORN_FENCE } },
    },
  });
  return managed(manifest, { policy, externalName: plan.name });
}

const everyGroup = (plan: CachePlan) => ({
  region: plan.place.region,
  description: plan.description,
  replicasPerNodeGroup: plan.replicas,
  multiAzEnabled: true,
  securityGroupIds: [plan.place.facts.securityGroups.cache],
  snapshotRetentionLimit: plan.snapshotDays,
  snapshotWindow: plan.snapshotWindow,
  maintenanceWindow: plan.maintenance,
  finalSnapshotIdentifier: `${plan.name}-final`,
  // Waiting for the maintenance window would show a difference, and try to remove it, for up to a week.
  applyImmediately: true,
});

interface Fields {
  readonly forProvider: object;
  readonly initProvider: object;
}

const BY_ROLE: Readonly<Record<CachePlan['role'], (plan: CachePlan) => Fields>> = {
  alone: (plan) => ({
    forProvider: {
      ...(!plan.adopted && { ...nature(plan), ...protection(plan) }),
      ...elastic(plan),
      automaticFailoverEnabled: true,
    },
    initProvider: { ...(plan.adopted && { ...nature(plan), ...protection(plan) }), ...auth(plan) },
  }),
  founder: (plan) => ({
    forProvider: plan.adopted ? {} : protection(plan),
    initProvider: {
      ...(plan.adopted && protection(plan)),
      ...nature(plan),
      ...elastic(plan),
      ...auth(plan),
      automaticFailoverEnabled: true,
    },
  }),
  joiner: (plan) => ({
    forProvider: plan.adopted ? {} : placed(plan),
    initProvider: {
      ...(plan.adopted && placed(plan)),
      globalReplicationGroupId: plan.global?.id,
      // The provider's own default is no failover, so the value is given, though the global datastore decides it.
      automaticFailoverEnabled: true,
    },
  }),
};

/*
 * Of an adopted group its nature and protection are left as found (initProvider), because AWS changes them step by step
 * or not at all, and the provider would refuse every other update too.
 */

/** What a member takes from its global datastore, and a group on its own can change at any time. */
const elastic = ({ node, shards }: CachePlan) => ({ nodeType: node, numNodeGroups: shards });

/** What a group is; a global datastore decides it for its members, and gives them a parameter group of its own. */
const nature = ({ engine, name }: CachePlan) => ({
  engine: engine.engine,
  engineVersion: engine.version,
  clusterMode: 'enabled',
  parameterGroupName: name,
});

const protection = (plan: CachePlan) => ({
  ...placed(plan),
  atRestEncryptionEnabled: 'true',
  transitEncryptionEnabled: true,
  transitEncryptionMode: 'required',
  port: CACHE_PORT,
  // Both regions run one version, so none may move on by itself.
  autoMinorVersionUpgrade: 'false',
});

/**
 * The key and the subnets of the region: all that a joining group says of its protection. Encryption, AUTH and port
 * come from the datastore, and AWS refuses to hear them again (https://github.com/hashicorp/terraform-provider-aws/issues/24854).
 * That the AUTH token comes along is documented for the console only; to be confirmed by a drill on AWS.
 */
const placed = ({ place, name }: CachePlan) => ({ kmsKeyId: place.facts.keys.data, subnetGroupName: name });

const auth = ({ token }: CachePlan) => ({ authTokenSecretRef: { name: token.target, key: 'token' } });

/**
 * The global datastore: managed in the home region, observed in the peer region through the peer's own endpoint.
 *
 * Its primary is named at birth only. The provider cannot move it and would ask to replace the datastore instead:
 * https://github.com/hashicorp/terraform-provider-aws/issues/46121
 */
export function globalGroup(plan: CachePlan, global: GlobalPlan, { globalFound }: CacheSeen): Manifest {
  const { placement, place, adoptedGlobal } = plan;
  const observes = placement.position === 'peer' || (adoptedGlobal && !globalFound);
  if (observes) {
    const manifest = GlobalReplicationGroup.manifest({
      metadata: {},
      spec: { forProvider: { region: place.region } },
    });
    return managed(manifest, { policy: 'observe', externalName: global.id });
  }
  return managed(foundedGroup(plan, global), { policy: 'keep', externalName: global.id });
}

const foundedGroup = ({ place, description, node, engine, shards }: CachePlan, global: GlobalPlan) =>
  GlobalReplicationGroup.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: place.region,
        globalReplicationGroupIdSuffix: global.suffix,
        globalReplicationGroupDescription: description,
        cacheNodeType: node,
        numNodeGroups: shards,
        engineVersion: engine.version,
        automaticFailoverEnabled: true,
      },
      initProvider: { primaryReplicationGroupId: global.born },
    },
  });
