/** The automatic trigger's judgement: from evidence over time to at most one flip. Pure. */
import type { Effective } from '../../model/effective';
import type { PrimaryRegionSpec } from '../../spec/claims';

/** One look at the world from the region that does not hold the writers. `undefined` means: could not be told. */
export interface Evidence {
  /** Unix milliseconds. */
  readonly at: number;
  /** The primary region's public entry answers its health path. */
  readonly entry: boolean | undefined;
  /** The primary region's beacon answers at all. */
  readonly beacon: boolean | undefined;
  /** Every store's replication heartbeat is fresh, as the own region's AWS endpoint tells it. */
  readonly replication: boolean | undefined;
  /** Own API server, own AWS endpoints and own entry answer: it is not us who are cut off. */
  readonly self: boolean;
  /** Where the work is done now, from AWS, the claim and the other beacon: the highest epoch anybody knows. */
  readonly current: Pick<Effective, 'region' | 'epoch' | 'conflict'>;
}

/** What is remembered between looks. */
export interface Memory {
  /** Since when the primary region has looked dead without a break; undefined while it looks alive. */
  readonly deadSince: number | undefined;
  /** Since when home has looked well without a break. */
  readonly wellSince: number | undefined;
  /** When this watch last flipped. */
  readonly flippedAt: number | undefined;
}

/** Nothing remembered. */
export const BLANK: Memory = { deadSince: undefined, wellSince: undefined, flippedAt: undefined };

/** What to patch into `spec.override`. */
export type Override = NonNullable<PrimaryRegionSpec['override']>;

/** A decision, with the sentence that explains it. */
export interface Decision {
  readonly memory: Memory;
  readonly override?: Override;
  readonly why: string;
}

/** Who watches and what was agreed. */
export interface Watch {
  readonly region: string;
  readonly home: string;
  readonly hasStores: boolean;
  readonly trigger: PrimaryRegionSpec['trigger'];
}

/** Independent witnesses that must agree. */
const QUORUM = 2;

/** Judges one look. Only the region that does not do the work ever flips, and only to itself. */
export function decide(watch: Watch, memory: Memory, evidence: Evidence): Decision {
  const rest = { ...memory, deadSince: undefined, wellSince: undefined };
  if (!watch.trigger.automatic) return { memory: rest, why: 'the trigger is off' };
  if (evidence.current.conflict) return { memory: rest, why: 'the claim is in conflict' };
  if (evidence.current.region === watch.region) return { memory: rest, why: 'this region holds the writers' };
  if (!evidence.self) return { memory: rest, why: 'this region may be the one cut off' };
  if (looksDead(evidence)) return takeOver(watch, { ...memory, wellSince: undefined }, evidence);
  return failback(watch, { ...memory, deadSince: undefined }, evidence);
}

/** Enough witnesses against, and none who heard it speak. Silence of a witness counts neither way. */
function looksDead({ entry, beacon, replication }: Evidence): boolean {
  const against = [entry, beacon, replication].filter((said) => said === false).length;
  return against >= QUORUM && entry !== true && beacon !== true;
}

function takeOver(watch: Watch, memory: Memory, evidence: Evidence): Decision {
  const deadSince = memory.deadSince ?? evidence.at;
  const seconds = (evidence.at - deadSince) / 1000;
  const next = { ...memory, deadSince };
  const { afterSeconds, acceptDataLoss } = watch.trigger;
  if (seconds < afterSeconds) return { memory: next, why: `dead for ${seconds} s of ${afterSeconds} s` };
  if (cooling(watch, memory, evidence)) return { memory: next, why: COOLING };
  if (watch.hasStores && !acceptDataLoss)
    return { memory: next, why: 'dead, but trigger.acceptDataLoss is false' };
  return flip(watch, evidence, 'Unplanned', `${evidence.current.region} dead for ${seconds} s`);
}

/** Home takes the work back by a planned flip, which the promotion refuses when anything is not in step. */
function failback(watch: Watch, memory: Memory, evidence: Evidence): Decision {
  const { failback: agreed, holdDownSeconds } = watch.trigger;
  const away = watch.region === watch.home && agreed === 'Automatic';
  const well = evidence.replication !== false && evidence.beacon === true;
  if (!away || !well)
    return { memory: { ...memory, wellSince: undefined }, why: 'the other region does the work' };
  const wellSince = memory.wellSince ?? evidence.at;
  const seconds = (evidence.at - wellSince) / 1000;
  const next = { ...memory, wellSince };
  if (seconds < holdDownSeconds)
    return { memory: next, why: `home well for ${seconds} s of ${holdDownSeconds} s` };
  if (cooling(watch, memory, evidence)) return { memory: next, why: COOLING };
  return flip(watch, evidence, 'Planned', `home well for ${seconds} s`);
}

const COOLING = 'an automatic flip happened too recently';

const cooling = ({ trigger }: Watch, { flippedAt }: Memory, { at }: Evidence) =>
  flippedAt !== undefined && at - flippedAt < trigger.coolDownSeconds * 1000;

function flip(watch: Watch, { at, current }: Evidence, mode: Override['mode'], reason: string): Decision {
  return {
    memory: { ...BLANK, flippedAt: at },
    override: {
      region: watch.region,
      epoch: current.epoch + 1,
      mode,
      acceptDataLoss: mode === 'Unplanned',
      reason: `automatic: ${reason}`,
    },
    why: reason,
  };
}
