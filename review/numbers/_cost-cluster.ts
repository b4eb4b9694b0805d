/** What a cluster costs before any claim: control plane, nodes, network, keys, logs. */
import { GIB_PER_CPU, NODE_SIZES, type NodeSize } from '../../model/node-sizes';
import { AUTO_MODE_FEE, HOURS_PER_MONTH, MONTHLY_USE } from '../../model/prices';
import type { CostLine } from '../assessment';
import type { RenderedCluster, RenderedEstate } from '../rendered';
import { type Amount, linesOf, type Place, unpriced } from './_price';
import { natGateways } from './_quotas';
import { hasStacks, only, prodOf, resourcesOf, stackResources, textAt } from './_read';
import { type RenderedService, servicesOf, staticPoolsOf } from './_workloads';

const NODE = NODE_SIZES[0] as NodeSize;
const month = (units: number) => units * HOURS_PER_MONTH;

/** Every line of a cluster that no claim owns. */
export const clusterLines = (estate: RenderedEstate, cluster: RenderedCluster, place: Place): CostLine[] => [
  ...linesOf(place, 'platform', 'EKS control plane', [
    { thing: 'clusterHour', units: month(1), note: '1 cluster' },
    ...tierOf(estate, cluster),
  ]),
  ...nodes(cluster, place),
  ...network(estate, cluster, place),
  ...account(estate, cluster, place),
];

const TIERS = ['tier-xl', 'tier-2xl', 'tier-4xl'] as const;

/** A provisioned control plane costs more by the hour. */
function tierOf(estate: RenderedEstate, { name }: RenderedCluster): Amount[] {
  const [found] = stackResources(estate, name, 'AWS::EKS::Cluster');
  const tier = textAt(found, 'ControlPlaneScalingConfig', 'Tier');
  return TIERS.filter((one) => one === tier).map((thing) => ({ thing, units: month(1), note: thing }));
}

/** vCPUs of nodes that pods of a service stand on: by CPU or by memory, whichever is more. */
function cpusOf({ running, milliCpu, mebibytes }: RenderedService): number {
  const byCpu = milliCpu / (NODE.milliCpu / NODE.cpu);
  const byMemory = mebibytes / (NODE.mebibytes / NODE.cpu);
  return running * Math.max(byCpu, byMemory);
}

/** The floors, by service; then what is left of the nodes that always run. */
function nodes(cluster: RenderedCluster, place: Place): CostLine[] {
  const services = servicesOf(cluster);
  const used = services.reduce((sum, service) => sum + cpusOf(service), 0);
  const standing = staticPoolsOf(cluster).reduce((sum, { nodes: count, size }) => sum + count * size.cpu, 0);
  const total = Math.max(standing, Math.ceil(used / NODE.cpu) * NODE.cpu);
  const scaled = services.filter((service) => service.scaled);
  const rest = total - scaled.reduce((sum, service) => sum + cpusOf(service), 0);
  return [
    ...scaled.flatMap((service) =>
      linesOf(place, service.team, service.name, [share(cpusOf(service), `${service.running} pods`)]),
    ),
    ...linesOf(place, 'platform', 'nodes: the platform, and room for a lost zone', [
      share(rest, `${total} vCPUs less the services`),
    ]),
  ];
}

const share = (cpus: number, what: string): Amount => ({
  thing: 'nodeCpuHour',
  units: month(cpus * (1 + AUTO_MODE_FEE)),
  note: `${what}: ${cpus.toFixed(1)} vCPUs of m6i and ${AUTO_MODE_FEE * 100} % for Auto Mode`,
});

