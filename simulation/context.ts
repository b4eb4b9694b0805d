/** What every part of a world shares. */
import { type Clock, clockOf } from './clock';
import { type Conditions, conditionsOf } from './conditions';
import type { Event, Happening } from './event';
import { type Programs } from './programs';
import { type Random, streamOf } from './random';
import type { Settings } from './settings';

/** Time, chance, what is broken, and the log. */
export interface Context {
  readonly settings: Settings;
  readonly programs: Programs;
  readonly clock: Clock;
  readonly conditions: Conditions;
  readonly events: readonly Event[];
  readonly log: (happening: Happening) => void;
  /** A stream of random numbers for one part. */
  readonly random: (name: string) => Random;
  /** Says that something changed which others may see. */
  readonly touch: () => void;
  /** Counts the changes; equal numbers mean that a second look would see the same. */
  readonly version: () => number;
  /** Runs after every change. */
  readonly onTouch: (action: () => void) => void;
}

/** A fresh context. */
export function contextOf(settings: Settings, programs: Programs, seed: number): Context {
  const clock = clockOf();
  const events: Event[] = [];
  const listeners: (() => void)[] = [];
  let version = 0;
  return {
    settings,
    programs,
    clock,
    conditions: conditionsOf(settings),
    events,
    log: (happening) => {
      events.push({ at: clock.now(), ...happening });
    },
    random: (name) => streamOf(seed, name),
    touch: () => {
      version += 1;
      for (const listener of listeners) listener();
    },
    version: () => version,
    onTouch: (action) => {
      listeners.push(action);
    },
  };
}

/** The other of the two regions. */
export const otherOf = ({ home, peer }: Settings, region: string) => (region === home ? peer : home);
