/** One region of an estate's production. */
import { appliedOf, only, resourcesOf, sidesOf, stackResources, textAt } from '../numbers/_read';
import { servicesOf, staticPoolsOf } from '../numbers/_workloads';
import type { RenderedCluster, RenderedEstate } from '../rendered';

/** A workload of a team. */
export interface Service {
  readonly name: string;
  readonly team: string;
  readonly min: number;
  readonly max: number;
  /** Behind the load balancer; else reached inside the cluster only. */
  readonly published: boolean;
}

/** What one region runs, stores left out. */
export interface Side {
  readonly region: string;
  readonly position: 'home' | 'peer';
  readonly cluster: string;
  /** Holds the writers as committed. */
  readonly primary: boolean;
  /** Users are sent here while both regions are well. */
  readonly serves: boolean;
  readonly cidr: string;
  readonly zones: number;
  /** Name of the region's own entry, where records give it one. */
  readonly entry?: string;
  readonly waf: boolean;
  readonly services: readonly Service[];
  /** What stands in the cluster for delivery and for the flip. */
  readonly platform: { readonly argo: boolean; readonly crossplane: boolean; readonly beacon: boolean };
  /** Nodes that always run. */
  readonly nodes: number;
  /** What the region's stacks add, for example `3 NAT`; empty while they are not rendered. */
  readonly network: readonly string[];
}

/** Reads one region. */
export function sideOf(estate: RenderedEstate, cluster: RenderedCluster): Side {
  const { regions, traffic } = estate.input.estate;
  const { name, region, position } = cluster;
  const primary = sidesOf(estate).primary === region;
  const { cidr, zones } = regions[position];
  const entry = entryOf(estate, position);
  return {
    region,
    position,
    cluster: name,
    primary,
    serves: primary || traffic.routing !== 'failover',
    cidr,
    zones: zones.length,
    ...(entry && { entry }),
    waf: only(resourcesOf(cluster), 'wafv2', 'WebACLAssociation').length > 0,
    services: teamServices(cluster),
    platform: platformOf(cluster),
    nodes: staticPoolsOf(cluster).reduce((sum, pool) => sum + pool.nodes, 0),
    network: networkOf(estate, name),
  };
}

/** Records of both regions are made by home. */
function entryOf({ clusters }: RenderedEstate, position: 'home' | 'peer'): string | undefined {
  const records = clusters
    .filter(({ environment }) => environment === 'prod')
    .flatMap((cluster) => only(resourcesOf(cluster), 'route53', 'Record'));
  return textAt(records.find(({ key }) => key === `entry-${position}`)?.wish, 'name');
}

const teamServices = (cluster: RenderedCluster): Service[] =>
  servicesOf(cluster)
    .filter(({ scaled }) => scaled)
    .map(({ name, team, running, max, published }) => ({ name, team, min: running, max, published }));

const platformOf = (cluster: RenderedCluster): Side['platform'] => ({
  argo: appliedOf(cluster, 'Application').length > 0,
  crossplane: appliedOf(cluster, 'Function').length > 0,
  beacon: appliedOf(cluster, 'Deployment').some(({ metadata }) => metadata.name === 'flipside-beacon'),
});

/** Parts of the stacks that people ask about, with the words for one and for several. */
const STACK_PARTS = [
  ['AWS::EC2::NatGateway', 'NAT', 'NAT'],
  ['AWS::EC2::VPCEndpoint', 'endpoint', 'endpoints'],
] as const;

const networkOf = (estate: RenderedEstate, cluster: string): string[] =>
  STACK_PARTS.flatMap(([type, one, several]) => {
    const { length } = stackResources(estate, cluster, type);
    return length === 0 ? [] : [`${length} ${length === 1 ? one : several}`];
  });
