/** The roles of Crossplane's providers. */
import { adoptedNames } from '../../model/adopted';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import type { ProviderService } from '../../model/identities';
import { nameFor } from '../../model/names';
import type { Statement } from '../_policies';
import type { Change, Limit } from './_actions';
import { PROVIDER_ACTIONS } from './provider-actions';

/** What a provider's statements depend on. */
export interface ProviderProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly keyArn: string;
  /** ARN of the permissions boundary. */
  readonly boundary: string;
  /** Id of the environment's hosted zone, in its home region. */
  readonly zoneId?: string;
}

type Where = Pick<ProviderProps, 'model' | 'cluster' | 'zoneId'>;

/** The statements of a provider's role in one cluster. */
export function providerStatements(service: ProviderService, props: ProviderProps): Statement[] {
  const { read, changes, once } = PROVIDER_ACTIONS[service];
  const look: Statement = { Sid: 'Look', Effect: 'Allow', Action: read, Resource: '*' };
  if (once && props.cluster.position === 'peer') return [look];
  return [look, ...changes.map((change) => statementOf(change, props)), ...(FURTHER[service]?.(props) ?? [])];
}

const statementOf = ({ sid = 'Change', actions, on, limit }: Change, props: ProviderProps): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions,
  Resource: on ? [...new Set(on.flatMap((arn) => spelled(arn, props)))] : '*',
  ...(limit && { Condition: LIMITS[limit](props) }),
});

const LIMITS: Readonly<Record<Limit, (props: ProviderProps) => Statement['Condition']>> = {
  'tags it': ({ model }) => ({ StringEquals: { 'aws:RequestTag/flipside.dev/estate': model.estate.name } }),
  'has the tag': ({ model }) => ({
    StringEquals: { 'aws:ResourceTag/flipside.dev/estate': model.estate.name },
  }),
  'has no other tag': ({ model }) => ({
    StringEqualsIfExists: { 'aws:ResourceTag/flipside.dev/estate': model.estate.name },
  }),
  'of DynamoDB': () => ({ StringEquals: { 'application-autoscaling:service-namespace': 'dynamodb' } }),
  bounded: ({ boundary }) => ({ StringEquals: { 'iam:PermissionsBoundary': boundary } }),
};

/** One ARN for each form of a name: of the region, of both regions, and those taken over. */
function spelled(arn: string, { model, cluster, zoneId = '' }: Where): string[] {
  const filled = arn
    .replace('<region>', cluster.region)
    .replace('<account>', cluster.account)
    .replace('<cluster>', cluster.name)
    .replace('<zone>', zoneId)
    .replace('<dax>', daxNames(model, cluster));
  if (!filled.includes('<name>')) return [filled];
  const names = [
    ...namePrefixes(model, cluster).map((prefix) => `${prefix}*`),
    ...adoptedNames(model.claims),
  ];
  return names.map((name) => filled.replace('<name>', name));
}

/** The environment and the region alone are longer than a name of DAX may be: it is cut, and ends in a hash. */
const daxNames = ({ estate }: EstateModel, { environment, region }: Cluster): string =>
  nameFor('dax', [environment, region, estate.name]).replace(/[0-9a-f]{8}$/, '????????');

/** How every name of a claim's resource begins: see `model/names.ts`. */
export const namePrefixes = ({ estate }: EstateModel, { environment, region }: Cluster): string[] => [
  `${environment}-${region}-${estate.name}-`,
  `${environment}-${estate.name}-`,
];

type Further = (props: ProviderProps) => Statement[];

/** Stores are opened under the region's key, by the service in the name of who asks. */
const underKey =
  (service: string): Further =>
  ({ cluster, keyArn }) => [
    {
      Sid: 'UseKey',
      Effect: 'Allow',
      Action: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
      Resource: keyArn,
      Condition: { StringEquals: { 'kms:ViaService': `${service}.${cluster.region}.amazonaws.com` } },
    },
  ];

/** Groups and subnets are named by id, which the services check in the name of who asks. */
const LOOK_AT_NETWORK: Statement = {
  Sid: 'LookAtNetwork',
  Effect: 'Allow',
  Action: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
  Resource: '*',
};

/** A role of the estate may be given to this service, and to no other. */
const passRole =
  (service: string): Further =>
  (where) => [
    {
      Sid: 'PassRole',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: spelled('arn:aws:iam::<account>:role/<name>', where),
      Condition: { StringEquals: { 'iam:PassedToService': service } },
    },
  ];

/** AWS makes a service's own role the first time that it is used in an account. */
const serviceRole =
  (service: string): Further =>
  ({ cluster }) => [
    {
      Sid: 'ServiceRole',
      Effect: 'Allow',
      Action: 'iam:CreateServiceLinkedRole',
      Resource: `arn:aws:iam::${cluster.account}:role/aws-service-role/${service}/*`,
      Condition: { StringEquals: { 'iam:AWSServiceName': service } },
    },
  ];

const all =
  (...further: readonly Further[]): Further =>
  (props) =>
    further.flatMap((one) => one(props));

const FURTHER: Readonly<Partial<Record<ProviderService, Further>>> = {
  appautoscaling: all(
    serviceRole('dynamodb.application-autoscaling.amazonaws.com'),
    ({ cluster, ...where }) => [
      {
        Sid: 'Targets',
        Effect: 'Allow',
        Action: ['dynamodb:DescribeTable', 'dynamodb:UpdateTable'],
        Resource: spelled('arn:aws:dynamodb:<region>:<account>:table/<name>', { cluster, ...where }),
      },
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Action: ['cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm'],
        Resource: `arn:aws:cloudwatch:${cluster.region}:${cluster.account}:alarm:TargetTracking-*`,
      },
    ],
  ),
  dax: all(passRole('dax.amazonaws.com'), () => [LOOK_AT_NETWORK], serviceRole('dax.amazonaws.com')),
  dynamodb: all(underKey('dynamodb'), serviceRole('replication.dynamodb.amazonaws.com')),
  elasticache: all(
    underKey('elasticache'),
    () => [LOOK_AT_NETWORK],
    serviceRole('elasticache.amazonaws.com'),
  ),
  globalaccelerator: all(serviceRole('globalaccelerator.amazonaws.com'), () => [
    {
      Sid: 'LookAtLoadBalancers',
      Effect: 'Allow',
      Action: ['ec2:DescribeRegions', 'elasticloadbalancing:DescribeLoadBalancers'],
      Resource: '*',
    },
  ]),
  rds: all(underKey('rds'), () => [LOOK_AT_NETWORK], serviceRole('rds.amazonaws.com')),
  s3: passRole('s3.amazonaws.com'),
  secretsmanager: all(underKey('secretsmanager'), ({ cluster }) => [
    {
      Sid: 'Rotation',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: `arn:aws:lambda:${cluster.region}:${cluster.account}:function:${cluster.name}-rotation`,
    },
  ]),
  wafv2: ({ cluster }) => [
    {
      Sid: 'LoadBalancer',
      Effect: 'Allow',
      Action: 'elasticloadbalancing:SetWebACL',
      Resource: `arn:aws:elasticloadbalancing:${cluster.region}:${cluster.account}:loadbalancer/app/${cluster.name}-entry/*`,
    },
  ],
};
