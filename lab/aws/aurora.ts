/**
 * Test double: promotions of Aurora global databases, which ministack carries out at once, and what AWS reports of
 * their members, which ministack leaves out. Everything else about Aurora is ministack's.
 *
 * Shapes and errors: API_GlobalCluster, API_DBCluster, API_FailoverGlobalCluster and API_SwitchoverGlobalCluster below
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/ (2026-11).
 */
import {
  type AuroraState,
  completeCluster,
  completeGlobal,
  globalKey,
  isResyncing,
  type Member,
  membersOf,
} from './_aurora-report';
import type { Call } from './call';
import type { Double, DoubleProps } from './double';
import type { MoveMode } from './moves';
import { answer, Refusal, type Reply } from './reply';
import { buildXml, type Element, elementsWith, listIn, parseXml, textIn } from './xml';

/** Awaited when a writer is about to move: AWS shows the new writer only afterwards. When it throws, nothing moves. */
export type PromotionHook = (globalClusterId: string, toRegion: string, mode: MoveMode) => Promise<void>;

/** What the double stands on. */
export interface AuroraProps extends DoubleProps {
  readonly rejoinMs: () => number;
  readonly onPromotion: PromotionHook;
}

interface Context extends AuroraProps {
  readonly state: AuroraState;
}

const MOVES = new Set(['FailoverGlobalCluster', 'SwitchoverGlobalCluster']);
const REPORTS = /GlobalClusters?$|DBClusters?$/;

/** The double. */
export function auroraOf(props: AuroraProps): Double {
  const { cuts, rejoinMs } = props;
  const state = { moves: new Map(), leftBehind: new Map(), forwarding: new Map(), cuts, rejoinMs };
  const context: Context = { ...props, state };
  return {
    answer: (call) => {
      if (call.service !== 'rds') return undefined;
      if (MOVES.has(call.action)) return begin(context, call);
      return REPORTS.test(call.action) ? report(context, call) : undefined;
    },
  };
}

/** ministack's answer, completed. */
async function report(context: Context, call: Call): Promise<Reply> {
  const reply = await context.upstream.forward(call);
  if (reply.status >= 300) return reply;
  const document = parseXml(reply.body);
  const clusters = elementsWith(document, 'DbClusterResourceId');
  const forwards = call.parameters['EnableGlobalWriteForwarding'];
  for (const cluster of clusters)
    if (forwards) context.state.forwarding.set(textIn(cluster, 'DBClusterArn'), forwards === 'true');
  for (const global of elementsWith(document, 'GlobalClusterResourceId'))
    completeGlobal(global, call.account, context.state);
  const globals = clusters.some(globalOfCluster) ? await globalsOf(context, call) : [];
  for (const cluster of clusters) {
    const global = globals.find((one) => textIn(one, 'GlobalClusterIdentifier') === globalOfCluster(cluster));
    if (global) completeCluster(cluster, global, context.state);
  }
  return { ...reply, body: Buffer.from(buildXml(document)) };
}

const globalOfCluster = (cluster: Element) => textIn(cluster, 'GlobalClusterIdentifier');

/** The `GlobalCluster` elements that ministack has; all of the account, or the one named. */
async function globalsOf({ upstream }: Context, { region, account }: Call, id?: string): Promise<Element[]> {
  const found = await upstream.ask({
    service: 'rds',
    action: 'DescribeGlobalClusters',
    region,
    account,
    parameters: { ...(id && { GlobalClusterIdentifier: id }) },
  });
  return listIn(found, 'GlobalClusters', 'GlobalClusterMember');
}

