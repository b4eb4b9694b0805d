/** The network of a cluster's region. */
import { type App, Fn } from 'aws-cdk-lib';
import { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import type { TierName } from '../../spec/estate';
import { nameTag, publish } from '../_parts';
import { ClusterStack, type ClusterStackProps } from '../stack';
import { aclsOf } from './acls';
import { endpointsOf } from './endpoints';
import { flowLogs, logBucket } from './logs';
import { routesOf } from './routes';
import { type SecurityGroups, securityGroupsOf } from './security-groups';
import { type Subnets, subnetsOf } from './subnets';
import { type Transit, transitOf } from './transit';

/** VPC, subnets, routes, ACLs, security groups, endpoints, flow logs, and the way to the other regions. */
export class NetworkStack extends ClusterStack {
  readonly vpc: CfnVPC;
  readonly subnets: Subnets;
  readonly groups: SecurityGroups;
  /** Absent where there is no other region. */
  readonly transit: Transit | undefined;

  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'network', props);
    const { model, cluster } = props;
    this.vpc = new CfnVPC(this, 'vpc', {
      cidrBlock: cluster.cidr,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: nameTag(this.named('vpc')),
    });
    this.subnets = subnetsOf(this, this.vpc, model, cluster);
    const parts = { model, cluster, vpc: this.vpc, subnets: this.subnets };
    const tables = routesOf(this, parts);
    aclsOf(this, parts);
    this.groups = securityGroupsOf(this, parts);
    endpointsOf(this, { ...parts, tables });
    flowLogs(this, this.vpc, logBucket(this, cluster), cluster);
    this.transit = transitOf(this, { ...parts, tables });
    this.publishAll();
  }

  /** Ids of a tier's subnets in the order of the zones; stores of an estate without a data tier use the application's. */
  subnetIds(tier: TierName): string[] {
    return (this.subnets[tier] ?? this.subnets.application ?? []).map(({ subnet }) => subnet.ref);
  }

  private publishAll(): void {
    const { groups, transit } = this;
    publish(this, {
      VpcId: this.vpc.ref,
      PublicSubnets: Fn.join(',', this.subnetIds('public')),
      ApplicationSubnets: Fn.join(',', this.subnetIds('application')),
      DataSubnets: Fn.join(',', this.subnetIds('data')),
      LoadBalancerSecurityGroup: groups.loadBalancer.attrGroupId,
      NodesSecurityGroup: groups.nodes.attrGroupId,
      DatabaseSecurityGroup: groups.database.attrGroupId,
      CacheSecurityGroup: groups.cache.attrGroupId,
      ...(transit && { TransitGatewayId: transit.gateway.attrId }),
    });
  }
}
