/** What happens in a world, as data: the properties judge it and the timeline tells it. */
import type { Fence, Outcome } from '../runtime/promote/ports';
import type { FlipMode } from '../spec/claims';
import type { Action } from './action';

/** A flip as a claim in one cluster says it. */
export interface Flipped {
  readonly region: string;
  readonly epoch: number;
}

/** The Job on whose behalf something is done. */
export interface Worker {
  readonly job: string;
  readonly epoch: number;
}

/** One thing that happened. */
export type Happening =
  | { readonly what: 'action'; readonly action: Action }
  | { readonly what: 'over'; readonly action: Action }
  | { readonly what: 'commit'; readonly region: string; readonly epoch: number; readonly note: string }
  | { readonly what: 'claim'; readonly cluster: string; readonly spec: Flipped; readonly override?: Flipped }
  | { readonly what: 'denied'; readonly cluster: string; readonly message: string }
  | {
      readonly what: 'job';
      readonly cluster: string;
      readonly job: string;
      readonly state: 'created' | 'started' | 'killed' | 'deleted' | 'complete' | 'failed';
    }
  | {
      readonly what: 'asked';
      /** The region that is to become the writer. */
      readonly region: string;
      readonly store: string;
      readonly call: 'switchover' | 'failover';
      /** Absent when a person did it by hand. */
      readonly by?: Worker;
      readonly accepted: boolean;
      /** The other region's endpoint gave no answer when its fence was last looked for. */
      readonly blind: boolean;
      /** The other region could not be reached at all then: not our doing. */
      readonly cutOff: boolean;
    }
  | {
      readonly what: 'tagged';
      readonly region: string;
      readonly store: string;
      readonly fence: Fence;
      readonly by?: Worker;
    }
  | {
      readonly what: 'moved';
      readonly store: string;
      readonly call: 'switchover' | 'failover';
      readonly from: string;
      readonly to: string;
      readonly lostSeconds: number;
      readonly by?: Worker;
    }
  | { readonly what: 'raised'; readonly region: string; readonly service: string; readonly by: Worker }
  /** Crossplane applied something that is neither the ConfigMap nor a Job. */
  | { readonly what: 'applied'; readonly region: string; readonly kind: string }
  | {
      readonly what: 'ended';
      readonly region: string;
      readonly job: string;
      readonly epoch: number;
      readonly dryRun: boolean;
      readonly mode: FlipMode;
      readonly outcome: Outcome;
      readonly reasons: readonly string[];
      readonly lagSeconds?: number;
    }
  /** AWS gave a switchover up, because a region was lost in the middle. */
  | { readonly what: 'stayed'; readonly store: string }
  /** The old primary follows again after a failover. */
  | { readonly what: 'rejoined'; readonly store: string; readonly region: string }
  | { readonly what: 'beacon'; readonly region: string; readonly primary: boolean }
  | { readonly what: 'dns'; readonly to: readonly string[] }
  | { readonly what: 'traffic'; readonly to: string }
  /** Where public writes belong; undefined while no region can take them, or has just begun to. */
  | {
      readonly what: 'due';
      readonly to: string | undefined;
      /** The peer's beacon is in reach of the public, and can hear neither from AWS nor from home. */
      readonly deaf: boolean;
    }
  | { readonly what: 'watch'; readonly region: string; readonly why: string; readonly epoch: number }
  | { readonly what: 'bug'; readonly region: string; readonly message: string };

/** A happening and when, in milliseconds since the start. */
export type Event = Happening & { readonly at: number };
