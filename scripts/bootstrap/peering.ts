/** The connection between the regions' transit gateways, which CloudFormation cannot accept. */
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { farClusters, homeCluster } from '../../model/far';
import { UserError } from '../answer';
import { deployedStack, stackName } from '../aws/stacks';
import { complaintOf } from '../exec';
import { type Command, command, run, shown } from './command';

/** The attachment is asked for at home and accepted in the peer. */
const OUTPUT = 'PeeringAttachmentId';

const stateOf = (region: string, id: string): Command =>
  command('aws', [
    'ec2',
    'describe-transit-gateway-peering-attachments',
    `--region=${region}`,
    `--transit-gateway-attachment-ids=${id}`,
    '--query=TransitGatewayPeeringAttachments[0].State',
    '--output=text',
  ]);

const accept = (region: string, id: string): Command =>
  command('aws', [
    'ec2',
    'accept-transit-gateway-peering-attachment',
    `--region=${region}`,
    `--transit-gateway-attachment-id=${id}`,
  ]);

/** Nothing to accept here: at home, and where there is one region. */
export const acceptsPeering = (model: EstateModel, cluster: Cluster): boolean =>
  cluster.position === 'peer' && farClusters(model, cluster).length > 0;

/** Accepts it if it waits for that. Gives what to print; throws a UserError when it cannot be accepted. */
export async function acceptPeering(
  model: EstateModel,
  cluster: Cluster,
  dryRun: boolean,
): Promise<readonly string[]> {
  if (dryRun) return [stateOf, accept].map((make) => `$ ${shown(make(cluster.region, `<${OUTPUT}>`))}`);
  const home = homeCluster(model, cluster);
  const name = stackName(model.estate.name, { cluster: home.name, part: 'peering' });
  const id = (await deployedStack(home.region, name))?.outputs.get(OUTPUT);
  if (!id) {
    throw new UserError(
      `Cannot accept the peering: no output ${OUTPUT} of the stack "${name}", expected it deployed`,
    );
  }
  const state = await said(stateOf(cluster.region, id));
  if (state !== 'pendingAcceptance') return judged(state, id);
  await said(accept(cluster.region, id));
  return [`ok  ${id} accepted; deploy the stacks "routes" once it is available`];
}

function judged(state: string, id: string): readonly string[] {
  if (state === 'available' || state === 'pending') return [`ok  ${id} is ${state}`];
  throw new UserError(
    `Cannot accept the peering "${id}": ${state}, expected pendingAcceptance or available; deploy the stack "peering" again`,
  );
}

async function said(asked: Command): Promise<string> {
  const ran = await run(asked);
  if (ran.ok) return ran.stdout.trim();
  throw new UserError(`Cannot run "${shown(asked)}": ${complaintOf(ran)}, expected it to succeed`);
}
