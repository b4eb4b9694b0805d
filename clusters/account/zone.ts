/** The hosted zone of an environment: the estate's domain for prod, a zone of its own below it for the others. */
import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { CfnHostedZone } from 'aws-cdk-lib/aws-route53';
import { ZONE_OUTPUT, ZONE_PART } from '../../model/outputs';
import { zoneName } from '../../model/site-hosts';
import { publish } from '../_parts';
import { shieldOf } from '../guardrails/alarms/shield';
import { ClusterStack, type ClusterStackProps } from '../stack';

/**
 * Made once and managed from home; what is in it belongs to the Site claim. A zone that exists already is taken over by
 * an import of CloudFormation, never made again: its name servers would change.
 */
export class ZoneStack extends ClusterStack {
  constructor(scope: App, props: ClusterStackProps) {
    super(scope, ZONE_PART, props);
    const { model, cluster } = props;
    const zone = new CfnHostedZone(this, 'zone', {
      name: zoneName(cluster.environment, model.estate.domain),
      hostedZoneConfig: { comment: `Estate ${model.estate.name}, ${cluster.environment}` },
      // Changes to records are possible again within an hour of a loss of us-east-1; no failover waits for one.
      // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/accelerated-recovery.html (2026-11)
      hostedZoneFeatures: { enableAcceleratedRecovery: true },
    });
    zone.applyRemovalPolicy(RemovalPolicy.RETAIN);
    publish(this, { [ZONE_OUTPUT]: zone.ref });
    if (model.estate.guardrails.shield) {
      shieldOf(this, this.named('zone'), `arn:aws:route53:::hostedzone/${zone.ref}`);
    }
  }
}
