/** Ways out: the internet gateway, NAT gateways, and a route table for each tier and zone. */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnetRouteTableAssociation,
  type CfnTransitGateway,
  type CfnTransitGatewayAttachment,
  type CfnVPC,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import type { TierName } from '../../spec/estate';
import { nameTag } from '../_parts';
import type { Subnets, ZonedSubnet } from './subnets';

/** Route tables of a tier, in the order of the zones. */
export type RouteTables = Readonly<Partial<Record<TierName, readonly CfnRouteTable[]>>>;

/** What the routes are made of. */
export interface RoutesProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly vpc: CfnVPC;
  readonly subnets: Subnets;
}

const EVERYWHERE = '0.0.0.0/0';

/** Makes the gateways, the tables and the default routes. The data tier has none: nothing there reaches the internet. */
export function routesOf(stack: Stack, props: RoutesProps): RouteTables {
  const tables = tablesOf(stack, props);
  const gateway = internetGateway(stack, props);
  tables.public?.forEach((table, index) => {
    const route = defaultRoute(stack, `public-${index}`, table, { gatewayId: gateway.internetGatewayId });
    route.addResourceDependency(gateway);
  });
  const nats = natGateways(stack, props, gateway);
  props.subnets.application?.forEach(({ zone }, index) => {
    const table = tables.application?.[index];
    const natGatewayId = (nats.get(zone) ?? [...nats.values()][0])?.ref;
    if (table) defaultRoute(stack, `application-${index}`, table, { natGatewayId });
  });
  return tables;
}

function internetGateway(stack: Stack, { vpc, cluster }: RoutesProps): CfnVPCGatewayAttachment {
  const gateway = new CfnInternetGateway(stack, 'internet-gateway', { tags: nameTag(cluster.name) });
  return new CfnVPCGatewayAttachment(stack, 'internet-gateway-attachment', {
    vpcId: vpc.ref,
    internetGatewayId: gateway.ref,
  });
}

/** Where nodes run, so in each zone of the cluster; or one for all, if the estate chose that. */
function natGateways(stack: Stack, { model, cluster, subnets }: RoutesProps, after: CfnVPCGatewayAttachment) {
  const zones = model.estate.network.nat === 'single' ? cluster.zones.slice(0, 1) : cluster.zones;
  const places = (subnets.public ?? []).filter(({ zone }) => zones.includes(zone));
  return new Map(places.map((place) => [place.zone, natGateway(stack, place, cluster, after)]));
}

function natGateway(
  stack: Stack,
  { letter, subnet }: ZonedSubnet,
  { name }: Cluster,
  after: CfnVPCGatewayAttachment,
): CfnNatGateway {
  const tags = nameTag(`${name}-nat-${letter}`);
  const address = new CfnEIP(stack, `nat-address-${letter}`, { domain: 'vpc', tags });
  address.addResourceDependency(after);
  const nat = new CfnNatGateway(stack, `nat-${letter}`, {
    subnetId: subnet.ref,
    allocationId: address.attrAllocationId,
    tags,
  });
  nat.addResourceDependency(after);
  return nat;
}

const tablesOf = (stack: Stack, { subnets, vpc, cluster }: RoutesProps): RouteTables =>
  Object.fromEntries(
    Object.entries(subnets).map(([tier, zoned]) => [
      tier,
      zoned.map(({ letter, subnet }) => {
        const id = `routes-${tier}-${letter}`;
        const table = new CfnRouteTable(stack, id, {
          vpcId: vpc.ref,
          tags: nameTag(`${cluster.name}-${tier}-${letter}`),
        });
        new CfnSubnetRouteTableAssociation(stack, `${id}-association`, {
          routeTableId: table.ref,
          subnetId: subnet.ref,
        });
        return table;
      }),
    ]),
  );

/** Sends a block from a tier's tables, zone by zone, through the region's transit gateway, once the VPC is attached to it. */
export function routesThrough(
  stack: Stack,
  id: string,
  tables: readonly CfnRouteTable[] = [],
  { cidr, gateway, attachment }: Through,
): void {
  tables.forEach((table, index) => {
    const route = new CfnRoute(stack, `${id}-${index}`, {
      routeTableId: table.ref,
      destinationCidrBlock: cidr,
      transitGatewayId: gateway.attrId,
    });
    route.addResourceDependency(attachment);
  });
}

/** Where a block is reached. */
interface Through {
  readonly cidr: string;
  readonly gateway: CfnTransitGateway;
  readonly attachment: CfnTransitGatewayAttachment;
}

const defaultRoute = (
  stack: Stack,
  id: string,
  table: CfnRouteTable,
  target: { readonly gatewayId?: string; readonly natGatewayId?: string | undefined },
): CfnRoute =>
  new CfnRoute(stack, `default-${id}`, {
    routeTableId: table.ref,
    destinationCidrBlock: EVERYWHERE,
    ...target,
  });
