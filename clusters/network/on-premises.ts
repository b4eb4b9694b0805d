/**
 * The way on premises: the region's gateway sends what is for there to an attachment that whoever owns the line has made,
 * a VPN or a Direct Connect gateway. Nothing of a flip goes this way.
 */
import type { Stack } from 'aws-cdk-lib';
import {
  CfnRoute,
  CfnTransitGatewayRoute,
  CfnTransitGatewayRouteTableAssociation,
  type CfnTransitGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
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
  estate.network.onPremises.forEach((destinationCidrBlock, block) => {
    new CfnTransitGatewayRoute(stack, `on-premises-${block}`, { ...ids, destinationCidrBlock });
    tables.application?.forEach((one, zone) => {
      const route = new CfnRoute(stack, `on-premises-${block}-application-${zone}`, {
        routeTableId: one.ref,
        destinationCidrBlock,
        transitGatewayId: gateway.attrId,
      });
      route.addResourceDependency(own);
    });
  });
}
