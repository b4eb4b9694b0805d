/**
 * How long a restore takes, from the size of the data and a rate. A rate that was measured holds the minutes in which AWS
 * makes the new cluster as well, so more data restores no slower than it says.
 */
import { RESTORE_RATE, SOURCES } from '../../model/recovery-times';
import type { RenderedEstate } from '../rendered';
import type { RestoreFigure, RestoreLine, Restored, RpoLine } from '../assessment';

/** Bytes a second, and where the number comes from. */
export interface RestoreRate {
  readonly bytesPerSecond: number;
  readonly source: string;
}

/** What is taken where no restore has been recorded. */
export const ASSUMED_RATE: RestoreRate = { bytesPerSecond: RESTORE_RATE, source: SOURCES.restoreRate };

/** The rate that a recorded restore measured, else the assumed one. */
export const rateOf = (restored?: Restored): RestoreRate =>
  restored
    ? {
        bytesPerSecond: restored.bytes / (restored.minutes * 60),
        source: 'docs/drills.md: measured by its last restore',
      }
    : ASSUMED_RATE;

/** Minutes that a restore of so many bytes takes. */
export const minutesToRestore = (bytes: number, { bytesPerSecond }: RestoreRate): number =>
  bytes / bytesPerSecond / 60;

/** Bytes that can be restored in so many minutes. */
export const bytesWithin = (minutes: number, { bytesPerSecond }: RestoreRate): number =>
  bytesPerSecond * minutes * 60;

/** Bytes a second that a restore in so many minutes needs. */
export const rateNeeded = (bytes: number, minutes: number): number => bytes / (minutes * 60);

/** Restores of an estate's stores; a cache is filled again instead. The size is known once a restore has been recorded. */
export function restoreOf(
  { input }: RenderedEstate,
  stores: readonly RpoLine[],
  restored: Readonly<Record<string, Restored>> = {},
): RestoreFigure {
  const { rto } = input.estate.objectives;
  const lines = stores
    .filter(({ kind }) => kind !== 'Cache')
    .map(({ store }) => lineOf(store, rto / 60, restored[store]));
  return { objective: rto, lines };
}

function lineOf(store: string, within: number, restored?: Restored): RestoreLine {
  const rate = rateOf(restored);
  return {
    store,
    rate: rate.bytesPerSecond,
    most: bytesWithin(within, rate),
    ...(restored && sizedOf(restored.bytes, rate, within)),
    source: rate.source,
  };
}

function sizedOf(bytes: number, rate: RestoreRate, within: number): Pick<RestoreLine, 'sized'> {
  const minutes = minutesToRestore(bytes, rate);
  return { sized: { bytes, minutes, meets: minutes <= within } };
}
