/** One global store: a writer in one region, a follower in the other, and what is lost when they change places. */
import type { Fence, StoreView } from '../runtime/promote/ports';
import type { Store } from '../spec/flip';
import type { Context } from './context';
import type { Worker } from './event';
import { WRITE_EVERY_MS } from './constants';
import { between } from './random';

/** How AWS answers what it will not do. */
export class InvalidState extends Error {}

/** A person or a promotion that moves a store. */
export interface Move {
  readonly call: 'switchover' | 'failover';
  readonly to: string;
  readonly by?: Worker;
}

/** A global store of the world. */
export interface GlobalStore {
  readonly store: Store;
  readonly writer: () => string;
  readonly moving: () => boolean;
  readonly available: (region: string) => boolean;
  readonly fence: (region: string) => Fence;
  readonly mark: (region: string, fence: Partial<Fence>, by: Worker | undefined) => void;
  /** What the endpoints of `region` know, which is old news in a region that is cut off. */
  readonly view: (region: string) => StoreView;
  /** Starts a move, or throws what AWS throws. */
  readonly begin: (move: Move) => void;
  /** A write from a client in `region`; true when it was acknowledged. */
  readonly write: (region: string) => boolean;
}

interface Member {
  available: boolean;
  fence: Fence;
  /** What a region that is cut off still believes. */
  believes: { writer: string; moving: boolean } | undefined;
}

/** What a store is, and everything that changes about it. */
interface State {
  readonly store: Store;
  readonly name: string;
  readonly members: Readonly<Record<string, Member>>;
  readonly lag: number;
  writer: string;
  move: Move | undefined;
  /** Since when nothing is replicated. */
  brokenSince: number | undefined;
  lastWrite: number;
}

const LAGGING_SECONDS = 120;

const born = (): Member => ({ available: true, fence: { epoch: 0, promoted: 0 }, believes: undefined });

/** A store whose writer is in the home region. */
export function globalStoreOf(context: Context, store: Store): GlobalStore {
  const { settings } = context;
  const random = context.random(`store ${store.name}`);
  const state: State = {
    store,
    name: `${store.namespace}/${store.name}`,
    members: { [settings.home]: born(), [settings.peer]: born() },
    lag: between(random, settings.timings.lag),
    writer: settings.home,
    move: undefined,
    brokenSince: undefined,
    lastWrite: 0,
  };
  context.onTouch(() => follow(context, state));
  return {
    store,
    writer: () => state.writer,
    moving: () => state.move !== undefined,
    available: (region) => memberOf(state, region).available,
    fence: (region) => memberOf(state, region).fence,
    mark: (region, fence, by) => {
      const member = memberOf(state, region);
      member.fence = { ...member.fence, ...fence };
      context.log({ what: 'tagged', region, store: state.name, fence: member.fence, ...(by && { by }) });
    },
    view: (region) => viewOf(context, state, region),
    begin: (move) => begin(context, state, move, random),
    write: (region) => write(context, state, region),
  };
}

function memberOf({ members, name }: State, region: string): Member {
  const member = members[region];
  if (!member) throw new InvalidState(`Cannot find a member of "${name}" in ${region}`);
  return member;
}

/** Keeps up with what broke or was mended: replication stops and goes on, a cut-off region keeps what it knew. */
function follow(context: Context, state: State): void {
  const { conditions, clock } = context;
  if (conditions.backbone()) state.brokenSince = undefined;
  if (!conditions.backbone() && state.brokenSince === undefined) {
    state.brokenSince = clock.now();
    writeOn(context, state);
  }
  for (const [region, member] of Object.entries(state.members)) {
    if (!conditions.broken('isolated', region)) member.believes = undefined;
    else member.believes ??= { writer: state.writer, moving: state.move !== undefined };
  }
}

/** Clients write all the time: who wrote a moment ago has been writing until now. */
function writeOn({ clock }: Context, state: State): void {
  if (clock.now() - state.lastWrite <= WRITE_EVERY_MS) state.lastWrite = clock.now();
}

