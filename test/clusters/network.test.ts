/** The network of each region, by requirement. */
import { modelOf } from '../../model/estate';
import { serviceNetwork } from '../../model/reach';
import { overlaps } from '../../spec/cidr';
import { rendered } from './_rendered';
import {
  allOf,
  estateOf,
  everyCluster,
  inputOf,
  propertiesOf,
  type Resource,
  type Template,
  templateOf,
} from './_templates';

const network = (estate: string, cluster: string) => templateOf(estate, cluster, 'network');
const storefront = () => network('storefront', 'prod-us-east-1');
const capstone = () => network('capstone', 'prod-us-east-1');

const tagOf = ({ Tags }: Resource['Properties'], key: string): string | undefined =>
  Tags.find((tag: { Key: string }) => tag.Key === key)?.Value;

const subnets = (template: Template, tier: string) =>
  propertiesOf(template, 'AWS::EC2::Subnet').filter((subnet) => tagOf(subnet, 'flipside.dev/tier') === tier);

const cidrs = (template: Template, tier: string) => subnets(template, tier).map(({ CidrBlock }) => CidrBlock);

/** The default route of each route table of a tier, by logical id of the table. */
const routesOf = (template: Template, tier: string) =>
  propertiesOf(template, 'AWS::EC2::Route').filter(({ RouteTableId }) =>
    RouteTableId.Ref.startsWith(`routes${tier}`),
  );

const isDefault = ({ DestinationCidrBlock }: Resource['Properties']) => DestinationCidrBlock === '0.0.0.0/0';

test.each([
  ['S0-27', 'storefront', 'prod-us-east-1', '10.0.0.0/16'],
  ['S0-27', 'storefront', 'prod-eu-west-1', '10.1.0.0/16'],
  ['S1-11', 'capstone', 'prod-us-east-1', '10.1.0.0/16'],
  ['S1-11', 'capstone', 'prod-eu-west-1', '10.2.0.0/16'],
  ['S4-05', 'global-tables', 'prod-us-east-1', '10.0.0.0/16'],
  ['S4-05', 'global-tables', 'prod-us-west-2', '10.1.0.0/16'],
])('%s: the VPC of %s in %s is %s', (_, estate, cluster, cidr) => {
  expect(propertiesOf(network(estate, cluster), 'AWS::EC2::VPC')).toMatchObject([{ CidrBlock: cidr }]);
});

test('S0-26: names are <environment>-<region>-<part>', () => {
  expect(tagOf(propertiesOf(storefront(), 'AWS::EC2::VPC')[0] ?? {}, 'Name')).toBe('prod-us-east-1-vpc');
});

test('S0-28, S3-13, C-02: three zones in each region, in the order of the facts', () => {
  const zones = subnets(storefront(), 'public').map(({ AvailabilityZone }) => AvailabilityZone);
  expect(zones).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
});

test('S0-29: six /20 subnets at the places the estate names', () => {
  expect(cidrs(storefront(), 'application')).toEqual(['10.0.0.0/20', '10.0.16.0/20', '10.0.32.0/20']);
  expect(cidrs(storefront(), 'public')).toEqual(['10.0.48.0/20', '10.0.64.0/20', '10.0.80.0/20']);
  expect(cidrs(network('storefront', 'prod-eu-west-1'), 'public')).toContain('10.1.48.0/20');
});

/** Blocks of capstone in us-east-1. */
const blocks10 = (numbers: number[]) => numbers.map((number) => `10.1.${number}.0/24`);

test('S1-12, S4-06: three tiers of /24 over three zones', () => {
  expect(cidrs(capstone(), 'public')).toEqual(blocks10([1, 2, 3]));
  expect(cidrs(capstone(), 'application')).toEqual(blocks10([10, 11, 12]));
  expect(cidrs(capstone(), 'data')).toEqual(blocks10([20, 21, 22]));
});

test('S0-30, S4-09: a NAT gateway in each zone, and each private table uses its own', () => {
  expect(allOf(storefront(), 'AWS::EC2::NatGateway')).toHaveLength(3);
  const pairs = routesOf(storefront(), 'application')
    .filter(isDefault)
    .map(({ RouteTableId, NatGatewayId }) => [RouteTableId.Ref, NatGatewayId.Ref]);
  expect(pairs).toEqual([
    ['routesapplicationa', 'nata'],
    ['routesapplicationb', 'natb'],
    ['routesapplicationc', 'natc'],
  ]);
});

test('S0-31: host names are on', () => {
  const [vpc] = propertiesOf(storefront(), 'AWS::EC2::VPC');
  expect(vpc).toMatchObject({ EnableDnsHostnames: true, EnableDnsSupport: true });
});

