/** The cache for reads as managed resources. It stands in both regions beforehand: creating one depends on Route 53. */
import { Cluster, ParameterGroup, SubnetGroup } from '../../../imports/dax';
import { Role, RolePolicy } from '../../../imports/iam';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import type { DaxPlan } from './_dax-plan';
import type { TablePlan } from './plan';
import type { TableSeen } from './seen';

/** Everything of the cluster; the cluster itself once its role stands, and from then on always. */
export function dax(plan: TablePlan, { daxComposed, roleFound }: TableSeen): Record<string, Manifest> {
  if (!plan.dax) return {};
  return {
    ...(plan.manages ? managedRole(plan, plan.dax) : { 'dax-role': observedRole(plan.dax) }),
    'dax-subnet-group': subnetGroup(plan, plan.dax),
    'dax-parameter-group': parameterGroup(plan, plan.dax),
    ...((daxComposed || roleFound) && { dax: cluster(plan, plan.dax) }),
  };
}

function managedRole({ tags }: TablePlan, { role }: DaxPlan): Record<string, Manifest> {
  const manifest = Role.manifest({
    metadata: {},
    spec: {
      forProvider: {
        assumeRolePolicy: JSON.stringify(role.trust),
        permissionsBoundary: role.boundary,
        tags: { ...tags },
      },
    },
  });
  const policy = RolePolicy.manifest({
    metadata: {},
    spec: { forProvider: { role: role.name, policy: JSON.stringify(role.permissions) } },
  });
  return {
    'dax-role': managed(manifest, { policy: 'keep', externalName: role.name }),
    'dax-role-policy': managed(policy, { policy: 'keep', externalName: 'table' }),
  };
}

const observedRole = ({ role }: DaxPlan) =>
  managed(Role.manifest({ metadata: {}, spec: { forProvider: {} } }), {
    policy: 'observe',
    externalName: role.name,
  });

function subnetGroup({ place }: TablePlan, { name }: DaxPlan): Manifest {
  const manifest = SubnetGroup.manifest({
    metadata: {},
    spec: { forProvider: { region: place.region, subnetIds: [...place.facts.subnets.data] } },
  });
  return managed(manifest, { policy: 'keep', externalName: name });
}

function parameterGroup({ place }: TablePlan, { name, ttlMillis }: DaxPlan): Manifest {
  const parameters = ['query-ttl-millis', 'record-ttl-millis'].map((one) => ({
    name: one,
    value: String(ttlMillis),
  }));
  const manifest = ParameterGroup.manifest({
    metadata: {},
    spec: { forProvider: { region: place.region, parameters } },
  });
  return managed(manifest, { policy: 'keep', externalName: name });
}

/**
 * Zones are left to DAX, which spreads the nodes over those of the subnet group: given here, they could not change with
 * the number of nodes. DAX has no choice of key; its disks are encrypted with a key of AWS.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_dax_CreateCluster.html (2026-11)
 */
function cluster({ place, tags }: TablePlan, { name, node, nodes, role }: DaxPlan): Manifest {
  const manifest = Cluster.manifest({
    metadata: {},
    spec: {
      forProvider: {
        region: place.region,
        nodeType: node,
        replicationFactor: nodes,
        iamRoleArn: role.arn,
        subnetGroupName: name,
        parameterGroupName: name,
        securityGroupIds: [place.facts.securityGroups.cache],
        serverSideEncryption: { enabled: true },
        clusterEndpointEncryptionType: 'TLS',
        tags: { ...tags },
      },
    },
  });
  return managed(manifest, { policy: 'keep', externalName: name });
}
