/** Ways to AWS's own services that do not lead over the internet. */
import type { Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnVPCEndpoint, type CfnVPC } from 'aws-cdk-lib/aws-ec2';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { nameTag } from '../_parts';
import type { RouteTables } from './routes';
import { NOTHING } from './security-groups';
import type { Subnets } from './subnets';

/** What the endpoints are made of. */
export interface EndpointsProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly vpc: CfnVPC;
  readonly subnets: Subnets;
  readonly tables: RouteTables;
}

/** What a flip asks of its own region besides the stores: credentials, images, secrets, keys, metrics, logs. */
const ALWAYS = [
  'ecr.api',
  'ecr.dkr',
  'eks-auth',
  'kms',
  'logs',
  'monitoring',
  'secretsmanager',
  'sts',
] as const;

/** The services whose stores a flip moves, by the kind of their claims. */
const STORES: Readonly<Record<string, string>> = { PostgresDatabase: 'rds', Cache: 'elasticache' };

/** Makes them. Those of S3 and DynamoDB cost nothing and are everywhere; the others are prod's. */
export function endpointsOf(stack: Stack, props: EndpointsProps): void {
  for (const service of ['s3', 'dynamodb']) gatewayEndpoint(stack, service, props);
  const { model, cluster } = props;
  if (cluster.environment !== 'prod' || !model.estate.network.endpoints) return;
  const group = groupOf(stack, props);
  for (const service of servicesOf(model)) interfaceEndpoint(stack, service, group, props);
}

/** The services with a private address: stores only where the estate has them. */
export function servicesOf({ claims }: EstateModel): string[] {
  const stores = claims.flatMap(({ kind }) => STORES[kind] ?? []);
  return [...new Set([...ALWAYS, ...stores])].toSorted();
}

const serviceName = ({ region }: Cluster, service: string) => `com.amazonaws.${region}.${service}`;

const gatewayEndpoint = (stack: Stack, service: string, { vpc, cluster, tables }: EndpointsProps) =>
  new CfnVPCEndpoint(stack, `endpoint-${service}`, {
    vpcEndpointType: 'Gateway',
    vpcId: vpc.ref,
    serviceName: serviceName(cluster, service),
    routeTableIds: [...(tables.application ?? []), ...(tables.data ?? [])].map(({ ref }) => ref),
    tags: nameTag(`${cluster.name}-${service}`),
  });

const interfaceEndpoint = (
  stack: Stack,
  service: string,
  group: CfnSecurityGroup,
  { vpc, cluster, subnets }: EndpointsProps,
) =>
  new CfnVPCEndpoint(stack, `endpoint-${service}`, {
    vpcEndpointType: 'Interface',
    vpcId: vpc.ref,
    serviceName: serviceName(cluster, service),
    privateDnsEnabled: true,
    subnetIds: (subnets.application ?? [])
      .filter(({ zone }) => cluster.zones.includes(zone))
      .map(({ subnet }) => subnet.ref),
    securityGroupIds: [group.attrGroupId],
    tags: nameTag(`${cluster.name}-${service}`),
  });

const groupOf = (stack: Stack, { vpc, cluster }: EndpointsProps) =>
  new CfnSecurityGroup(stack, 'security-group-endpoints', {
    groupDescription: 'Private addresses of AWS services',
    vpcId: vpc.ref,
    securityGroupIngress: [
      {
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIp: cluster.cidr,
        description: 'Everything in the VPC',
      },
    ],
    securityGroupEgress: [NOTHING],
    tags: nameTag(`${cluster.name}-endpoints`),
  });
