/**
 * What the stacks tell: to the facts of a cluster, and to one another across regions.
 *
 * The one table that CDK writes outputs by, that `flipside facts` reads them by and that a bootstrap fills in parameters
 * by. Names are contract: another name is another output.
 */
import type { Cluster } from './clusters';
import type { EstateModel } from './estate';
import { farClusters, homeCluster } from './far';
import { hasBeacon } from './entry';

/** A stack, as `<estate>-<cluster>-<part>` names it. */
export interface StackPart {
  readonly cluster: string;
  readonly part: string;
}

/** An output of a stack. */
export interface StackOutput extends StackPart {
  readonly output: string;
}

/** An output that becomes a fact. */
export interface FactOutput extends StackOutput {
  /** Path in the facts file, for example `['vpc', 'id']`. */
  readonly fact: readonly string[];
  /** The value is a list, its members joined with commas; subnets are in the order of the estate's zones. */
  readonly list?: true;
}

/** A parameter of a stack that the output of another stack gives. CloudFormation does not look over regions. */
export interface StackParameter extends StackPart {
  readonly parameter: string;
  readonly from: StackOutput;
}

/** A fact under a fixed path: part, output, path. */
type Row = readonly [part: string, output: string, fact: readonly string[], list?: true];

const ROWS: readonly Row[] = [
  ['network', 'VpcId', ['vpc', 'id']],
  ['network', 'PublicSubnets', ['subnets', 'public'], true],
  ['network', 'ApplicationSubnets', ['subnets', 'application'], true],
  ['network', 'DataSubnets', ['subnets', 'data'], true],
  ['network', 'LoadBalancerSecurityGroup', ['securityGroups', 'loadBalancer']],
  ['network', 'NodesSecurityGroup', ['securityGroups', 'nodes']],
  ['network', 'DatabaseSecurityGroup', ['securityGroups', 'database']],
  ['network', 'CacheSecurityGroup', ['securityGroups', 'cache']],
  ['data', 'DataKeyArn', ['keys', 'data']],
  ['cluster', 'ClusterName', ['cluster', 'name']],
  ['cluster', 'NodeRoleName', ['cluster', 'nodeRole']],
  ['entry', 'LoadBalancerArn', ['loadBalancer', 'arn']],
  ['entry', 'LoadBalancerDnsName', ['loadBalancer', 'dnsName']],
  ['entry', 'LoadBalancerZoneId', ['loadBalancer', 'zoneId']],
  ['rotation', 'RotationFunctionArn', ['rotation', 'functionArn']],
];

/** Name of the output that holds the hosted zone's id, in the stack {@link ZONE_PART} of the home cluster. */
export const ZONE_OUTPUT = 'HostedZoneId';
/** Part that the hosted zone stands in. */
export const ZONE_PART = 'zone';

/** Name of the output that holds a target group's ARN. Names have no capital letters, so no two become one. */
export const targetGroupOutput = (name: string): string =>
  `TargetGroup${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', 'Dash')}`;

/** Name of the output and of the parameter that hold the ARN of a region's load balancer. */
export const LOAD_BALANCER_PARAMETER = 'LoadBalancerArn';

/** Parameters of the stack `switch`, named like outputs of the stack `network`: where its functions run. */
export const SWITCH_PARAMETERS = ['ApplicationSubnets', 'NodesSecurityGroup'] as const;

const switched = ({ estate }: EstateModel, { name, environment }: Cluster): StackParameter[] => {
  if (!estate.guardrails.regionSwitch || environment !== 'prod') return [];
  return SWITCH_PARAMETERS.map((parameter) => ({
    cluster: name,
    part: 'switch',
    parameter,
    from: { cluster: name, part: 'network', output: parameter },
  }));
};

