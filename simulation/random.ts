/** Random numbers that are the same for the same seed, everywhere. */

/** A stream of numbers in [0, 1). */
export type Random = () => number;

/** mulberry32, by Tommy Ettinger (public domain). https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (2017) */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A stream of its own for each part of the world: what one part draws does not shift what another draws, so leaving a
 * fault out of a schedule changes as little else as possible.
 */
export const streamOf = (seed: number, name: string): Random => randomOf(seed ^ hash(name));

/** FNV-1a. https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}

/** Evenly between two bounds. */
export const between = (random: Random, [low, high]: readonly [number, number]): number =>
  low + (high - low) * random();
