/** The stacks of a region on an AWS emulator, and `flipside facts` from what it answers. Emulated: no time here is AWS's. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { modelOf } from '../../model/estate';
import { emulate, type Emulated, METRIC_MATH } from '../../scripts/aws/emulate';
import { root, scratch } from '../helpers/cli';
import { hasPython, INSTALL_MS, type Ministack, startMinistack } from '../runtime/_ministack';
import { credentials, flipsideBeside } from '../scripts/_cloud';
import { rendered } from './_rendered';
import { inputOf } from './_templates';

jest.setTimeout(INSTALL_MS + 120_000);

const ESTATE = 'storefront';
const CLUSTER = 'prod-us-east-1';
const ACCOUNT = '111111111111';
const REGION = 'us-east-1';

/**
 * Types of our templates that ministack 1.5.33 does not take, and what else looks at them: the schemas of the
 * CloudFormation registry do at all of them (`test/clusters`). A type that it has learned fails the test and is struck out.
 */
const UNKNOWN: Readonly<Record<string, string>> = {
  'AWS::AccessAnalyzer::Analyzer': 'service not emulated',
  'AWS::Athena::NamedQuery': 'not in its CloudFormation',
  'AWS::Backup::BackupSelection': 'not in its CloudFormation; plans and vaults are',
  'AWS::Budgets::Budget': 'not in its CloudFormation; its API has budgets',
  'AWS::CE::AnomalyMonitor': 'service not emulated',
  'AWS::CE::AnomalySubscription': 'service not emulated',
  'AWS::CloudTrail::Trail': 'not in its CloudFormation; its API has trails',
  'AWS::Config::ConfigRule': 'not in its CloudFormation',
  'AWS::Config::ConfigurationRecorder': 'not in its CloudFormation',
  'AWS::Config::DeliveryChannel': 'not in its CloudFormation',
  'AWS::EC2::EIP': 'not in its CloudFormation',
  'AWS::EC2::FlowLog': 'not in its CloudFormation',
  'AWS::EC2::NatGateway': 'not in its CloudFormation',
  'AWS::EC2::NetworkAcl': 'not in its CloudFormation',
  'AWS::EC2::NetworkAclEntry': 'not in its CloudFormation',
  'AWS::EC2::SecurityGroupEgress': 'not in its CloudFormation; groups are',
  'AWS::EC2::SecurityGroupIngress': 'not in its CloudFormation; groups are',
  'AWS::EC2::SubnetNetworkAclAssociation': 'not in its CloudFormation',
  'AWS::EC2::TransitGateway': 'transit gateways are not emulated',
  'AWS::EC2::TransitGatewayAttachment': 'transit gateways are not emulated',
  'AWS::EC2::TransitGatewayPeeringAttachment': 'transit gateways are not emulated',
  'AWS::EC2::TransitGatewayRoute': 'transit gateways are not emulated',
  'AWS::EC2::TransitGatewayRouteTable': 'transit gateways are not emulated',
  'AWS::EC2::TransitGatewayRouteTableAssociation': 'transit gateways are not emulated',
  'AWS::EC2::TransitGatewayRouteTablePropagation': 'transit gateways are not emulated',
  'AWS::ECR::ReplicationConfiguration': 'not in its CloudFormation; repositories are',
  'AWS::EKS::AccessEntry': 'not in its CloudFormation; clusters are',
  'AWS::EKS::Addon': 'not in its CloudFormation; clusters are',
  'AWS::EKS::PodIdentityAssociation': 'not in its CloudFormation; clusters are',
  'AWS::GuardDuty::Detector': 'service not emulated',
  'AWS::SSM::Document': 'documents are not emulated',
  'AWS::SecurityHub::Hub': 'service not emulated',
  'AWS::SecurityHub::Standard': 'service not emulated',
  'AWS::Synthetics::Canary': 'service not emulated',
  [METRIC_MATH]: 'refused by its CloudFormation',
};

/** What the emulator must go on making from our templates. */
const MADE = [
  'AWS::CloudWatch::Alarm',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::ECR::Repository',
  'AWS::EKS::Cluster',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Route53::HostedZone',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
];

/** By part, in the order in which they can be deployed. */
const ofCluster = () =>
  [...rendered(modelOf(inputOf(ESTATE)))].flatMap(([path, template]) => {
    const [, part] = new RegExp(`^aws/${CLUSTER}-(.+)\\.json$`).exec(path) ?? [];
    return part ? [[part, template] as const] : [];
  });

const described = hasPython() ? describe : describe.skip;

described('on the emulator', () => {
  let emulator: Ministack;
  const answers = new Map<string, Emulated>();
  const templates = ofCluster();

  beforeAll(async () => {
    emulator = await startMinistack();
    const at = { url: emulator.url, region: REGION, account: ACCOUNT };
    const parameters: Record<string, string> = { HostedZoneId: 'Z00000000000000000001' };
    for (const [part, template] of templates) {
      const answer = await emulate(at, `${ESTATE}-${CLUSTER}-${part}`, template, parameters);
      answers.set(part, answer);
      Object.assign(parameters, answer.outputs);
    }
  });
  afterAll(() => emulator?.stop());

  test('every stack stands, or consists of nothing that the emulator has', () => {
    const failed = [...answers].flatMap(([part, { status, failures }]) =>
      status === 'CREATE_COMPLETE' || status === 'NOTHING_KNOWN' ? [] : [`${part} ${status}: ${failures[0]}`],
    );
    expect(failed).toEqual([]);
    const nothing = [...answers].filter(([, { status }]) => status === 'NOTHING_KNOWN').map(([part]) => part);
    expect(nothing.toSorted()).toEqual(['peering', 'routes']);
  });

  test('what it does not take is known, with the reason', () => {
    const unknown = [...answers.values()].flatMap((answer) => answer.unknown);
    expect([...new Set(unknown)].toSorted()).toEqual(Object.keys(UNKNOWN).toSorted());
  });

  test('what it has taken it still takes', () => {
    const made = templates.flatMap(([part, { Resources }]) =>
      (answers.get(part)?.made ?? []).map((id) => Resources[id]?.Type),
    );
    expect(MADE.filter((type) => !made.includes(type))).toEqual([]);
  });

  test('facts are read from its answers', async () => {
    const dir = scratch();
    cpSync(join(root, 'estates', ESTATE), join(dir, 'estates', ESTATE), { recursive: true });
    const args = ['facts', '--estate', ESTATE, '--region', REGION, '--directory', dir];
    const { code, err } = await flipsideBeside(args, {
      ...credentials(ACCOUNT),
      AWS_ENDPOINT_URL: emulator.url,
    });
    expect(err).not.toContain('Cannot');
    expect(code).toBe(0);
    const facts = parse(readFileSync(join(dir, 'estates', ESTATE, 'facts', `${CLUSTER}.yaml`), 'utf8'));
    expect(facts).not.toHaveProperty('placeholder');
    expect(facts.vpc.id).toBe(answers.get('network')?.outputs['VpcId']);
    expect(facts.subnets.data).toHaveLength(3);
    expect(facts.elasticache.globalPrefix).toBe('ldgnf');
  });
});
