/** Everything the review knows of an estate: the figures beside their objectives, and the findings. Plain data. */
import type { Finding, Waived } from './finding';

/** Seconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/** One addend of the recovery time. Lines that start together run side by side. */
export interface RtoLine {
  /** detection, decision, delivery, job, promotion of a store, compute, traffic, clients. */
  readonly step: string;
  /** What a reader sees, for example `orders: Aurora failover`. */
  readonly label: string;
  /** When it starts and how long it lasts, in seconds after the region is lost. */
  readonly start: Percentiles;
  readonly length: Percentiles;
  /** True when a shorter one would make the recovery shorter, at p95. */
  readonly critical: boolean;
  /** Where the number comes from: `estates/…#traffic.ttl`, or a source with its date. */
  readonly source: string;
}

/** Recovery time after the loss of the primary region, from the configuration. */
export interface RtoFigure {
  readonly objective: number;
  readonly total: Percentiles;
  readonly lines: readonly RtoLine[];
  readonly meets: boolean;
  /** Which line of the estate to change, and how; absent when it meets, or when no setting of the estate can. */
  readonly remedy?: string;
}

/** One of the things that a store's data rests on. */
export interface Protection {
  /** `replication of the database`, `daily snapshots`, … */
  readonly name: string;
  /** Replication outlives a region and copies a mistake; a backup in one region does the opposite. */
  readonly against: 'region' | 'mistake' | 'both';
  /** Seconds of data that are lost at most when nothing else is left; undefined: no bound is known. */
  readonly bound?: number;
  readonly how: string;
  readonly source: string;
}

/** What may be lost of one store when its region is lost. */
export interface RpoLine {
  /** `<team>/<claim>` */
  readonly store: string;
  readonly kind: string;
  /** Seconds; undefined: no bound is known. */
  readonly bound?: number;
  readonly mechanism: string;
  readonly meets: boolean;
  readonly source: string;
  /** Empty: what is lost is gone, or has to be made again. */
  readonly protections: readonly Protection[];
}

/** Data loss of every store. */
export interface RpoFigure {
  /** Seconds; absent in an estate without data. */
  readonly objective?: number;
  readonly lines: readonly RpoLine[];
  readonly meets: boolean;
}

/** What a restore measured that the ledger of drills records. */
export interface Restored {
  readonly bytes: number;
  readonly minutes: number;
}

/** How long one store takes to come back from a backup. */
export interface RestoreLine {
  /** `<team>/<claim>` */
  readonly store: string;
  /** Bytes a second. */
  readonly rate: number;
  /** The largest size in bytes that the rate restores within the objective. */
  readonly most: number;
  /** Absent while the size is not known: no claim states one. */
  readonly sized?: { readonly bytes: number; readonly minutes: number; readonly meets: boolean };
  readonly source: string;
}

/** Restores of every store, against the recovery time of the estate. */
export interface RestoreFigure {
  /** Seconds. */
  readonly objective: number;
  readonly lines: readonly RestoreLine[];
}

/** Expected availability, with shared causes and failed failovers counted. */
export interface AvailabilityFigure {
  /** Shares of 1. */
  readonly objective: number;
  readonly expected: number;
  readonly oneRegion: number;
  readonly parts: readonly {
    readonly label: string;
    readonly minutesPerYear: number;
    readonly source: string;
  }[];
  readonly dependencies: readonly {
    readonly service: string;
    readonly sla: number;
    readonly hard: boolean;
    readonly source: string;
  }[];
  readonly budget: { readonly minutesPerMonth: number; readonly minutesPerYear: number };
  /** Recoveries of the p95 length that fit into a year's budget. */
  readonly recoveriesPerYear: number;
  readonly meets: boolean;
}

/** One limit of one cluster against what a load needs. */
export interface CapacityLine {
  readonly cluster: string;
  readonly limit: string;
  readonly available: number;
  /** What is needed at peak, with one zone lost, and with the other region lost. */
  readonly needed: { readonly peak: number; readonly zoneLost: number; readonly regionLost: number };
  readonly unit: string;
  readonly meets: boolean;
  readonly source: string;
}

/** USD a month. */
export interface CostLine {
  readonly region: string;
  readonly environment: string;
  /** `platform`, `network`, or the team. */
  readonly owner: string;
  /** `<team>/<claim>`, the service, or the part of the platform. */
  readonly item: string;
  /** Absent where no price is known; then it is not in any sum. */
  readonly usd?: number;
  readonly standby: boolean;
  /** How it was computed and the date of the price. */
  readonly basis: string;
}

/** Monthly cost. */
export interface CostFigure {
  readonly lines: readonly CostLine[];
  readonly total: number;
  readonly standby: number;
  readonly assumptions: readonly string[];
}

/** The review of one estate. */
export interface Assessment {
  readonly estate: string;
  readonly rto: RtoFigure;
  readonly rpo: RpoFigure;
  readonly restore: RestoreFigure;
  readonly availability: AvailabilityFigure;
  readonly capacity: readonly CapacityLine[];
  readonly cost: CostFigure;
  /** Without those that are waived. */
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
}
