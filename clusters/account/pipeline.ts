/** The roles of the pipeline in an account: taken for an hour by one branch of one repository, with no key to lose. */
import type { App } from 'aws-cdk-lib';
import { CfnOIDCProvider, CfnRole } from 'aws-cdk-lib/aws-iam';
import { farClusters } from '../../model/far';
import { nameFor } from '../../model/names';
import { repositoriesOf } from '../../model/repositories';
import type { Estate } from '../../spec/estate';
import { accept, publish } from '../_parts';
import { documentOf, type Statement } from '../_policies';
import { ClusterStack, type ClusterStackProps } from '../stack';

/** https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws (2026-11) */
const ISSUER = 'token.actions.githubusercontent.com';

/** What the stack is made of. */
export interface PipelineStackProps extends ClusterStackProps {
  readonly pipeline: NonNullable<Estate['pipeline']>;
}

/**
 * One role deploys the stacks, by the roles that a bootstrap of CDK made; one pushes images. A job that GitHub runs in an
 * environment shows the environment in place of the branch: approval therefore stands in a job before.
 */
export class PipelineStack extends ClusterStack {
  constructor(scope: App, props: PipelineStackProps) {
    super(scope, 'pipeline', props);
    const provider = new CfnOIDCProvider(this, 'provider', {
      url: `https://${ISSUER}`,
      clientIdList: ['sts.amazonaws.com'],
    });
    const deploy = this.role('deploy', provider.attrArn, this.deploys());
    const push = this.role('publish', provider.attrArn, this.publishes());
    publish(this, { DeployRoleArn: deploy.attrArn, PublishRoleArn: push.attrArn });
  }

  private role(name: string, provider: string, statements: readonly Statement[]): CfnRole {
    const { model, cluster, pipeline } = this.props as PipelineStackProps;
    const role = new CfnRole(this, name, {
      roleName: nameFor('iam', [cluster.environment, model.estate.name, 'pipeline', name]),
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: documentOf({
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${ISSUER}:aud`]: 'sts.amazonaws.com',
            [`${ISSUER}:sub`]: `repo:${pipeline.repository}:ref:refs/heads/${pipeline.branch}`,
          },
        },
      }),
      policies: [{ policyName: name, policyDocument: documentOf(...statements) }],
    });
    accept(role, 'A login to a registry has no resource', 'AwsSolutions-IAM5[Resource::*]');
    return role;
  }

  /** https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html (2026-11) */
  private deploys(): Statement[] {
    const { model, cluster } = this.props;
    const regions = [cluster, ...farClusters(model, cluster)].map(({ region }) => region);
    return [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: regions.flatMap((region) =>
          ['deploy', 'file-publishing', 'lookup'].map(
            (role) =>
              `arn:aws:iam::${this.account}:role/cdk-hnb659fds-${role}-role-${this.account}-${region}`,
          ),
        ),
      },
    ];
  }

  /** Into the home region; ECR copies what is pushed there to the other one. */
  private publishes(): Statement[] {
    return [
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:CompleteLayerUpload',
          'ecr:DescribeImages',
          'ecr:InitiateLayerUpload',
          'ecr:PutImage',
          'ecr:UploadLayerPart',
        ],
        Resource: repositoriesOf(this.props.model).map(
          (name) => `arn:aws:ecr:${this.region}:${this.account}:repository/${name}`,
        ),
      },
    ];
  }
}
