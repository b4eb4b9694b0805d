/**
 * The connection between the transit gateways of two regions, in three steps, as CloudFormation cannot accept one:
 *
 * 1. `peering`, in the home region, asks the other region's gateway;
 * 2. a bootstrap accepts there: `aws ec2 accept-transit-gateway-peering-attachment`;
 * 3. `routes`, in both regions, sends the other region's addresses through it.
 */
import { type App } from 'aws-cdk-lib';
import {
  CfnTransitGatewayPeeringAttachment,
  CfnTransitGatewayRoute,
  CfnTransitGatewayRouteTableAssociation,
} from 'aws-cdk-lib/aws-ec2';
import type { Cluster } from '../../model/clusters';
import { nameTag, parameterOf, publish } from '../_parts';
import { ClusterStack, type ClusterStackProps } from '../stack';
import type { Transit } from './transit';

/** What a stack of the connection is made of. */
export interface PeeringProps extends ClusterStackProps {
  readonly transit: Transit;
  readonly far: Cluster;
}

/** Step 1. */
export class PeeringStack extends ClusterStack {
  constructor(scope: App, props: PeeringProps) {
    super(scope, 'peering', props);
    const { transit, far, cluster } = props;
    const attachment = new CfnTransitGatewayPeeringAttachment(this, 'attachment', {
      transitGatewayId: transit.gateway.attrId,
      peerTransitGatewayId: parameterOf(this, 'PeerTransitGatewayId', `TransitGatewayId of ${far.region}`),
      peerRegion: far.region,
      peerAccountId: far.account,
      tags: nameTag(`${cluster.name}-to-${far.region}`),
    });
    publish(this, { PeeringAttachmentId: attachment.attrTransitGatewayAttachmentId });
  }
}

/** Step 3. */
export class PeeringRoutesStack extends ClusterStack {
  constructor(scope: App, props: PeeringProps) {
    super(scope, 'routes', props);
    const { transit, far } = props;
    const ids = {
      transitGatewayAttachmentId: parameterOf(this, 'PeeringAttachmentId', 'Accepted peering of the regions'),
      transitGatewayRouteTableId: transit.table.ref,
    };
    new CfnTransitGatewayRouteTableAssociation(this, 'association', ids);
    new CfnTransitGatewayRoute(this, `to-${far.region}`, { ...ids, destinationCidrBlock: far.cidr });
  }
}
