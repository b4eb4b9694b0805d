/** What reaches over the regions: the replication rule with its role, and the access point. */
import { Role, RolePolicy } from '../../../imports/iam';
import { BucketReplicationConfiguration } from '../../../imports/s3';
import { MultiRegionAccessPoint } from '../../../imports/s3control';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import type { BucketPlan, CopyPlan, RolePlan } from './plan';

/** Minutes of Replication Time Control; AWS offers no other. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html (2026-11) */
const REPLICATION_MINUTES = 15;

/**
 * The rule and its role. The rule is composed whether or not the other bucket exists yet, which this region cannot
 * see: AWS refuses it until then and the provider tries again.
 */
export function replication(plan: BucketPlan): Record<string, Manifest> {
  if (!plan.copy) return {};
  return { ...roleResources(plan.copy.role, plan.tags), replication: rule(plan, plan.copy) };
}

function roleResources(role: RolePlan, tags: BucketPlan['tags']): Record<string, Manifest> {
  if (!role.managed) return { role: observedRole(role), 'role-policy': observedRolePolicy(role) };
  const policy = RolePolicy.manifest({
    metadata: {},
    spec: { forProvider: { role: role.name, policy: JSON.stringify(role.permissions) } },
  });
  return {
    role: managed(
      Role.manifest({
        metadata: {},
        spec: {
          forProvider: {
            assumeRolePolicy: JSON.stringify(role.trust),
            permissionsBoundary: role.boundary,
            tags: { ...tags },
          },
        },
      }),
      { policy: 'keep', externalName: role.name },
    ),
    'role-policy': managed(policy, { policy: 'keep', externalName: ROLE_POLICY }),
  };
}

/** Name of the only policy inside the role. */
const ROLE_POLICY = 'replicate';

const observedRole = (role: RolePlan) =>
  managed(Role.manifest({ metadata: {}, spec: { forProvider: {} } }), {
    policy: 'observe',
    externalName: role.name,
  });

const observedRolePolicy = (role: RolePlan) =>
  managed(RolePolicy.manifest({ metadata: {}, spec: { forProvider: { role: role.name } } }), {
    policy: 'observe',
    externalName: ROLE_POLICY,
  });

function rule({ own, account, encryption }: BucketPlan, { to, role }: CopyPlan): Manifest {
  const kms = encryption === 'kms';
  const time = { minutes: REPLICATION_MINUTES };
  const manifest = BucketReplicationConfiguration.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: own.region,
        bucket: own.name,
        role: role.arn,
        rule: [
          {
            id: `to-${to.region}`,
            status: 'Enabled',
            priority: 1,
            filter: { prefix: '' },
            deleteMarkerReplication: { status: 'Enabled' },
            sourceSelectionCriteria: {
              replicaModifications: { status: 'Enabled' },
              ...(kms && { sseKmsEncryptedObjects: { status: 'Enabled' } }),
            },
            destination: {
              bucket: to.arn,
              account,
              ...(kms && { encryptionConfiguration: { replicaKmsKeyId: to.key } }),
              replicationTime: { status: 'Enabled', time },
              metrics: { status: 'Enabled', eventThreshold: time },
            },
          },
        ],
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: own.name });
}

/** Where AWS keeps the control plane of access points. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManagingMultiRegionAccessPoints.html (2026-11) */
const ACCESS_POINT_REGION = 'us-west-2';

/** The access point, if the claim asks for one. Requests through it are a data plane and need no region in particular. */
export function accessPoint({ accessPoint: point, account }: BucketPlan): Record<string, Manifest> {
  if (!point) return {};
  const details = {
    name: point.name,
    region: point.buckets.map((bucket) => ({ bucket })),
    publicAccessBlock: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  };
  const manifest = MultiRegionAccessPoint.manifest({
    metadata: {},
    spec: { forProvider: { region: ACCESS_POINT_REGION, ...(point.managed && { details }) } },
  });
  const externalName = `${account}:${point.name}`;
  return { 'access-point': managed(manifest, { policy: point.managed ? 'keep' : 'observe', externalName }) };
}
