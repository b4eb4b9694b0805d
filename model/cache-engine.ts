/** What every cache runs on, in both regions alike. */
import type { CacheSpec } from '../spec/claims/cache';

/**
 * Valkey speaks the Redis protocol. Both members of a global datastore need the same version, so it is pinned here.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html (2026-11)
 */
export const CACHE_ENGINE = { engine: 'valkey', version: '8.0', family: 'valkey8' } as const;

/** Port of every node. https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html (2026-11) */
export const CACHE_PORT = 6379;

/**
 * Which keys go when the memory is full: of a cache the least recently used ones; of sessions only such that expire.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html (2026-11)
 */
export const EVICTION: Readonly<Record<CacheSpec['purpose'], string>> = {
  cache: 'allkeys-lru',
  sessions: 'volatile-lru',
};

/** Characters of the AUTH token, letters and digits, so that it stands in a URL as it is. AWS takes 16 to 128. */
export const CACHE_TOKEN_LENGTH = 64;

/** Weekly, UTC; on different days, so that what a maintenance breaks is met in one region first. */
export const CACHE_MAINTENANCE = { home: 'sun:05:00-sun:06:00', peer: 'tue:05:00-tue:06:00' } as const;

/** Daily, UTC; outside the maintenance. */
export const CACHE_SNAPSHOT_WINDOW = '03:00-04:00';
