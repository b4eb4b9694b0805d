/** The EKS cluster of a region. */
import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-eks-v2';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { LOG_DAYS } from '../../model/log-bucket';
import { serviceNetwork } from '../../model/reach';
import { accept, nameTag, publish } from '../_parts';
import type { DataStack } from '../data/stack';
import type { NetworkStack } from '../network/stack';
import { ClusterStack, type ClusterStackProps } from '../stack';
import { accessOf } from './access';
import { addOnsOf } from './add-ons';
import { clusterRole, nodeRole } from './roles';

/** In standard support until 2027-08-02. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html (2026-11) */
export const KUBERNETES_VERSION = '1.36';

/** Everything the control plane can log. */
const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** EKS wants subnets in two zones, also where nodes use one. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html (2026-11) */
const FEWEST_ZONES = 2;

/** What the stack is made of. */
export interface EksStackProps extends ClusterStackProps {
  readonly network: NetworkStack;
  readonly data: DataStack;
}

/** Auto Mode: AWS runs the nodes, their network, disks and load balancer registrations. */
export class EksStack extends ClusterStack {
  readonly eks: CfnCluster;

  constructor(scope: App, props: EksStackProps) {
    super(scope, 'cluster', props);
    const { cluster, network, data } = props;
    const nodes = nodeRole(this, this.named('node'));
    this.eks = new CfnCluster(this, 'cluster', {
      name: cluster.name,
      version: KUBERNETES_VERSION,
      roleArn: clusterRole(this, this.named('cluster'), data.keyArn).attrArn,
      // The creator is a pipeline; people have access entries.
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      computeConfig: { enabled: true, nodePools: ['system'], nodeRoleArn: nodes.attrArn },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: {
        serviceIpv4Cidr: serviceNetwork(cluster.cidr).cidr,
        elasticLoadBalancing: { enabled: true },
      },
      resourcesVpcConfig: this.vpcConfig(network),
      encryptionConfig: [{ provider: { keyArn: data.keyArn }, resources: ['secrets'] }],
      logging: { clusterLogging: { enabledTypes: LOG_TYPES.map((type) => ({ type })) } },
      upgradePolicy: { supportType: 'STANDARD' },
      zonalShiftConfig: { enabled: true },
      deletionProtection: cluster.environment === 'prod',
      tags: nameTag(cluster.name),
    });
    this.eks.addResourceDependency(this.auditLogs());
    this.eks.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.connect(network);
    accessOf(this, this.eks, cluster.name);
    addOnsOf(this, this.eks, cluster.name);
    publish(this, { ClusterName: this.eks.ref, NodeRoleName: nodes.ref });
  }

  private vpcConfig(network: NetworkStack): CfnCluster.ResourcesVpcConfigProperty {
    const { cluster, model } = this.props;
    const { endpoint, from } = model.estate.access;
    const zones = Math.max(FEWEST_ZONES, cluster.zones.length);
    const open = endpoint === 'public';
    return {
      subnetIds: network.subnetIds('application').slice(0, zones),
      endpointPrivateAccess: true,
      endpointPublicAccess: open,
      ...(open && { publicAccessCidrs: from }),
    };
  }

  /** EKS would make the group by itself, and keep it for ever. */
  private auditLogs(): CfnLogGroup {
    const group = new CfnLogGroup(this, 'log-group', {
      logGroupName: `/aws/eks/${this.props.cluster.name}/cluster`,
      retentionInDays: nearestRetention(LOG_DAYS),
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return group;
  }

  /** Nodes have a group of their own, so that stores can name it; the control plane has the one that EKS makes. */
  private connect({ groups }: NetworkStack): void {
    const plane = this.eks.attrClusterSecurityGroupId;
    const nodes = groups.nodes.attrGroupId;
    const rule = (id: string, groupId: string, source: object) =>
      new CfnSecurityGroupIngress(this, `ingress-${id}`, {
        groupId,
        description: id.replaceAll('-', ' '),
        ipProtocol: '-1',
        ...source,
      });
    rule('control-plane-to-nodes', nodes, { sourceSecurityGroupId: plane });
    rule('nodes-to-control-plane', plane, { sourceSecurityGroupId: nodes });
    this.props.model.estate.access.from.forEach((cidrIp, index) => {
      const people = rule(`people-to-control-plane-${index}`, plane, {
        cidrIp,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
      });
      accept(people, 'A block that the estate names', 'AwsSolutions-EC23');
    });
  }
}

/** CloudWatch keeps logs for certain numbers of days only. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html (2026-11) */
const nearestRetention = (days: number): number =>
  [30, 60, 90, 120, 150, 180, 365, 400, 545, 731].find((allowed) => allowed >= days) ?? 731;