const lagOf = ({ conditions }: Context, state: State, region: string) =>
  conditions.broken('lag', region) ? LAGGING_SECONDS : state.lag;

function viewOf(context: Context, state: State, region: string): StoreView {
  const { conditions, settings } = context;
  const { writer, moving } = memberOf(state, region).believes ?? {
    writer: state.writer,
    moving: state.move !== undefined,
  };
  const follows = conditions.backbone() && memberOf(state, region).available;
  const lag = follows ? lagOf(context, state, region) : undefined;
  return {
    writer,
    moving,
    members: [settings.home, settings.peer].map((one) => ({
      region: one,
      available: memberOf(state, one).available,
      version: '16.8',
      lagSeconds: one === writer ? 0 : one === region ? lag : undefined,
    })),
  };
}

function begin(context: Context, state: State, move: Move, random: () => number): void {
  const { conditions, settings, clock } = context;
  const member = memberOf(state, move.to);
  const believed = member.believes?.writer ?? state.writer;
  if (state.move) throw new InvalidState(`${state.name} is being moved`);
  if (believed === move.to) throw new InvalidState(`${move.to} is the writer of ${state.name}`);
  if (!member.available) throw new InvalidState(`the member in ${move.to} is not available`);
  if (move.call === 'switchover' && !conditions.backbone())
    throw new InvalidState('a switchover needs both regions');
  if (conditions.backbone()) writeOn(context, state);
  state.move = move;
  const upTo = (state.brokenSince ?? clock.now()) - lagOf(context, state, move.to) * 1000;
  const seconds = between(random, settings.timings[move.call][state.store.kind]);
  clock.after(seconds * 1000, () => finish(context, state, move, upTo, random));
  context.touch();
}

/** How long AWS waits before it looks again for a region that died while it was moving a writer there. */
const AGAIN_MS = 10_000;

function finish(context: Context, state: State, move: Move, upTo: number, random: () => number): void {
  const { conditions, clock } = context;
  if (move.call === 'failover' && !conditions.up(move.to)) {
    clock.after(AGAIN_MS, () => finish(context, state, move, upTo, random));
    return;
  }
  state.move = undefined;
  if (move.call === 'failover' || conditions.backbone()) become(context, state, move, upTo, random);
  else context.log({ what: 'stayed', store: state.name });
  context.touch();
}

function become(context: Context, state: State, move: Move, upTo: number, random: () => number): void {
  const from = state.writer;
  const { believes } = memberOf(state, move.to);
  if (believes) believes.writer = move.to;
  state.writer = move.to;
  const lost = move.call === 'failover' ? Math.max(0, state.lastWrite - upTo) / 1000 : 0;
  const { by } = move;
  context.log({
    what: 'moved',
    store: state.name,
    call: move.call,
    from,
    to: move.to,
    lostSeconds: lost,
    ...(by && { by }),
  });
  if (move.call === 'failover' && from !== move.to) rejoin(context, state, from, random);
}

/** After a failover AWS builds the old primary again, as a follower, once its region is there. */
function rejoin(context: Context, state: State, region: string, random: () => number): void {
  const { conditions, clock, settings } = context;
  const member = memberOf(state, region);
  member.available = false;
  const wait = () =>
    clock.after(between(random, settings.timings.rejoin) * 1000, () => {
      if (!conditions.backbone()) return wait();
      member.available = true;
      context.log({ what: 'rejoined', store: state.name, region });
      context.touch();
    });
  wait();
}

/** A cut-off region that still believes to hold the writer acknowledges writes that nobody will see again. */
function write({ clock, conditions }: Context, state: State, region: string): boolean {
  const believed = memberOf(state, region).believes;
  const here = believed ? believed.writer === region : state.writer === region && !state.move;
  if (!here || !conditions.up(region)) return false;
  state.lastWrite = clock.now();
  return true;
}