/** Every output that becomes a fact of `cluster`. */
export function factOutputs(model: EstateModel, cluster: Cluster): FactOutput[] {
  const fixed = ROWS.map(([part, output, fact, list]) => ({
    cluster: cluster.name,
    part,
    output,
    fact,
    ...(list && { list }),
  }));
  const groups = targetGroupNames(model, cluster).map((name) => ({
    cluster: cluster.name,
    part: 'entry',
    output: targetGroupOutput(name),
    fact: ['targetGroups', name],
  }));
  return [...fixed, ...groups, { ...zoneOf(model, cluster), fact: ['hostedZone', 'id'] }];
}

const zoneOf = (model: EstateModel, cluster: Cluster): StackOutput => ({
  cluster: homeCluster(model, cluster).name,
  part: ZONE_PART,
  output: ZONE_OUTPUT,
});

/** The target groups of a cluster: of each service with paths, and of the beacon where there is one. */
export const targetGroupNames = ({ services }: EstateModel, cluster: Cluster): string[] => [
  ...(hasBeacon(cluster) ? [BEACON_TARGET_GROUP] : []),
  ...services.filter(({ paths }) => paths.length > 0).map(({ name }) => name),
];

/** Name of the beacon's target group among those of the services. */
export const BEACON_TARGET_GROUP = 'beacon';

/** Every parameter of a cluster's stacks. */
export function stackParameters(model: EstateModel, cluster: Cluster): StackParameter[] {
  const at = { cluster: cluster.name };
  const home = { cluster: homeCluster(model, cluster).name };
  const isHome = cluster.position === 'home';
  const replica: StackParameter[] = isHome
    ? []
    : [
        {
          ...at,
          part: 'data',
          parameter: 'PrimaryKeyArn',
          from: { ...home, part: 'data', output: 'DataKeyArn' },
        },
      ];
  // Records are the home region's to write.
  const zones = (isHome ? ['entry', 'identity'] : ['entry']).map((part) => ({
    ...at,
    part,
    parameter: ZONE_OUTPUT,
    from: zoneOf(model, cluster),
  }));
  const loadBalancer = {
    ...at,
    part: 'alarms',
    parameter: LOAD_BALANCER_PARAMETER,
    from: { ...at, part: 'entry', output: LOAD_BALANCER_PARAMETER },
  };
  return [
    ...replica,
    ...zones,
    loadBalancer,
    ...switched(model, cluster),
    ...farClusters(model, cluster).flatMap((far) => peered(cluster, far)),
  ];
}

/** The home side asks for the peering; both sides route into it once the other side has accepted. */
function peered(cluster: Cluster, far: Cluster): StackParameter[] {
  const home = cluster.position === 'home' ? cluster : far;
  const attachment = { cluster: home.name, part: 'peering', output: 'PeeringAttachmentId' };
  const routes = {
    cluster: cluster.name,
    part: 'routes',
    parameter: 'PeeringAttachmentId',
    from: attachment,
  };
  if (cluster.position !== 'home') return [routes];
  const gateway = { cluster: far.name, part: 'network', output: 'TransitGatewayId' };
  return [
    { cluster: cluster.name, part: 'peering', parameter: 'PeerTransitGatewayId', from: gateway },
    routes,
  ];
}

/**
 * Prefix that AWS puts in front of the id of a global datastore, by the region it is born in. No stack can tell it. A
 * region that is not listed is looked up by hand on that page.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html (2026-11)
 */
export const GLOBAL_DATASTORE_PREFIX: Readonly<Record<string, string>> = {
  'us-east-2': 'fpkhr',
  'us-east-1': 'ldgnf',
  'us-west-1': 'virxk',
  'us-west-2': 'sgaui',
  'ca-central-1': 'bxodz',
  'ap-south-1': 'erpgt',
  'ap-northeast-1': 'quwsw',
  'ap-northeast-2': 'lfqnh',
  'ap-northeast-3': 'nlapn',
  'ap-southeast-1': 'vlqxn',
  'ap-southeast-2': 'vbgxd',
};
