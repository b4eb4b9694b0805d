/** The function that rotates secrets, in each region: it runs where a secret was born, and stands ready where it may move to. */
import { type App, RemovalPolicy } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnPermission, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { farClusters } from '../../../model/far';
import { LOG_CLASSES } from '../../../model/guardrails';
import { adoptedNames } from '../../../model/adopted';
import { accept, publish } from '../../_parts';
import { documentOf, type Statement } from '../../_policies';
import { ClusterStack, type ClusterStackProps } from '../../stack';
import { trustsOwn } from '../_trust';
import { ROTATION_CODE } from './code';

/** Longer than the function waits for a database to take its password. */
const TIMEOUT_SECONDS = 300;

/** Function, role, log group, and the leave of Secrets Manager to call it. */
export class RotationStack extends ClusterStack {
  constructor(scope: App, props: ClusterStackProps) {
    super(scope, 'rotation', props);
    const name = this.named('rotation');
    const log = new CfnLogGroup(this, 'log', {
      logGroupName: `/aws/lambda/${name}`,
      retentionInDays: LOG_CLASSES.security,
    });
    log.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const rotate = new CfnFunction(this, 'function', {
      functionName: name,
      description: 'Rotates the secrets of claims',
      runtime: Runtime.NODEJS_24_X.name,
      architectures: ['arm64'],
      handler: 'index.handler',
      code: { zipFile: ROTATION_CODE },
      timeout: TIMEOUT_SECONDS,
      memorySize: 256,
      role: this.role(log).attrArn,
      loggingConfig: { logFormat: 'JSON', logGroup: log.ref },
    });
    new CfnPermission(this, 'permission', {
      functionName: rotate.attrArn,
      action: 'lambda:InvokeFunction',
      principal: 'secretsmanager.amazonaws.com',
      sourceAccount: this.account,
    });
    publish(this, { RotationFunctionArn: rotate.attrArn });
  }

  private role(log: CfnLogGroup): CfnRole {
    const statements = [...this.ofSecrets(), ...this.ofDatabases()];
    const role = new CfnRole(this, 'role', {
      assumeRolePolicyDocument: trustsOwn(this, 'lambda.amazonaws.com'),
      policies: [
        {
          policyName: 'rotate',
          policyDocument: documentOf(...statements, {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: log.attrArn,
          }),
        },
      ],
    });
    const wild = statements.flatMap(({ Resource }) => Resource as string | string[]);
    accept(
      role,
      'What claims own begins with the environment, or is named by a claim; keys are told by their alias, and the ' +
        'region of the writer moves with a flip',
      ...[...new Set(wild)].map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`),
      'AwsSolutions-IAM5[Resource::<log.Arn>]',
    );
    return role;
  }

  private ofSecrets(): Statement[] {
    const { region, account, props } = this;
    const names = [`${props.cluster.environment}-*`, ...this.adopted().map((name) => `${name}-*`)];
    return [
      {
        Effect: 'Allow',
        Action: [
          'secretsmanager:DescribeSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecretVersionStage',
        ],
        Resource: names.map((name) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}`),
        Condition: { StringEquals: { 'aws:ResourceTag/flipside.dev/estate': props.model.estate.name } },
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: `arn:aws:kms:${region}:${account}:key/*`,
        Condition: {
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${this.named('data')}` },
          StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` },
        },
      },
    ];
  }

  private ofDatabases(): Statement[] {
    const { model, cluster } = this.props;
    const places = [cluster, ...farClusters(model, cluster)];
    const names = [`${cluster.environment}-*`, ...this.adopted()];
    return [
      {
        Effect: 'Allow',
        Action: 'rds:DescribeGlobalClusters',
        Resource: `arn:aws:rds::${cluster.account}:global-cluster:*`,
      },
      {
        Effect: 'Allow',
        Action: ['rds:DescribeDBClusters', 'rds:ModifyDBCluster'],
        Resource: places.flatMap(({ region, account }) =>
          names.map((name) => `arn:aws:rds:${region}:${account}:cluster:${name}`),
        ),
      },
    ];
  }

  private adopted(): string[] {
    const { model, cluster } = this.props;
    return cluster.environment === 'prod' ? adoptedNames(model.claims) : [];
  }
}
