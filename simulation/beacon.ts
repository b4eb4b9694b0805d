/** A region's beacon: the real code asks AWS every two seconds; health checkers and the other beacon hear its answer. */
import { effectiveOf } from '../model/effective';
import { type Answer, askedAt, type BeaconPorts, SILENT } from '../runtime/beacon/observe';
import type { FlipPlan } from '../spec/flip';
import type { ApiServer } from './api-server';
import type { Aws } from './aws';
import { BEACON_EVERY } from './constants';
import type { Context } from './context';
import { specOf } from './pod';
import { UNIX } from './unix';

/** The beacon of one region. */
export interface Beacon {
  readonly answer: () => Answer;
  /** What a health checker on the internet is told. */
  readonly primary: () => boolean;
  /** Forgets everything. */
  readonly restart: () => void;
}

/** Starts the beacon of `api`'s region. `other` is asked late, because each beacon knows the other. */
export function beaconOf(
  context: Context,
  aws: Aws,
  api: ApiServer,
  plan: FlipPlan,
  other: () => Beacon,
): Beacon {
  const { clock, conditions, programs } = context;
  const state = { answer: SILENT, generation: 0, seen: -1, settled: false };
  const ports = portsOf(context, aws, api, other);
  const take = (answer: Answer) => {
    state.settled = state.answer.at > 0 && same(answer, state.answer);
    if (answer.primary !== state.answer.primary)
      context.log({ what: 'beacon', region: api.region, primary: answer.primary });
    const claimed = state.answer.claimed?.epoch !== answer.claimed?.epoch;
    state.answer = answer;
    if (!state.settled || claimed) context.touch();
  };
  /** A look at a world that has not changed would give the same answer. */
  const idle = () =>
    state.settled &&
    state.seen === context.version() &&
    conditions.awsAnswers(api.region, api.region) &&
    !conditions.broken('throttle', api.region);
  const loop = async (generation: number) => {
    while (generation === state.generation) {
      if (conditions.up(api.region) && !idle()) {
        state.seen = context.version();
        const answer = await programs.observe(plan, state.answer, ports);
        if (generation !== state.generation) return;
        take(answer);
      }
      await clock.sleep(BEACON_EVERY * 1000);
    }
  };
  void loop(0);
  return {
    answer: () => state.answer,
    primary: () => conditions.entryAnswers(api.region) && state.answer.primary,
    restart: () => {
      state.generation += 1;
      state.settled = false;
      if (state.answer.primary) context.log({ what: 'beacon', region: api.region, primary: false });
      state.answer = SILENT;
      context.touch();
      void loop(state.generation);
    },
  };
}

const same = (a: Answer, b: Answer) =>
  a.primary === b.primary &&
  a.claimed?.epoch === b.claimed?.epoch &&
  a.claimed?.region === b.claimed?.region &&
  a.stores.every(
    (store, i) => store.writer === b.stores[i]?.writer && store.at > 0 === (b.stores[i]?.at ?? 0) > 0,
  );

function portsOf(context: Context, aws: Aws, api: ApiServer, other: () => Beacon): BeaconPorts {
  const { clock, conditions } = context;
  return {
    stores: aws.portFor(api.region, () => ({ blind: false, cutOff: false })),
    cluster: {
      effective: () => api.call(() => effectiveOf(specOf(api))),
      readyPods: (floor) => api.call(() => api.pods(floor).ready),
    },
    other: async () => {
      await clock.sleep(100);
      if (!conditions.linked()) throw new Error('the other beacon does not answer');
      const { primary, claimed, stores } = other().answer();
      return { primary, asked: askedAt(stores), ...(claimed && { claimed }) };
    },
    now: () => UNIX + clock.now(),
    sleep: clock.sleep,
  };
}