test('S1-13, S4-07, S4-16, S2-32: no subnet hands out public addresses, and only NAT gateways have one', () => {
  for (const { estate, cluster } of everyCluster()) {
    const template = network(estate, cluster.name);
    expect(propertiesOf(template, 'AWS::EC2::Subnet').map((one) => one['MapPublicIpOnLaunch'])).not.toContain(
      true,
    );
    expect(allOf(template, 'AWS::EC2::EIP')).toHaveLength(allOf(template, 'AWS::EC2::NatGateway').length);
    expect(allOf(template, 'AWS::EC2::Instance')).toEqual([]);
  }
});

test('S1-69: the data tier has no way to the internet', () => {
  expect(routesOf(capstone(), 'data').filter(isDefault)).toEqual([]);
  expect(routesOf(capstone(), 'public').filter(isDefault)).toHaveLength(3);
});

test('S4-08, S4-10: one internet gateway; a table for each tier and zone; S3 and DynamoDB without NAT', () => {
  const template = network('global-tables', 'prod-us-east-1');
  expect(allOf(template, 'AWS::EC2::InternetGateway')).toHaveLength(1);
  expect(allOf(template, 'AWS::EC2::RouteTable')).toHaveLength(9);
  const gateways = propertiesOf(template, 'AWS::EC2::VPCEndpoint').filter(
    ({ VpcEndpointType }) => VpcEndpointType === 'Gateway',
  );
  expect(gateways.map(({ ServiceName }) => ServiceName).toSorted()).toEqual([
    'com.amazonaws.us-east-1.dynamodb',
    'com.amazonaws.us-east-1.s3',
  ]);
  for (const { RouteTableIds } of gateways) expect(RouteTableIds).toHaveLength(6);
});

/** Services with a private address. */
const privateServices = (estate: string, cluster: string) =>
  propertiesOf(network(estate, cluster), 'AWS::EC2::VPCEndpoint')
    .filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface')
    .map(({ ServiceName }) => ServiceName.replace(/^com\.amazonaws\.[^.]+\./, ''));

test('a flip needs no NAT: what it calls has a private address, of the stores that the estate has', () => {
  const always = ['ecr.api', 'ecr.dkr', 'eks-auth', 'kms', 'logs', 'monitoring', 'secretsmanager', 'sts'];
  expect(privateServices('warm-standby', 'prod-us-west-2').toSorted()).toEqual(
    [...always, 'elasticache', 'rds'].toSorted(),
  );
  expect(privateServices('pilot-light', 'prod-us-east-1').toSorted()).toEqual(always);
  expect(privateServices('capstone', 'dev-us-east-1')).toEqual([]);
});

test('S4-11, S4-12, S4-13, X-38: rejected traffic, 30 days to search and a year in S3', () => {
  const template = network('global-tables', 'prod-us-east-1');
  const logs = propertiesOf(template, 'AWS::EC2::FlowLog');
  expect(logs.map(({ TrafficType, LogDestinationType }) => [TrafficType, LogDestinationType])).toEqual([
    ['REJECT', 'cloud-watch-logs'],
    ['REJECT', 's3'],
  ]);
  expect(propertiesOf(template, 'AWS::Logs::LogGroup')).toMatchObject([{ RetentionInDays: 30 }]);
  const [bucket] = propertiesOf(template, 'AWS::S3::Bucket');
  expect(bucket?.['LifecycleConfiguration'].Rules).toMatchObject([{ ExpirationInDays: 366 }]);
});

/** Routes of capstone that lead to the other region. */
const farRoutes = (cluster: string) =>
  propertiesOf(network('capstone', cluster), 'AWS::EC2::Route').filter((route) => route['TransitGatewayId']);

