/** What AWS reports of a global database and of its members, and ministack leaves out. */
import type { Cuts } from './cuts';
import type { MoveMode } from './moves';
import { type Element, listIn, textIn } from './xml';

/** A member of a global database. */
export interface Member {
  readonly arn: string;
  readonly region: string;
  /** Identifier of the cluster in its region. */
  readonly id: string;
  readonly writer: boolean;
}

/** What the double keeps beside ministack. */
export interface AuroraState {
  /** Moves that are under way, by `globalKey`. */
  readonly moves: Map<string, { readonly mode: MoveMode; readonly from: Member; readonly to: Member }>;
  /** When a failover left a cluster behind that has to be built again, by ARN; milliseconds as `Date.now()` counts. */
  readonly leftBehind: Map<string, number>;
  /** Clusters that were asked to forward writes, by ARN. */
  readonly forwarding: Map<string, boolean>;
  readonly cuts: Cuts;
  readonly rejoinMs: () => number;
}

/** A global database's name is unique in its account. */
export const globalKey = (account: string, globalId: string) => `${account}/${globalId}`;

/** The members of a `GlobalCluster` element. */
export const membersOf = (global: Element): Member[] =>
  listIn(global, 'GlobalClusterMembers', 'GlobalClusterMember').map((member) => {
    const arn = textIn(member, 'DBClusterArn');
    const [, , , region = '', , , id = ''] = arn.split(':');
    return { arn, region, id, writer: textIn(member, 'IsWriter') === 'true' };
  });

/**
 * Whether a member does not follow: its region is cut, or AWS is building it again after a failover. That AWS says
 * `pending-resync` of a region it cannot reach is assumed; it documents the word, not the occasion.
 */
export function isResyncing({ cuts, leftBehind, rejoinMs }: AuroraState, { arn, region }: Member): boolean {
  if (cuts.isCut(region)) return true;
  const left = leftBehind.get(arn);
  if (left === undefined) return false;
  return Date.now() < Math.max(left, cuts.revivedAt(region)) + rejoinMs();
}

/** Completes a `GlobalCluster` element: writer endpoint, move under way, synchronization of the members. */
export function completeGlobal(global: Element, account: string, state: AuroraState): void {
  const id = textIn(global, 'GlobalClusterIdentifier');
  // The twelve letters are part of the resource id here; AWS's are its own secret.
  const unique = textIn(global, 'GlobalClusterResourceId').replace('cluster-', '').slice(0, 12);
  global['Endpoint'] = `${id}.global-${unique}.global.rds.amazonaws.com`;
  const members = membersOf(global);
  for (const [i, element] of listIn(global, 'GlobalClusterMembers', 'GlobalClusterMember').entries()) {
    const member = members[i];
    if (!member) continue;
    element['SynchronizationStatus'] = isResyncing(state, member) ? 'pending-resync' : 'connected';
    element['GlobalWriteForwardingStatus'] = forwardingOf(state, member);
  }
  const move = state.moves.get(globalKey(account, id));
  if (!move) return;
  const status = move.mode === 'failover' ? 'failing-over' : 'switching-over';
  global['Status'] = status;
  global['FailoverState'] = {
    Status: status,
    FromDbClusterArn: move.from.arn,
    ToDbClusterArn: move.to.arn,
    IsDataLossAllowed: String(move.mode === 'failover'),
  };
}

/** Completes a `DBCluster` element of a global database: who it follows, who follows it. */
export function completeCluster(cluster: Element, global: Element, state: AuroraState): void {
  const members = membersOf(global);
  const own = members.find(({ arn }) => arn === textIn(cluster, 'DBClusterArn'));
  const writer = members.find((member) => member.writer);
  if (!own || !writer) return;
  if (!own.writer) cluster['ReplicationSourceIdentifier'] = writer.arn;
  const followers = own.writer ? members.filter((member) => !member.writer).map(({ arn }) => arn) : [];
  cluster['ReadReplicaIdentifiers'] = { ReadReplicaIdentifier: followers };
  cluster['GlobalWriteForwardingStatus'] = forwardingOf(state, own);
  cluster['GlobalWriteForwardingRequested'] = String(state.forwarding.get(own.arn) ?? false);
  // AWS has no word of its own for a cluster that it builds again.
  if (isResyncing(state, own)) cluster['Status'] = 'modifying';
}

/** Only a secondary forwards. */
const forwardingOf = ({ forwarding }: AuroraState, { arn, writer }: Member) =>
  forwarding.get(arn) && !writer ? 'enabled' : 'disabled';
