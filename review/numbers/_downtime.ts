/**
 * Downtime of two regions: `U = β·U₁ + ((1-β)·U₁)² + f·[p·RTO + (1-p)·MTTR] + front door`. Never `1 - (1-A)²`, which
 * takes regions for independent and failovers for instant and certain.
 * AWS, "Availability and Beyond", availability-with-dependencies.html; a product of promises is an estimate.
 */
import { MINUTES_PER_YEAR } from '../../model/sla';

/** What the model needs. */
export interface TwoRegions {
  /** U₁: minutes a year that one region is down. */
  readonly oneRegion: number;
  /** β: share of these that hits both regions. */
  readonly sharedCause: number;
  /** p: share of failovers that work. */
  readonly success: number;
  /** RTO, in minutes. */
  readonly recovery: number;
  /** MTTR: minutes of an outage that no failover ends. */
  readonly outage: number;
  /** Minutes a year that what stands before both regions is down. */
  readonly frontDoor: number;
}

/** Minutes a year, by cause. */
export interface Downtime {
  readonly shared: number;
  readonly both: number;
  readonly recovered: number;
  readonly stuck: number;
  readonly frontDoor: number;
}

/** Minutes a year that requests fail, by cause. f follows from U₁: so many outages of that length make it. */
export function downtimeOf(one: TwoRegions): Downtime {
  const share = one.oneRegion / MINUTES_PER_YEAR;
  const perYear = one.oneRegion / one.outage;
  return {
    shared: one.sharedCause * one.oneRegion,
    both: ((1 - one.sharedCause) * share) ** 2 * MINUTES_PER_YEAR,
    recovered: perYear * one.success * one.recovery,
    stuck: perYear * (1 - one.success) * one.outage,
    frontDoor: one.frontDoor,
  };
}

/** All causes. */
export const minutesOf = (downtime: Downtime): number =>
  Object.values(downtime).reduce((sum: number, minutes: number) => sum + minutes, 0);

/** The share of failovers that have to work so that `budget` minutes a year are kept; above 1: no share is enough. */
export function successNeeded(one: TwoRegions, budget: number): number {
  const never = minutesOf(downtimeOf({ ...one, success: 0 }));
  const always = minutesOf(downtimeOf({ ...one, success: 1 }));
  return (never - budget) / (never - always);
}

/** Minutes a year that services are down of which each is needed. */
export const serialMinutes = (promises: readonly number[]): number =>
  (1 - promises.reduce((product, promise) => product * promise, 1)) * MINUTES_PER_YEAR;