test('S1-16, S4-14, S4-15, S0-32: a transit gateway in each region, and routes both ways for both private tiers', () => {
  expect(farRoutes('prod-us-east-1').map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual(
    Array.from({ length: 6 }, () => '10.2.0.0/16'),
  );
  expect(farRoutes('prod-eu-west-1').map(({ DestinationCidrBlock }) => DestinationCidrBlock)).toEqual(
    Array.from({ length: 6 }, () => '10.1.0.0/16'),
  );
  for (const cluster of ['prod-us-east-1', 'prod-eu-west-1']) {
    expect(allOf(network('capstone', cluster), 'AWS::EC2::TransitGatewayAttachment')).toHaveLength(1);
    const [route] = propertiesOf(templateOf('capstone', cluster, 'routes'), 'AWS::EC2::TransitGatewayRoute');
    expect(route).toMatchObject({ TransitGatewayAttachmentId: { Ref: 'PeeringAttachmentId' } });
  }
  const peering = templateOf('capstone', 'prod-us-east-1', 'peering');
  expect(propertiesOf(peering, 'AWS::EC2::TransitGatewayPeeringAttachment')).toMatchObject([
    { PeerRegion: 'eu-west-1', PeerAccountId: '222222222222' },
  ]);
});

test('S1-17, X-21: the gateways have numbers of their own, so that a further region can join', () => {
  const numbers = ['prod-us-east-1', 'prod-eu-west-1'].flatMap((cluster) =>
    propertiesOf(network('capstone', cluster), 'AWS::EC2::TransitGateway').map((one) => one['AmazonSideAsn']),
  );
  expect(new Set(numbers).size).toBe(2);
});

/** capstone with a line on premises in both regions. */
function joined(): ReadonlyMap<string, Template> {
  const { estate, ...input } = inputOf('capstone');
  const { home, peer } = estate.regions;
  const regions = {
    home: { ...home, attachment: 'tgw-attach-00000000000000001' },
    peer: { ...peer, attachment: 'tgw-attach-00000000000000002' },
  };
  const network = { ...estate.network, onPremises: ['192.168.0.0/16'] };
  return rendered(modelOf({ ...input, estate: { ...estate, regions, network } }));
}

test('S4-14, X-21: the way on premises is an option: services reach it from both regions, stores do not', () => {
  const templates = joined();
  const ways = {
    'prod-us-east-1': 'tgw-attach-00000000000000001',
    'prod-eu-west-1': 'tgw-attach-00000000000000002',
  };
  for (const [cluster, attachment] of Object.entries(ways)) {
    const template = templates.get(`aws/${cluster}-network.json`) as Template;
    const routes = propertiesOf(template, 'AWS::EC2::Route').filter(
      ({ DestinationCidrBlock }) => DestinationCidrBlock === '192.168.0.0/16',
    );
    expect(routes.map(({ RouteTableId }) => RouteTableId.Ref)).toEqual(
      ['a', 'b', 'c'].map((zone) => `routesapplication${zone}`),
    );
    expect(propertiesOf(template, 'AWS::EC2::TransitGatewayRoute')).toMatchObject([
      { DestinationCidrBlock: '192.168.0.0/16', TransitGatewayAttachmentId: attachment },
    ]);
  }
  const dev = templates.get('aws/dev-us-east-1-network.json') as Template;
  expect(JSON.stringify(dev)).not.toContain('192.168.0.0/16');
});

test('X-20, S1-65: dev has one NAT gateway, no way to another region, and subnets in every zone', () => {
  const dev = network('capstone', 'dev-us-east-1');
  expect(allOf(dev, 'AWS::EC2::NatGateway')).toHaveLength(1);
  expect(allOf(dev, 'AWS::EC2::TransitGateway')).toEqual([]);
  expect(subnets(dev, 'application')).toHaveLength(3);
  const all = [...estateOf('capstone').templates.keys()];
  expect(all.filter((path) => /(dev|staging)-.*-(peering|routes)/.test(path))).toEqual([]);
});

test('an estate may save with a single NAT gateway', () => {
  const input = inputOf('storefront');
  const saving = {
    ...input,
    estate: { ...input.estate, network: { ...input.estate.network, nat: 'single' as const } },
  };
  const template = rendered(modelOf(saving)).get('aws/prod-us-east-1-network.json') as Template;
  const used = routesOf(template, 'application').filter(isDefault);
  expect(used.map(({ NatGatewayId }) => NatGatewayId.Ref)).toEqual(['nata', 'nata', 'nata']);
});

test('S1-59: listed blocks are refused both ways, in each tier, before anything is allowed', () => {
  const input = inputOf('capstone');
  const deny = ['198.51.100.0/24'];
  const denying = { ...input, estate: { ...input.estate, network: { ...input.estate.network, deny } } };
  const template = rendered(modelOf(denying)).get('aws/prod-us-east-1-network.json') as Template;
  const entries = propertiesOf(template, 'AWS::EC2::NetworkAclEntry');
  for (const acl of ['aclpublic', 'aclapplication', 'acldata']) {
    const own = entries.filter(({ NetworkAclId }) => NetworkAclId.Ref === acl);
    for (const egress of [true, false]) {
      const [first] = own
        .filter(({ Egress }) => Egress === egress)
        .toSorted((a, b) => a['RuleNumber'] - b['RuleNumber']);
      expect(first).toMatchObject({ RuleAction: 'deny', CidrBlock: deny[0], Protocol: -1 });
    }
  }
  expect(allOf(template, 'AWS::EC2::SubnetNetworkAclAssociation')).toHaveLength(9);
});

test('C-03: no VPC of an estate shares addresses with another, nor with the Services of its cluster', () => {
  for (const { cluster, model } of everyCluster()) {
    expect(overlaps(serviceNetwork(cluster.cidr).cidr, cluster.cidr)).toBe(false);
    const others = model.clusters.filter(({ name }) => name !== cluster.name);
    expect(others.filter(({ cidr }) => overlaps(cidr, cluster.cidr))).toEqual([]);
  }
});
