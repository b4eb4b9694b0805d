/**
 * The way on premises: the region's gateway sends what is for there to an attachment that whoever owns the line has made,
 * a VPN or a Direct Connect gateway. Nothing of a flip goes this way.
 */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnTransitGatewayRoute,
  CfnTransitGatewayRouteTableAssociation,
  type CfnTransitGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { routesThrough } from './routes';
import type { Transit, TransitProps } from './transit';

/** Routes both ways for services; stores are not reached from there. Nothing where the estate names no blocks. */
export function onPremisesOf(
  stack: Stack,
  { gateway, table }: Transit,
  own: CfnTransitGatewayAttachment,
  { model: { estate }, cluster, tables }: TransitProps,
): void {
  const { attachment } = estate.regions[cluster.position];
  if (attachment === undefined) return;
  const ids = { transitGatewayAttachmentId: attachment, transitGatewayRouteTableId: table.ref };
  new CfnTransitGatewayRouteTableAssociation(stack, 'on-premises-association', ids);
  estate.network.onPremises.forEach((cidr, block) => {
    const id = `on-premises-${block}`;
    new CfnTransitGatewayRoute(stack, id, { ...ids, destinationCidrBlock: cidr });
    routesThrough(stack, `${id}-application`, tables.application, { cidr, gateway, attachment: own });
  });
}
