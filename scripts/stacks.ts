/** `flipside stacks`: the commands that deploy an environment's stacks, for a person or a pipeline to run. */
import type { EstateModel } from '../model/estate';
import type { StackOutput, StackParameter } from '../model/outputs';
import { EXIT } from './answer';
import { deploymentOf, type PlannedStack } from './aws/order';
import { stackName } from './aws/stacks';
import { noSuchEnvironment } from './environment';
import { knownEstate } from './facts/known';

/** What `stacks` is called with. */
export interface StacksOptions {
  readonly estate: string;
  readonly environment: string;
}

/** The verb. */
export function stacks(root: string, { estate, environment }: StacksOptions): number {
  const { model } = knownEstate(root, estate, () => false);
  console.log(deploymentScript(model, environment).join('\n'));
  return EXIT.ok;
}

/** Lines of a shell script. Throws a UserError for an environment that the estate has not. */
export function deploymentScript(model: EstateModel, environment: string): string[] {
  const planned = deploymentOf(model, environment);
  const [first] = planned;
  if (!first) throw noSuchEnvironment(model, environment);
  const regions = new Set(planned.map(({ region }) => region));
  return [
    '#!/bin/sh',
    `# ${planned.length} stacks of ${model.estate.name}, ${environment}, in account ${first.account}. Deployed again they change nothing.`,
    'set -eu',
    `test "$(aws sts get-caller-identity --query Account --output text)" = ${first.account}`,
    ...[...regions].toSorted().map((region) => `npx cdk bootstrap aws://${first.account}/${region}`),
    ...planned.flatMap((stack) => [...acceptance(model, stack), deployment(model, stack)]),
  ];
}

const deployment = ({ estate }: EstateModel, { name, parameters }: PlannedStack) =>
  [
    `npx cdk deploy ${name} --exclusively --require-approval never`,
    ...parameters.map(
      (one) => `--parameters "${one.parameter}=${valueOf(estate.name, one.from, regionIn(one.from))}"`,
    ),
  ].join(' \\\n  ');

const regionIn = ({ cluster }: StackOutput) => cluster.replace(/^[^-]+-/, '');

/** The shell reads the output at that moment: it does not exist before. */
const valueOf = (estate: string, from: StackOutput, region: string) =>
  `$(aws cloudformation describe-stacks --region ${region} --stack-name ${stackName(estate, from)} ` +
  `--query "Stacks[0].Outputs[?OutputKey=='${from.output}'].OutputValue" --output text)`;

/** CloudFormation can ask for a peering and not accept one, and routes through one that is not accepted are refused. */
function acceptance(model: EstateModel, { part, cluster, parameters }: PlannedStack): string[] {
  const attachment = parameters.find(({ parameter }) => parameter === PEERING);
  if (part !== 'routes' || !attachment || attachment.from.cluster !== cluster) return [];
  const peer = model.clusters.find(
    ({ environment, position }) => environment === 'prod' && position === 'peer',
  );
  return peer ? acceptanceIn(model, attachment, peer.region) : [];
}

const PEERING = 'PeeringAttachmentId';

function acceptanceIn({ estate }: EstateModel, { from }: StackParameter, region: string): string[] {
  const ec2 = (verb: string) => `aws ec2 ${verb} --region ${region}`;
  return [
    '# Accepts the peering in the other region, once, and waits until it stands.',
    `attachment="${valueOf(estate.name, from, regionIn(from))}"`,
    `state() { ${ec2('describe-transit-gateway-peering-attachments')} --transit-gateway-attachment-ids "$attachment" --query "TransitGatewayPeeringAttachments[0].State" --output text; }`,
    `if [ "$(state)" = pendingAcceptance ]; then ${ec2('accept-transit-gateway-peering-attachment')} --transit-gateway-attachment-id "$attachment"; fi`,
    'until [ "$(state)" = available ]; do sleep 10; done',
  ];
}
