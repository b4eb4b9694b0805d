/** The public entry of a cluster's region. It stands before any failover: making one would need a control plane. */
import type { App } from 'aws-cdk-lib';
import { CfnCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { certificateNames } from '../../model/entry';
import { LOG_PREFIXES, logBucketName } from '../../model/log-bucket';
import { targetGroupOutput } from '../../model/outputs';
import { nameTag, publish, zoneParameter } from '../_parts';
import type { NetworkStack } from '../network/stack';
import { ClusterStack, type ClusterStackProps } from '../stack';
import { listenersOf } from './listeners';
import { targetGroupsOf } from './target-groups';

/** What the stack is made of. */
export interface EntryStackProps extends ClusterStackProps {
  readonly network: NetworkStack;
}

/** Load balancer, certificate, listeners, target groups. Its web ACL and its names belong to the Site claim. */
export class EntryStack extends ClusterStack {
  constructor(scope: App, props: EntryStackProps) {
    super(scope, 'entry', props);
    const { model, cluster, network } = props;
    // Its access logs go to the bucket there, whose policy has to stand first.
    this.addStackDependency(network);
    const loadBalancer = this.loadBalancer();
    const groups = targetGroupsOf(this, { model, cluster, vpc: network.vpc });
    listenersOf(this, { model, cluster, loadBalancer, certificate: this.certificate(), groups });
    publish(this, {
      LoadBalancerArn: loadBalancer.ref,
      LoadBalancerDnsName: loadBalancer.attrDnsName,
      LoadBalancerZoneId: loadBalancer.attrCanonicalHostedZoneId,
    });
    for (const [name, group] of groups) publish(this, { [targetGroupOutput(name)]: group.ref });
  }

  private loadBalancer(): CfnLoadBalancer {
    const { network, cluster } = this.props as EntryStackProps;
    return new CfnLoadBalancer(this, 'load-balancer', {
      name: this.named('entry'),
      type: 'application',
      scheme: 'internet-facing',
      ipAddressType: 'ipv4',
      subnets: network.subnetIds('public'),
      securityGroups: [network.groups.loadBalancer.attrGroupId],
      loadBalancerAttributes: Object.entries({
        'deletion_protection.enabled': String(cluster.environment === 'prod'),
        'load_balancing.cross_zone.enabled': 'true',
        'zonal_shift.config.enabled': 'true',
        'routing.http.drop_invalid_header_fields.enabled': 'true',
        'access_logs.s3.enabled': 'true',
        'access_logs.s3.bucket': logBucketName(cluster),
        'access_logs.s3.prefix': LOG_PREFIXES.entry,
      }).map(([key, value]) => ({ key, value })),
      tags: nameTag(this.named('entry')),
    });
  }

  /** Proven by records in the estate's zone, which has to be delegated before. */
  private certificate(): string {
    const { model, cluster } = this.props;
    const hostedZoneId = zoneParameter(this);
    const [domainName = '', ...others] = certificateNames(model, cluster);
    return new CfnCertificate(this, 'certificate', {
      domainName,
      subjectAlternativeNames: others,
      validationMethod: 'DNS',
      domainValidationOptions: [domainName, ...others].map((name) => ({ domainName: name, hostedZoneId })),
      tags: nameTag(this.named('entry')),
    }).ref;
  }
}