/** Accepts a move, or refuses it as AWS does, and carries it out in the background. */
async function begin(context: Context, call: Call): Promise<Reply> {
  const { state } = context;
  const id = call.parameters['GlobalClusterIdentifier'] ?? '';
  const mode = modeOf(call);
  const [global] = await globalsOf(context, call, id);
  if (!global) throw new Refusal('GlobalClusterNotFoundFault', `Global cluster ${id} not found`, 404);
  const { from, to } = endsOf(global, call);
  assertEndpoint(mode, from, to, call);
  await assertTakesOver(context, to, call);
  const key = globalKey(call.account, id);
  if (state.moves.has(key)) throw invalidGlobal(`Global cluster ${id} is being failed over or switched over`);
  if (isResyncing(state, to)) throw invalidGlobal(`${to.id} is not synchronized with global cluster ${id}`);
  state.moves.set(key, { mode, from, to });
  void carryOut(context, call, { mode, from, to }).finally(() => state.moves.delete(key));
  completeGlobal(global, call.account, state);
  return answer(call, buildXml({ GlobalCluster: global }));
}

async function carryOut(
  { mover, upstream, state, onPromotion }: Context,
  { account, parameters }: Call,
  { mode, from, to }: { readonly mode: MoveMode; readonly from: Member; readonly to: Member },
): Promise<void> {
  const id = parameters['GlobalClusterIdentifier'] ?? '';
  const outcome = await mover.carryOut({
    what: `global cluster ${id}`,
    mode,
    from: from.region,
    to: to.region,
    finish: async () => {
      await onPromotion(id, to.region, mode);
      await upstream.ask({
        service: 'rds',
        action: 'FailoverGlobalCluster',
        region: to.region,
        account,
        parameters: {
          GlobalClusterIdentifier: id,
          TargetDbClusterIdentifier: to.arn,
          AllowDataLoss: 'true',
        },
      });
    },
  });
  if (outcome === 'moved' && mode === 'failover') state.leftBehind.set(from.arn, Date.now());
}

/** A failover that does not accept loss is a switchover. */
function modeOf({ action, parameters }: Call): MoveMode {
  const { AllowDataLoss: loss, Switchover: switchover } = parameters;
  if (loss !== undefined && switchover !== undefined)
    throw new Refusal('InvalidParameterCombination', 'AllowDataLoss and Switchover cannot both be specified');
  return action === 'FailoverGlobalCluster' && loss === 'true' ? 'failover' : 'switchover';
}

/** A target is named by its ARN, or by its identifier in the region that is asked. */
function endsOf(global: Element, { region, parameters }: Call): { from: Member; to: Member } {
  const target = parameters['TargetDbClusterIdentifier'] ?? '';
  const members = membersOf(global);
  const to = members.find(({ arn, id, ...at }) => arn === target || (at.region === region && id === target));
  if (!to) throw new Refusal('DBClusterNotFoundFault', `DBCluster ${target} not found`, 404);
  const from = members.find(({ writer }) => writer);
  if (!from || to.writer) throw invalidGlobal(`${to.id} is not a secondary cluster`);
  return { from, to };
}

/** A switchover is asked at the writer's region and needs both, a failover at the target's. */
function assertEndpoint(mode: MoveMode, from: Member, to: Member, { region }: Call): void {
  const wanted = mode === 'switchover' ? from.region : to.region;
  if (region !== wanted)
    throw new Refusal(
      'InvalidDBClusterStateFault',
      `A ${mode} to ${to.region} is called in ${wanted}, not ${region}`,
    );
}

/** A cluster without an instance, or one that is being changed, cannot become the writer. */
async function assertTakesOver({ upstream }: Context, to: Member, { account }: Call): Promise<void> {
  const found = await upstream.ask({
    service: 'rds',
    action: 'DescribeDBClusters',
    region: to.region,
    account,
    parameters: { DBClusterIdentifier: to.id },
  });
  const [cluster = {}] = listIn(found, 'DBClusters', 'DBCluster');
  const headless = listIn(cluster, 'DBClusterMembers', 'DBClusterMember').length === 0;
  if (headless || textIn(cluster, 'Status') !== 'available')
    throw new Refusal(
      'InvalidDBClusterStateFault',
      `DBCluster ${to.id} is not available, or has no instance`,
    );
}

const invalidGlobal = (message: string) => new Refusal('InvalidGlobalClusterStateFault', message);
