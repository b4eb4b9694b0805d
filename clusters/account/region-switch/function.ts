/** The functions that a plan calls in a region: one for each mode, since the plan alone knows in which it runs. */
import type { App } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks-v2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnParameter, RemovalPolicy } from 'aws-cdk-lib';
import type { Cluster } from '../../../model/clusters';
import { AUDIT_GROUP_DAYS } from '../../../model/guardrails';
import { GROUPS } from '../../../model/identities';
import { SWITCH_PARAMETERS } from '../../../model/outputs';
import { API_GROUP, SYSTEM_NAMESPACE } from '../../../spec/claims';
import { accept } from '../../_parts';
import { documentOf } from '../../_policies';
import { trustsOwn } from '../../guardrails/_trust';
import { ClusterStack, type ClusterStackProps } from '../../stack';
import { SWITCH_CODE } from './code';

/** Modes of a flip, as the claim spells them. */
export const MODES = ['Planned', 'Unplanned'] as const;

/** Name of the function of a mode. */
export const switchName = ({ name }: Pick<Cluster, 'name'>, mode: (typeof MODES)[number]): string =>
  `${name}-switch-${mode.toLowerCase()}`;

/** Fifteen minutes, the most that Lambda allows: a promotion takes up to five. */
const TIMEOUT_SECONDS = 900;

/** Functions in the cluster's network, with the rights of on-call on its API server. */
export class SwitchStack extends ClusterStack {
  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'switch', props);
    const { cluster } = props;
    const role = this.role();
    new CfnAccessEntry(this, 'access', {
      clusterName: cluster.name,
      principalArn: role.attrArn,
      type: 'STANDARD',
      kubernetesGroups: [GROUPS.onCall],
    });
    const vpcConfig = this.vpcConfig();
    for (const mode of MODES) this.run(mode, role, vpcConfig);
  }

  private vpcConfig(): CfnFunction.VpcConfigProperty {
    const [subnets, group] = SWITCH_PARAMETERS;
    const of = (name: string, type: string) => {
      const parameter = new CfnParameter(this, `parameter-${name}`, { type });
      parameter.overrideLogicalId(name);
      return parameter;
    };
    return {
      subnetIds: of(subnets, 'List<AWS::EC2::Subnet::Id>').valueAsList,
      securityGroupIds: [of(group, 'AWS::EC2::SecurityGroup::Id').valueAsString],
    };
  }

  private run(mode: (typeof MODES)[number], role: CfnRole, vpcConfig: CfnFunction.VpcConfigProperty): void {
    const { cluster, model } = this.props;
    const id = mode.toLowerCase();
    const name = switchName(cluster, mode);
    const log = new CfnLogGroup(this, `log-${id}`, {
      logGroupName: `/aws/lambda/${name}`,
      retentionInDays: AUDIT_GROUP_DAYS,
    });
    log.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new CfnFunction(this, id, {
      functionName: name,
      description: `Flips ${model.estate.name} to ${cluster.region}, ${id}`,
      runtime: Runtime.NODEJS_24_X.name,
      architectures: ['arm64'],
      handler: 'index.handler',
      code: { zipFile: SWITCH_CODE },
      timeout: TIMEOUT_SECONDS,
      memorySize: 256,
      role: role.attrArn,
      vpcConfig,
      environment: {
        variables: {
          MODE: mode,
          CLUSTER: cluster.name,
          CLAIM_PATH: `/apis/${API_GROUP}/v1/namespaces/${SYSTEM_NAMESPACE}/primaryregions/${model.estate.name}`,
        },
      },
      loggingConfig: { logFormat: 'JSON', logGroup: log.ref },
    });
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html (2026-11) */
  private role(): CfnRole {
    const { cluster } = this.props;
    const logs = `arn:aws:logs:${this.region}:${this.account}:log-group:/aws/lambda/${cluster.name}-switch-*`;
    const role = new CfnRole(this, 'role', {
      roleName: `${cluster.name}-switch`,
      assumeRolePolicyDocument: trustsOwn(this, 'lambda.amazonaws.com'),
      policies: [
        {
          policyName: 'switch',
          policyDocument: documentOf(
            {
              Effect: 'Allow',
              Action: 'eks:DescribeCluster',
              Resource: `arn:aws:eks:${this.region}:${this.account}:cluster/${cluster.name}`,
            },
            { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logs },
            {
              Effect: 'Allow',
              Action: [
                'ec2:CreateNetworkInterface',
                'ec2:DeleteNetworkInterface',
                'ec2:DescribeNetworkInterfaces',
                'ec2:DescribeSubnets',
              ],
              Resource: '*',
            },
          ),
        },
      ],
    });
    accept(
      role,
      'Lambda asks for its network interfaces without a resource, and names its log streams',
      'AwsSolutions-IAM5[Resource::*]',
      `AwsSolutions-IAM5[Resource::${logs}]`,
    );
    return role;
  }
}
