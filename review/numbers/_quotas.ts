/** AWS's quotas, as a new account has them, against what a load needs. */
import { NODE_SIZES } from '../../model/node-sizes';
import { CONTROL_PLANE_INTERFACES, type Quota, QUOTAS } from '../../model/quotas';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { always, each, type Load, type Needed } from './_load';
import { type Limit, nodeCpus, storeNodesOf } from './_nodes';
import { hasStacks, only, resourcesOf, stackResources } from './_read';
import { staticPoolsOf } from './_workloads';

const limitOf = ({ code, name, standard, source, service }: Quota, needed: Needed): Limit => ({
  limit: `quota ${code}: ${name}`,
  available: standard,
  needed,
  unit: `of ${service}`,
  source: `${source}, default`,
});

/** The quotas of a cluster's region. */
export function quotaLimits(
  estate: RenderedEstate,
  cluster: RenderedCluster,
  loads: readonly Load[],
): Limit[] {
  const cpus = nodeCpus(loads);
  const nats = natGateways(estate, cluster);
  const zones = Math.max(1, staticPoolsOf(cluster).length);
  const balancers = hasStacks(estate, cluster.name)
    ? stackResources(estate, cluster.name, 'AWS::ElasticLoadBalancingV2::LoadBalancer').length
    : 1;
  const standing = staticPoolsOf(cluster).reduce((sum, { nodes, size }) => sum + nodes * size.cpu, 0);
  const launched = each((situation) => Math.max(standing, cpus[situation]));
  return [
    limitOf(QUOTAS.vcpus, launched),
    limitOf(
      QUOTAS.interfaces,
      each(
        (situation) =>
          Math.ceil(launched[situation] / (NODE_SIZES[0]?.cpu ?? 1)) + fixedInterfaces(estate, cluster),
      ),
    ),
    limitOf(QUOTAS.addresses, always(nats)),
    limitOf(QUOTAS.natGateways, always(Math.ceil(nats / zones))),
    limitOf(QUOTAS.loadBalancers, always(balancers)),
    limitOf(QUOTAS.databases, always(only(resourcesOf(cluster), 'rds', 'ClusterInstance').length)),
  ];
}

/** From the stacks, or as the estate asks for them while there are none. */
export function natGateways(estate: RenderedEstate, cluster: RenderedCluster): number {
  if (hasStacks(estate, cluster.name))
    return stackResources(estate, cluster.name, 'AWS::EC2::NatGateway').length;
  return estate.input.estate.network.nat === 'single' ? 1 : Math.max(1, staticPoolsOf(cluster).length);
}

function fixedInterfaces(estate: RenderedEstate, cluster: RenderedCluster): number {
  const zones = Math.max(1, staticPoolsOf(cluster).length);
  const endpoints = stackResources(estate, cluster.name, 'AWS::EC2::VPCEndpoint').filter(
    (one) => one['VpcEndpointType'] === 'Interface',
  ).length;
  return CONTROL_PLANE_INTERFACES + storeNodesOf(cluster) + natGateways(estate, cluster) + endpoints * zones;
}
