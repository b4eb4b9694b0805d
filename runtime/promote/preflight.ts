/** The checks before anything is changed. Every reason is named, not just the first. */
import type { FlipPlan, Store } from '../../spec/flip';
import { label } from './fence';
import type { Ports, StoreMember, StoreView } from './ports';
import { answered } from './retry';
import type { Flip } from './flip';

/** How long a region's endpoint may take to answer; a call that was turned away is made again meanwhile. */
const ANSWER_MS = 10_000;

/** What the checks found. */
export interface Findings {
  /** Why the flip must not start; empty when it may. */
  readonly reasons: readonly string[];
  /** Largest lag of any store, in seconds; undefined when AWS does not say. */
  readonly lagSeconds: number | undefined;
}

/** Checks the account and every store for a flip in this mode. Changes nothing. */
export async function preflight(plan: FlipPlan, flip: Flip, ports: Ports): Promise<Findings> {
  const [account, stores] = await Promise.all([
    accountReasons(plan, ports),
    Promise.all(plan.stores.map((store) => storeFindings(plan, flip, store, ports))),
  ]);
  const lags = stores.map(({ lagSeconds }) => lagSeconds).filter((lag) => lag !== undefined);
  return {
    reasons: [...account, ...stores.flatMap(({ reasons }) => reasons)],
    lagSeconds: lags.length > 0 ? Math.max(...lags) : undefined,
  };
}

/** An estate without a store to move makes no call to AWS: whose credentials it has does not matter. */
async function accountReasons({ account, stores }: FlipPlan, ports: Ports): Promise<string[]> {
  if (stores.length === 0) return [];
  const actual = await answered(ports, ANSWER_MS, ports.account);
  if (actual === undefined)
    return ['STS does not say which account this is, expected credentials of the promotion role'];
  return actual === account ? [] : [`the credentials belong to account ${actual}, expected ${account}`];
}

async function storeFindings(plan: FlipPlan, flip: Flip, store: Store, ports: Ports): Promise<Findings> {
  const view = await viewed(plan, flip, store, ports);
  if (!view) return { reasons: [`${label(store)}: ${plan.region} does not answer`], lagSeconds: undefined };
  const own = view.members.find(({ region }) => region === plan.region);
  const lagSeconds = own?.lagSeconds;
  if (!own)
    return {
      reasons: [`${label(store)}: no member in ${plan.region}, expected one to take over`],
      lagSeconds,
    };
  const here = view.writer === plan.region;
  if (flip.mode === 'Unplanned' || here) return { reasons: [], lagSeconds };
  return { reasons: await plannedReasons(plan, store, view, own, ports), lagSeconds };
}

/** A planned flip needs a figure for the lag, and CloudWatch may turn a call away like any other service. */
async function viewed(
  { region }: FlipPlan,
  { mode }: Flip,
  store: Store,
  ports: Ports,
): Promise<StoreView | undefined> {
  let seen: StoreView | undefined;
  await answered(ports, ANSWER_MS, async () => {
    seen = await ports.stores.view(store, region);
    const own = seen.members.find((member) => member.region === region);
    if (mode === 'Planned' && own && own.lagSeconds === undefined) throw new Error('no figure for the lag');
  });
  return seen;
}

async function plannedReasons(
  plan: FlipPlan,
  store: Store,
  view: StoreView,
  own: StoreMember,
  ports: Ports,
): Promise<string[]> {
  const answer = await answered(ports, ANSWER_MS, () => ports.stores.view(store, plan.other));
  if (!answer) return [`${label(store)}: ${plan.other} does not answer, expected both regions reachable`];
  const other = answer.members.find(({ region }) => region === plan.other);
  const lag = own.lagSeconds;
  const checks: readonly (readonly [boolean, string])[] = [
    [view.moving, 'AWS is moving it already, expected it at rest'],
    [!own.available, `the member in ${plan.region} is not available`],
    [!other?.available, `the member in ${plan.other} is not available`],
    [
      other !== undefined && other.version !== own.version,
      `versions differ (${own.version} in ${plan.region}, ${other?.version} in ${plan.other}), expected equal`,
    ],
    [lag === undefined, 'the replication lag is unknown, expected a figure'],
    [
      lag !== undefined && lag > plan.maxLagSeconds,
      `${lag} s behind, expected at most ${plan.maxLagSeconds} s`,
    ],
  ];
  return checks.filter(([wrong]) => wrong).map(([, reason]) => `${label(store)}: ${reason}`);
}
