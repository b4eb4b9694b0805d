/** Nothing of production is bound to one availability zone. */
import type { Check } from '../check';
import type { RenderedEstate, Template } from '../rendered';
import {
  type Located,
  appliedOf,
  composedOf,
  kindOf,
  leavesOf,
  listAt,
  mapAt,
  podSpecOf,
  prodOf,
  spot,
  textAt,
  wanted,
} from './_read';

const ZONE = 'topology.kubernetes.io/zone';
const SUBNET_GROUPS = ['rds/SubnetGroup', 'elasticache/SubnetGroup', 'dax/SubnetGroup'] as const;

/** The loss of a zone takes a third of everything, never all of one thing. */
export const noSingleZone: Check = {
  id: 'no-single-zone',
  title: 'Nothing is bound to a single zone',
  severity: 'error',
  reference: 'C-02, S3-37, S0-52: parts pinned to one zone broke a Black Friday',
  run: (estate, report) =>
    pinned(estate).map(([path, message]) =>
      report({ message, path, remedy: 'Spread it over three zones, or let each zone have its own' }),
    ),
};

type Pinned = readonly [path: string, message: string];

const pinned = (estate: RenderedEstate): Pinned[] => [
  ...nodePools(estate),
  ...pods(estate),
  ...subnetGroups(estate),
  ...instances(estate),
  ...estate.templates.flatMap(natGateways),
];

/** Zones that the pools of a cluster offer together: one pool alone may well be of one zone. */
const nodePools = (estate: RenderedEstate): Pinned[] =>
  prodOf(estate).flatMap((cluster) => {
    const pools = appliedOf([cluster], 'NodePool');
    const zones = new Set(pools.flatMap(zonesOf));
    const [first] = pools;
    if (!first || zones.size >= 3 || pools.some((pool) => zonesOf(pool).length === 0)) return [];
    return [[spot(first), `Nodes of ${cluster.name} are in ${zones.size} of three zones`]];
  });

const zonesOf = ({ object }: Located): unknown[] =>
  listAt(object, 'spec.template.spec.requirements')
    .filter((one) => textAt(one, 'key') === ZONE)
    .flatMap((one) => listAt(one, 'values'));

const pods = (estate: RenderedEstate): Pinned[] =>
  appliedOf(prodOf(estate), 'Deployment', 'StatefulSet', 'DeploymentRuntimeConfig').flatMap((item) => {
    const pod = podSpecOf(item);
    const terms = listAt(
      pod,
      'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms',
    );
    const bound =
      ZONE in mapAt(pod, 'nodeSelector') ||
      leavesOf(terms).some(([path, value]) => path.endsWith('.key') && value === ZONE);
    return bound
      ? [[spot(item, 'spec'), `Pods of ${item.object.metadata.name} are bound to zones by name`]]
      : [];
  });

const subnetGroups = (estate: RenderedEstate): Pinned[] =>
  composedOf(prodOf(estate), ...SUBNET_GROUPS)
    .filter((item) => listAt(wanted(item), 'subnetIds').length < 3)
    .map((item) => [
      spot(item, 'spec.forProvider.subnetIds'),
      `${kindOf(item.object)} has ${listAt(wanted(item), 'subnetIds').length} subnets, expected one in each of three zones`,
    ]);

const instances = (estate: RenderedEstate): Pinned[] =>
  composedOf(prodOf(estate), 'rds/Cluster').flatMap((cluster) => {
    const members = composedOf([cluster.cluster], 'rds/ClusterInstance').filter(
      ({ file }) => file === cluster.file,
    );
    const zones = members.map((member) => textAt(wanted(member), 'availabilityZone'));
    if (members.length < 2 || zones.includes('') || new Set(zones).size > 1) return [];
    return [[spot(cluster), `All ${members.length} instances of the database are in ${zones[0]}`]];
  });

/** A NAT gateway for each zone, where there is any. */
function natGateways({ file, stack, resources }: Template): Pinned[] {
  const count = Object.values(resources).filter(({ Type }) => Type === 'AWS::EC2::NatGateway').length;
  if (!stack.includes('prod') || count === 0 || count >= 3) return [];
  return [[file, `${count} NAT gateway${count === 1 ? '' : 's'} for three zones`]];
}
