/** The way to other networks: a transit gateway in each region, so that a further one only adds attachments and routes. */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnTransitGateway,
  CfnTransitGatewayAttachment,
  CfnTransitGatewayRouteTable,
  CfnTransitGatewayRouteTableAssociation,
  CfnTransitGatewayRouteTablePropagation,
  type CfnVPC,
} from 'aws-cdk-lib/aws-ec2';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { farClusters } from '../../model/far';
import { nameTag } from '../_parts';
import { onPremisesOf } from './on-premises';
import { type RouteTables, routesThrough } from './routes';
import type { Subnets } from './subnets';

/** What the gateway is made of. */
export interface TransitProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly vpc: CfnVPC;
  readonly subnets: Subnets;
  readonly tables: RouteTables;
}

/** The gateway and the table that routes of a peering stand in. */
export interface Transit {
  readonly gateway: CfnTransitGateway;
  readonly table: CfnTransitGatewayRouteTable;
}

/** First private number for a network of its own; each region gets the next. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-transit-gateways.html (2026-11) */
const FIRST_ASN = 64_512;

/** Makes the gateway, attaches the VPC, and sends what is for other regions to it; nothing where there are none. */
export function transitOf(stack: Stack, props: TransitProps): Transit | undefined {
  const far = farClusters(props.model, props.cluster);
  if (far.length === 0) return undefined;
  const transit = gatewayOf(stack, props);
  const attachment = attach(stack, transit, props);
  for (const { region, cidr } of far) {
    for (const tier of ['application', 'data'] as const) {
      routesThrough(stack, `far-${region}-${tier}`, props.tables[tier], {
        cidr,
        gateway: transit.gateway,
        attachment,
      });
    }
  }
  onPremisesOf(stack, transit, attachment, props);
  return transit;
}

function gatewayOf(stack: Stack, { model, cluster }: TransitProps): Transit {
  const tags = nameTag(cluster.name);
  const gateway = new CfnTransitGateway(stack, 'transit-gateway', {
    description: 'Between the regions of the estate',
    amazonSideAsn: FIRST_ASN + model.clusters.indexOf(cluster),
    autoAcceptSharedAttachments: 'disable',
    defaultRouteTableAssociation: 'disable',
    defaultRouteTablePropagation: 'disable',
    dnsSupport: 'enable',
    tags,
  });
  const table = new CfnTransitGatewayRouteTable(stack, 'transit-routes', {
    transitGatewayId: gateway.attrId,
    tags,
  });
  return { gateway, table };
}

/** Nodes and stores are in different subnets of a zone; an attachment in one of them serves the whole zone. */
function attach(stack: Stack, { gateway, table }: Transit, { vpc, subnets, cluster }: TransitProps) {
  const attachment = new CfnTransitGatewayAttachment(stack, 'transit-attachment', {
    transitGatewayId: gateway.attrId,
    vpcId: vpc.ref,
    subnetIds: (subnets.application ?? []).map(({ subnet }) => subnet.ref),
    tags: nameTag(cluster.name),
  });
  const ids = { transitGatewayAttachmentId: attachment.attrId, transitGatewayRouteTableId: table.ref };
  new CfnTransitGatewayRouteTableAssociation(stack, 'transit-association', ids);
  new CfnTransitGatewayRouteTablePropagation(stack, 'transit-propagation', ids);
  return attachment;
}
