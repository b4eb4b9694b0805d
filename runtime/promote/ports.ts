/** What a promotion needs from outside. The Job gives real ones; the simulation gives a world in virtual time. */
import type { Effective } from '../../model/effective';
import type { Floor, Store } from '../../spec/flip';

/** Where a store stands, as one region's endpoint tells it. */
export interface StoreView {
  /** Region of the writer; undefined while AWS moves it. */
  readonly writer: string | undefined;
  /** True while AWS carries out a switchover or failover. */
  readonly moving: boolean;
  readonly members: readonly StoreMember[];
}

/** One region's part of a store. */
export interface StoreMember {
  readonly region: string;
  /** Ready to write or to take over. */
  readonly available: boolean;
  readonly version: string;
  /** Seconds behind the writer; 0 for the writer; undefined when AWS does not say. */
  readonly lagSeconds: number | undefined;
}

/** The epochs a store's resources carry in one region. */
export interface Fence {
  readonly epoch: number;
  readonly promoted: number;
}

/** The calls a promotion makes about stores. `region` says which regional endpoint is asked. */
export interface StorePort {
  readonly view: (store: Store, region: string) => Promise<StoreView>;
  readonly fence: (store: Store, region: string) => Promise<Fence>;
  /** Writes tags on the region's own resource; only ever called for the own region. */
  readonly mark: (store: Store, region: string, fence: Partial<Fence>) => Promise<void>;
  /** No data loss; needs both regions. */
  readonly switchover: (store: Store, to: string) => Promise<void>;
  /** Needs the target's region alone; the last commits may be lost. */
  readonly failover: (store: Store, to: string) => Promise<void>;
}

/** The calls a promotion makes to its own cluster's API server. */
export interface ClusterPort {
  /** The effective flip as this cluster knows it now. */
  readonly effective: () => Promise<Effective>;
  /** Raises a floor that is lower, and leaves a higher one; from then on no release of a lower epoch may lower it. */
  readonly raise: (floor: Floor, epoch: number) => Promise<void>;
  /** Ready pods of a service. */
  readonly readyPods: (floor: Floor) => Promise<number>;
  /** Writes the progress of the epoch where `status` reads it. */
  readonly record: (progress: Progress) => Promise<void>;
}

/** Everything outside. */
export interface Ports {
  readonly stores: StorePort;
  readonly cluster: ClusterPort;
  /** Told before a promoting call that is made without the other region's fence in sight. */
  readonly unseen: (store: Store) => void;
  /** The account the credentials belong to, from the regional STS endpoint. */
  readonly account: () => Promise<string>;
  /** Milliseconds since the epoch of Unix. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
}

/** How one step stands. */
export interface Step {
  readonly name: string;
  readonly state: 'running' | 'done' | 'failed';
  /** Milliseconds since the promotion started. */
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly message?: string;
}

/** How a promotion ended, or that it runs. */
export type Outcome = 'Promoting' | 'Promoted' | 'Refused' | 'Superseded' | 'Conflict' | 'Failed' | 'Checked';

/** What a promotion reports while it runs and when it ends. */
export interface Progress {
  readonly epoch: number;
  readonly region: string;
  readonly mode: 'Planned' | 'Unplanned';
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  readonly steps: readonly Step[];
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** Largest lag of any store when the promotion started; undefined when AWS did not say. */
  readonly lagSeconds?: number;
}