function network(estate: RenderedEstate, cluster: RenderedCluster, place: Place): CostLine[] {
  const nats = natGateways(estate, cluster);
  const { natGb, balancerUnits, crossRegionGb } = MONTHLY_USE;
  const other = prodOf(estate).length > 1 && cluster.environment === 'prod';
  return [
    ...linesOf(place, 'network', 'NAT gateways', [
      { thing: 'natHour', units: month(nats), note: `${nats} gateways` },
      { thing: 'natGb', units: natGb, note: `${natGb} GB assumed` },
    ]),
    ...linesOf(place, 'network', 'load balancer', [
      { thing: 'balancerHour', units: month(1), note: '1 load balancer' },
      {
        thing: 'balancerUnitHour',
        units: month(balancerUnits),
        note: `${balancerUnits} capacity unit assumed`,
      },
    ]),
    ...(other
      ? linesOf(place, 'network', 'transfer to the other region', [
          { thing: 'crossRegionGb', units: crossRegionGb, note: `${crossRegionGb} GB assumed` },
        ])
      : []),
    ...stacked(estate, cluster, place),
  ];
}

/** Known from the stacks alone. */
function stacked(estate: RenderedEstate, cluster: RenderedCluster, place: Place): CostLine[] {
  const of = (type: string) => stackResources(estate, cluster.name, type);
  const subnets = of('AWS::EC2::VPCEndpoint')
    .filter((one) => one['VpcEndpointType'] === 'Interface')
    .reduce((sum, one) => sum + (Array.isArray(one['SubnetIds']) ? one['SubnetIds'].length : 1), 0);
  const attachments = [
    ...of('AWS::EC2::TransitGatewayAttachment'),
    ...of('AWS::EC2::TransitGatewayVpcAttachment'),
    ...of('AWS::EC2::TransitGatewayPeeringAttachment'),
  ].length;
  return [
    ...(subnets > 0
      ? linesOf(place, 'network', 'interface endpoints', [
          { thing: 'endpointHour', units: month(subnets), note: `${subnets} interfaces` },
        ])
      : []),
    ...(attachments > 0
      ? linesOf(place, 'network', 'transit gateway', [
          { thing: 'attachmentHour', units: month(attachments), note: `${attachments} attachments` },
        ])
      : []),
    ...UNPRICED.filter(([type]) => of(type).length > 0).map(([, item]) =>
      unpriced(place, 'platform', item, 'no price was found'),
    ),
  ];
}

/** Parts of the stacks that cost something nobody could name. */
const UNPRICED = [
  ['AWS::Backup::BackupPlan', 'AWS Backup: storage and copies'],
  ['AWS::EKS::Capability', 'EKS capabilities'],
  ['AWS::CloudTrail::Trail', 'CloudTrail'],
  ['AWS::GuardDuty::Detector', 'GuardDuty'],
] as const;

function account(estate: RenderedEstate, cluster: RenderedCluster, place: Place): CostLine[] {
  const of = (type: string) => stackResources(estate, cluster.name, type).length;
  const keys = hasStacks(estate, cluster.name) ? of('AWS::KMS::Key') + of('AWS::KMS::ReplicaKey') : 1;
  const composed = only(resourcesOf(cluster), 'cloudwatch', 'MetricAlarm').length;
  const alarms = composed + of('AWS::CloudWatch::Alarm');
  return [
    ...linesOf(place, 'platform', 'keys', [{ thing: 'key', units: keys, note: `${keys} keys` }]),
    ...linesOf(place, 'platform', 'logs', [
      { thing: 'logsGb', units: MONTHLY_USE.logsGb, note: `${MONTHLY_USE.logsGb} GB assumed` },
    ]),
    ...(alarms > 0
      ? linesOf(place, 'platform', 'alarms', [{ thing: 'alarm', units: alarms, note: `${alarms} alarms` }])
      : []),
  ];
}

/** vCPUs and GiB that always run in a cluster. */
export function baseLoadOf(cluster: RenderedCluster): { readonly cpus: number; readonly gibibytes: number } {
  const cpus = staticPoolsOf(cluster).reduce((sum, { nodes: count, size }) => sum + count * size.cpu, 0);
  return { cpus, gibibytes: cpus * GIB_PER_CPU };
}
